import { beforeAll, describe, expect, test } from "vitest";
import { KINDS } from "@/api/setup/kinds";
import { COMPONENTS } from "@/lib/components";
import { loadTexts } from "@/lib/i18n";
import { placeLabel, placeOf } from "./place";

beforeAll(() => loadTexts("setup", "codes", ...COMPONENTS));

const mine = {
  title: "Rujukan",
  approved_by: { position: "Kepala Dinas" },
  steps: [
    { id: "mulai", activity: "Menerima laporan" },
    { id: "catat", activity: "Mencatat", duration: 60 },
  ],
  clocks: [{ id: "high", risk_level: "high", first_response: { amount: 24 } }],
};
const theirs = { ...mine, steps: [{ id: "periksa", activity: "Memeriksa" }, ...mine.steps] };
const { sop, team, data_protection } = KINDS;

describe("places of a content in plain words", () => {
  test("a field at the top", () => {
    expect(placeLabel(sop, "purpose", [mine])).toBe("Tujuan");
  });

  test("a field of an object that is no list", () => {
    expect(placeOf("approved_by.position", [mine])).toEqual({
      list: null,
      row: null,
      field: "approved_by.position",
      isOrder: false,
    });
    expect(placeLabel(sop, "approved_by.position", [mine])).toBe("Disahkan oleh (jabatan)");
  });

  test("a field of a row has the row's number and first words", () => {
    expect(placeLabel(sop, "steps.catat.duration", [mine, theirs])).toBe(
      "Langkah 2 (Mencatat): Waktu",
    );
  });

  test("rows are numbered by the first content that has them", () => {
    expect(placeOf("steps.catat.duration", [theirs, mine]).row?.number).toBe(3);
    expect(placeLabel(sop, "steps.periksa", [mine, theirs])).toBe("Langkah 1 (Memeriksa)");
  });

  test("a row that nobody has any more", () => {
    expect(placeOf("steps.lama.actor", [mine]).row).toEqual({ number: 0, content: null });
    expect(placeLabel(sop, "steps.lama.actor", [mine])).toBe("Langkah: Pelaksana");
  });

  test("a row that is known by its code, and an object inside it", () => {
    expect(placeLabel(sop, "clocks.high.first_response.amount", [mine])).toBe(
      "Batas waktu 1 (Tinggi): Respons pertama: paling lambat",
    );
  });

  test("the order of rows", () => {
    expect(placeOf("steps.@order", [mine])).toEqual({
      list: "steps",
      row: null,
      field: null,
      isOrder: true,
    });
    expect(placeLabel(sop, "steps.@order", [mine])).toBe("Urutan: Langkah kegiatan");
  });

  test("every list of rows has a word for one of them", () => {
    const content = { positions: [{ id: "ketua", title: "Ketua" }] };
    expect(placeLabel(team, "positions.ketua.tasks", [content])).toMatch(/^Jabatan 1 \(Ketua\): /);
    expect(placeLabel(data_protection, "notes", [])).toBe("Catatan");
  });

  test("a row known by long words is cut", () => {
    const content = { steps: [{ id: "a", activity: "x".repeat(100) }] };
    expect(placeLabel(sop, "steps.a", [content]).length).toBeLessThan(80);
  });
});
