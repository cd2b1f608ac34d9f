import { QueryClient } from "@tanstack/react-query";
import { beforeAll, describe, expect, test } from "vitest";
import { team } from "@/api/setup/kinds/institution";
import type { AuditEvent } from "@/api/types";
import { loadTexts } from "@/lib/i18n";
import { deedName } from "@/ui/record/deeds";
import { Describer } from "@/ui/record/describe";
import { contentsOf, referredKinds, shownOf } from "./changes";
import { type Names, PlainWords } from "./plain-words";
import { thingGroups, thingLink, titleOf } from "./things";

beforeAll(() => loadTexts("audit", "setup", "codes", "readiness", "institution"));

const NAMES: Names = {
  role: (key) => (key === "viewer" ? "Pengamat" : undefined),
  permission: (key) => (key === "files.read" ? "Membuka berkas" : undefined),
  person: () => undefined,
};
const words = new PlainWords(NAMES, "Asia/Makassar");

function event(part: Partial<AuditEvent>): AuditEvent {
  return {
    id: 1,
    at: "2026-03-10T00:30:00Z",
    actor_name: "Sari Contoh",
    ip: "192.0.2.7",
    user_agent: "",
    action: "update",
    entity: "district",
    entity_id: "73.06",
    ...part,
  };
}

describe("what an event says was done", () => {
  test("acts have words, alone or with their thing", () => {
    expect(deedName({ action: "update", entity: "sop" })).toBe("mengubah SOP");
    expect(deedName({ action: "delete", entity: "membership" })).toBe("mengeluarkan anggota");
  });

  test("a word newer than this program is shown as it is", () => {
    expect(deedName({ action: "seal", entity: "case_file" })).toBe("seal case_file");
    expect(thingLink(event({ entity: "case_file" }), "73.06")).toBeUndefined();
  });

  test("every kind of the filter has a word of its own", () => {
    const labels = thingGroups().flatMap(({ items }) => items.map(({ label }) => label));
    expect(labels.filter((label) => /[._]/.test(label))).toEqual([]);
    expect(new Set(labels).size).toBe(labels.length);
  });

  test("the thing is called by what it became, else by what it was", () => {
    const names = { before: { name: "Tim Lama" }, after: { name: "Tim Baru" } };
    expect(titleOf(event({ entity: "team", ...names }))).toBe("Tim Baru");
    expect(titleOf(event({ entity: "team", before: names.before }))).toBe("Tim Lama");
    expect(titleOf(event({ entity: "team", action: "archive" }))).toBeUndefined();
  });
});

describe("what an event shows", () => {
  test("changed fields with both values; the rest folded; bookkeeping not at all", () => {
    const profile = { id: 7306, unit_name: "PKSAI Contoh", hotline: "" };
    const shown = shownOf(
      event({ before: profile, after: { ...profile, hotline: "+62411555010" } }),
      words,
    );
    expect(shown).toEqual({
      changed: [{ name: "hotline", label: "Nomor layanan", before: "", after: "+62411555010" }],
      same: [{ label: "Nama unit layanan", value: "PKSAI Contoh" }],
      whole: [],
    });
  });

  test("something new is shown whole, in words: roles, permissions, moments in the district's zone", () => {
    const after = {
      role_key: "viewer",
      permissions: ["files.read"],
      live_at: "2026-03-10T00:30:00.123Z",
      begun: true,
      kind: "photo",
    };
    expect(shownOf(event({ action: "create", after }), words).whole).toEqual([
      { label: "Peran", value: "Pengamat" },
      { label: "Izin", value: "Membuka berkas" },
      { label: "Diluncurkan pada", value: "10 Maret 2026, pukul 08.30 WITA" },
      { label: "Sudah mulai dikerjakan", value: "Ya" },
      { label: "Jenis dokumen", value: "Foto tempat, tanpa orang" },
    ]);
  });

  test("a setup record is told field by field, rows by their number", () => {
    const row = { id: "a1", title: "Ketua", holder: "Budi Contoh" };
    const changed = event({
      entity: "team",
      before: { name: "Tim Contoh", kind: "secretariat", positions: [row] },
      after: { name: "Tim Contoh", kind: "secretariat", positions: [{ ...row, holder: "Sari" }] },
    });
    const { before, after } = contentsOf(changed);
    const describer = new Describer(team, "73.06", new QueryClient(), [after, before]);
    const shown = shownOf(changed, describer);
    expect(shown.changed).toHaveLength(1);
    expect(shown.changed[0]).toMatchObject({ before: "Budi Contoh", after: "Sari" });
    expect(shown.changed[0]?.label).toMatch(/ 1 · /);
    expect(shown.same.map(({ value }) => value)).toEqual(["Sekretariat", "Tim Contoh"]);
  });

  test("of an id whose list was not read it is not said that the record is gone", () => {
    const after = { ...team.empty, decree_id: "d1" };
    const client = new QueryClient();
    const text = () => new Describer(team, "73.06", client, [after]).text(["decree_id"], "d1");
    expect(text()).toBe("(tidak dimuat)");
    client.setQueryData(["setup", "73.06", "legal_instrument", "in_use"], []);
    expect(text()).toBe("(data yang sudah tidak dipakai)");
    client.setQueryData(
      ["setup", "73.06", "legal_instrument", "archived"],
      [{ id: "d1", title: "SK Contoh" }],
    );
    expect(text()).toBe("SK Contoh");
  });

  test("only the kinds whose ids are there are to be read", () => {
    const content = { decree_id: null, parent_id: "t1", positions: [{ agency_id: "" }] };
    expect(referredKinds(event({ entity: "team", after: content }))).toEqual(["team"]);
    const seat = { positions: [{ agency_id: "a1" }, { staff_id: null }] };
    expect(referredKinds(event({ entity: "team", before: seat }))).toEqual(["agency"]);
  });
});
