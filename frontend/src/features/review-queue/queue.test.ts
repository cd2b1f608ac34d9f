import { describe, expect, test } from "vitest";
import { isNarrowed, queueQueryOf, readQueueFilters } from "./filters";
import { neighbours } from "./neighbours";
import { isPlain, type QueueEntry } from "./queue";

function entry(code: string, id: string, part: Partial<QueueEntry> = {}): QueueEntry {
  return {
    id,
    district_code: code,
    district_name: "Kabupaten Contoh",
    province_name: "Provinsi Contoh",
    subject: "evidence",
    item_code: "REG-3",
    item_title: "Butir contoh",
    component: "regulation",
    title: "Bukti contoh",
    kind: "annual_plan",
    file_id: "berkas",
    evidence_version: 1,
    waiting_since: "2026-01-05T00:00:00Z",
    waiting_days: 3,
    submitted_by_name: "Contoh",
    is_mine: false,
    has_conflict: false,
    ...part,
  };
}

describe("filters", () => {
  test("the address is read and asked of the service", () => {
    const filters = readQueueFilters({
      provinsi: 73,
      komponen: "institution",
      milik: "bebas",
      sekaligus: true,
      lain: "x",
    });
    expect(queueQueryOf(filters)).toEqual({
      province: "73",
      district: undefined,
      component: "institution",
      mine: undefined,
      unasked: true,
      safe: true,
    });
    expect(isNarrowed(filters)).toBe(true);
  });

  test("what means nothing narrows nothing", () => {
    expect(isNarrowed(readQueueFilters({ komponen: "uang", milik: "kamu", sekaligus: "ya" }))).toBe(
      false,
    );
  });
});

describe("walking through the queue", () => {
  const list = [entry("33.10", "a"), entry("73.02", "a"), entry("73.02", "b")];

  test("the same id in two districts is two entries", () => {
    expect(neighbours(list, { code: "73.02", id: "a" })).toEqual({
      previous: { code: "33.10", id: "a" },
      next: { code: "73.02", id: "b" },
      position: { number: 2, of: 3 },
    });
  });

  test("the ends have one neighbour", () => {
    expect(neighbours(list, { code: "33.10", id: "a" }).previous).toBeUndefined();
    expect(neighbours(list, { code: "73.02", id: "b" }).next).toBeUndefined();
  });

  test("what has left the list is followed by its first", () => {
    const gone = neighbours(list, { code: "73.02", id: "c" });
    expect(gone.next).toEqual({ code: "33.10", id: "a" });
    expect(gone.position).toBeUndefined();
    expect(neighbours([], { code: "73.02", id: "c" }).next).toBeUndefined();
  });
});

test("only a plain case with a file is accepted with others", () => {
  expect(isPlain(entry("73.02", "a"))).toBe(true);
  expect(isPlain(entry("73.02", "a", { caution: "decisive" }))).toBe(false);
  expect(isPlain(entry("73.02", "a", { has_conflict: true }))).toBe(false);
  expect(isPlain(entry("73.02", "a", { file_id: null }))).toBe(false);
});
