import { expect, test } from "vitest";
import type { Overview } from "./overview";
import { MAP_COLUMNS, PLACES } from "./tile-layout";
import { tilePlan } from "./tile-plan";

type Shown = Pick<Overview, "provinces" | "districts">;

function shown(provinces: [code: string, regencies: number][], districts: string[]): Shown {
  return {
    provinces: provinces.map(([code, regencies]) => ({ code, name: `P${code}`, regencies })),
    districts: districts.map((code) => ({ code, province_code: code.slice(0, 2) })),
  } as Shown;
}

test("every province stands in its place, its districts first and then what is empty", () => {
  const all = Object.keys(PLACES).map((code): [string, number] => [code, 5]);
  const plan = tilePlan(shown(all, ["73.01", "73.02", "11.01"]));
  expect(plan.blocks).toHaveLength(38);
  const block = plan.blocks.find(({ name }) => name === "Sulsel");
  expect(block).toMatchObject({ column: 24, row: 16, width: 6, rows: 2 });
  expect(block?.tiles.map(({ district }) => district?.code)).toEqual([
    "73.01",
    "73.02",
    undefined,
    undefined,
    undefined,
  ]);
  expect(block?.tiles[2]).toEqual({ column: 26, row: 17 });
  const lowest = plan.blocks.map(({ row, rows }) => row + rows - 1);
  expect(plan.rows).toBe(Math.max(...lowest));
});

test("few provinces stand below one another, and so does one without a place", () => {
  const few = tilePlan(
    shown(
      [
        ["73", 41],
        ["32", 2],
      ],
      ["73.01"],
    ),
  );
  expect(few.blocks.map(({ name, row, rows, width }) => [name, row, rows, width])).toEqual([
    ["P73", 1, 3, MAP_COLUMNS],
    ["P32", 4, 2, MAP_COLUMNS],
  ]);
  expect(few.rows).toBe(5);
  const all = Object.keys(PLACES).map((code): [string, number] => [code, 1]);
  const plan = tilePlan(shown([...all, ["99", 1]], []));
  const before = tilePlan(shown(all, [])).rows;
  expect(plan.blocks.at(-1)).toMatchObject({ name: "P99", column: 1, row: before + 1 });
});
