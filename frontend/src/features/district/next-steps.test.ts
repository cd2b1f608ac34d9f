import { expect, test } from "vitest";
import type { ReadinessItem, ReadinessReport } from "@/api/readiness";
import { nextSteps, restReason, workloads } from "./next-steps";

function item(code: string, part: Partial<ReadinessItem> & { due?: string; who?: string } = {}) {
  const { due, who, ...rest } = part;
  return {
    code,
    state: "missing",
    mandatory: true,
    weight: 1,
    evidence: { submitted: 0, verified: 0, returned: 0 },
    review: null,
    assignment: { due_on: due ?? null, assignee_id: who ?? null, assignee_name: who ?? null },
    ...rest,
  } as ReadinessItem;
}
const report = (...items: ReadinessItem[]) =>
  ({ as_of: "2026-03-10", components: [{ items }] }) as unknown as ReadinessReport;
const order = (r: ReadinessReport) => nextSteps(r).map((s) => [s.item.code, s.urgency]);

test("what was sent back comes before what is late, near, begun, untouched", () => {
  const returned = { submitted: 0, verified: 0, returned: 1 } as ReadinessItem["evidence"];
  expect(
    order(
      report(
        item("untouched"),
        item("begun", { state: "in_progress" }),
        item("near", { due: "2026-03-20", mandatory: false }),
        item("late", { due: "2026-03-09" }),
        item("expired", { state: "expired" }),
        item("returned", { state: "in_progress", evidence: returned }),
      ),
    ),
  ).toEqual([
    ["returned", "returned"],
    ["expired", "expired"],
    ["late", "late"],
    ["near", "due"],
    ["begun", "in_progress"],
    ["untouched", "mandatory"],
  ]);
});

test("what is there already, or optional without a date, is no next step", () => {
  const done = [
    item("a", { state: "present" }),
    item("b", { state: "verified", due: "2026-01-01" }),
  ];
  expect(order(report(...done, item("c", { mandatory: false })))).toEqual([]);
});

test("people are listed with their open items, the nearest date first", () => {
  const list = workloads(
    report(
      item("a", { who: "Ani Misal", due: "2026-05-01" }),
      item("b", { who: "Budi Misal", due: "2026-04-01" }),
      item("c", { who: "Ani Misal", due: "2026-03-15" }),
      item("d", { who: "Budi Misal", state: "verified", due: "2026-01-01" }),
    ),
  );
  expect(list.map(({ name, items, due }) => [name, items.length, due])).toEqual([
    ["Ani Misal", 2, "2026-03-15"],
    ["Budi Misal", 1, "2026-04-01"],
  ]);
});

test("with nothing to do now, nobody is told to launch what is blocked or live already", () => {
  const standing = (allowed: boolean) =>
    ({ ...report(), go_live: { allowed, blockers: [] } }) as unknown as ReadinessReport;
  expect(restReason(standing(false), false)).toBe("review");
  expect(restReason(standing(true), false)).toBe("launch");
  expect(restReason(standing(true), true)).toBe("live");
  expect(restReason(standing(false), true)).toBe("live");
});
