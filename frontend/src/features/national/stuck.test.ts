import { expect, test } from "vitest";
import type { OverviewDistrict } from "./overview";
import { nextNudgeAt, stuckOnes } from "./stuck";

function district(code: string, part: Partial<OverviewDistrict>): OverviewDistrict {
  return {
    code,
    name: code,
    province_code: code.slice(0, 2),
    province_name: "Contoh",
    status: "onboarding",
    components: [],
    obstacles: [],
    ...part,
  } as OverviewDistrict;
}

const returned = { kind: "returned", count: 1, items: ["REG-1"] } as const;

test("the idle ones and those with something grave in the way, the idlest first", () => {
  const rows = [
    district("33.01", { idle_days: 29 }),
    district("33.02", { idle_days: 30 }),
    district("33.03", { idle_days: 400, status: "live" }),
    district("33.04", { idle_days: 2, obstacles: [{ ...returned, items: [...returned.items] }] }),
    district("33.05", { idle_days: 90 }),
    district("33.06", { obstacles: [{ kind: "unassigned", count: 3, items: [] }] }),
    district("33.07", { status: "invited" }),
  ];
  expect(stuckOnes(rows, 30).map(({ code }) => code)).toEqual(["33.05", "33.02", "33.04"]);
});

test("a week lies between two reminders", () => {
  const sent_at = "2026-11-15T08:00:00Z";
  const row = district("33.01", {
    last_nudge: { sent_at, sent_by_name: "Contoh", progress_since: false },
  });
  expect(nextNudgeAt(row, Date.parse("2026-11-22T07:59:59Z"))).toBe("2026-11-22T08:00:00.000Z");
  expect(nextNudgeAt(row, Date.parse("2026-11-22T08:00:00Z"))).toBeNull();
  expect(nextNudgeAt(district("33.01", {}))).toBeNull();
});
