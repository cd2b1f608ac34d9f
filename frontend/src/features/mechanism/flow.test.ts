import { describe, expect, test } from "vitest";
import type { SopStep } from "@/api/setup/content";
import { arrowsOf, lanesOf, wrap } from "./flow";
import { layoutFlow } from "./flow-layout";

function step(id: string, part: Partial<SopStep> = {}): SopStep {
  return {
    id,
    activity: `Kegiatan ${id}`,
    actor: "Peksos",
    kind: "process",
    inputs: "",
    duration: null,
    duration_unit: null,
    output: "",
    next: "",
    yes: "",
    no: "",
    note: "",
    stage: null,
    ...part,
  };
}
const referral = [
  step("a", { kind: "start", actor: "Petugas " }),
  step("b", { kind: "decision", yes: "c", no: "d" }),
  step("c", { actor: "OPD", next: "b" }),
  step("d", { kind: "end" }),
];

describe("flow", () => {
  test("arrows follow the table unless a step says otherwise", () => {
    expect(arrowsOf(referral)).toEqual([
      { from: 0, to: 1, answer: null },
      { from: 1, to: 2, answer: "yes" },
      { from: 1, to: 3, answer: "no" },
      { from: 2, to: 1, answer: null },
    ]);
  });

  test("an exit to a step that is gone draws no arrow", () => {
    expect(arrowsOf([step("a", { kind: "decision", yes: "x", no: "" }), step("b")])).toEqual([]);
  });

  test("each actor is one column, in order of first act", () => {
    expect(lanesOf(referral)).toEqual(["Petugas", "Peksos", "OPD"]);
  });

  test("text is broken at blanks and long words are cut", () => {
    expect(wrap("Apakah anak memerlukan rujukan?", 14)).toEqual([
      "Apakah anak",
      "memerlukan",
      "rujukan?",
    ]);
    expect(wrap("pertanggungjawaban", 10)).toEqual(["pertanggu-", "ngjawaban"]);
  });
});

describe("layout", () => {
  test("symbols stand in the column of their actor, rows one below the other", () => {
    const [page] = layoutFlow(referral, () => "", 2_000);
    if (!page) throw new Error("one page");
    page.rows.forEach((row, index) => {
      const lane = page.lanes.find(({ name }) => name === row.step.actor.trim());
      expect(row.cx).toBe((lane?.x ?? 0) + (lane?.width ?? 0) / 2);
      const below = page.rows[index + 1];
      if (below) expect(below.y).toBeCloseTo(row.y + row.height);
    });
  });

  test("every arrow begins and ends at the symbols it joins, and stays inside the page", () => {
    const [page] = layoutFlow(referral, () => "", 2_000);
    if (!page) throw new Error("one page");
    expect(page.lines).toHaveLength(4);
    for (const { points } of page.lines) {
      for (const [x, y] of points) {
        expect(x).toBeGreaterThan(0);
        expect(x).toBeLessThan(page.width);
        expect(y).toBeGreaterThan(page.headHeight);
        expect(y).toBeLessThanOrEqual(page.height);
      }
      const [, lastY] = points.at(-1) ?? [0, 0];
      expect(page.rows.some((row) => Math.abs(row.cy - 16 - lastY) < 0.01)).toBe(true);
    }
  });

  test("a long SOP goes over pages, and its arrows with off-page marks", () => {
    const long = Array.from({ length: 30 }, (_, n) => step(`s${n}`));
    const pages = layoutFlow(long, () => "", 700);
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.flatMap((page) => page.rows.map((row) => row.number))).toEqual(
      long.map((_, n) => n + 1),
    );
    for (const page of pages) expect(page.height).toBeLessThanOrEqual(700);
    const last = pages[0]?.rows.at(-1)?.number ?? 0;
    expect(pages[0]?.lines.some((line) => line.offPage === last + 1)).toBe(true);
    expect(pages[1]?.lines.some((line) => line.cameFrom === last)).toBe(true);
  });
});
