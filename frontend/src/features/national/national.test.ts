import { expect, test } from "vitest";
import { isNarrowed, readFilters } from "./filters";
import { nearest, target } from "./nearest";
import type { OverviewDistrict } from "./overview";
import { nextSort, readSort, sorted } from "./sort";
import { MAP_COLUMNS, PLACES, rowsOf } from "./tile-layout";
import { trendAreas, yearMarks } from "./trend-areas";

/** Kabupaten and kota of each province, as the regions that ship with the service count them. */
const REGENCIES: Record<string, number> = {
  "11": 23,
  "12": 33,
  "13": 19,
  "14": 12,
  "15": 11,
  "16": 17,
  "17": 10,
  "18": 15,
  "19": 7,
  "21": 7,
  "31": 6,
  "32": 27,
  "33": 35,
  "34": 5,
  "35": 38,
  "36": 8,
  "51": 9,
  "52": 10,
  "53": 22,
  "61": 14,
  "62": 14,
  "63": 13,
  "64": 10,
  "65": 5,
  "71": 15,
  "72": 13,
  "73": 24,
  "74": 17,
  "75": 6,
  "76": 6,
  "81": 11,
  "82": 10,
  "91": 9,
  "92": 7,
  "93": 4,
  "94": 8,
  "95": 8,
  "96": 6,
};

test("every province has its place on the map, and none covers another", () => {
  expect(Object.keys(PLACES).sort()).toEqual(Object.keys(REGENCIES).sort());
  expect(Object.values(REGENCIES).reduce((a, b) => a + b)).toBe(514);
  const taken = new Map<string, string>();
  for (const [code, { column, row, width }] of Object.entries(PLACES)) {
    expect(column + width - 1, code).toBeLessThanOrEqual(MAP_COLUMNS);
    for (let x = column; x < column + width; x++) {
      for (let y = row; y < row + rowsOf(REGENCIES[code] ?? 0, width); y++) {
        expect(taken.get(`${x},${y}`), `${code} at ${x},${y}`).toBeUndefined();
        taken.set(`${x},${y}`, code);
      }
    }
  }
});

test("the address keeps what means something", () => {
  expect(readFilters({ provinsi: 73, tahap: "sk", tertahan: 90, kedaluwarsa: true })).toEqual({
    provinsi: "73",
    tertahan: 90,
    kedaluwarsa: true,
  });
  expect(isNarrowed(readFilters({ tampilan: "peta", urut: "name" }))).toBe(false);
  expect(isNarrowed(readFilters({ keadaan: "live" }))).toBe(true);
});

function district(code: string, claimed: number | null, staff?: number): OverviewDistrict {
  const components = staff === undefined ? [] : [{ component: "staff", claimed: staff }];
  return { code, name: code, claimed, components } as unknown as OverviewDistrict;
}

test("districts sort by any column, and what is not known comes last either way", () => {
  const rows = [
    district("3", 10, 5),
    district("1", null),
    district("2", 90, 1),
    district("4", 10, 9),
  ];
  const order = (sort?: string) => sorted(rows, readSort(sort), "claimed").map(({ code }) => code);
  expect(order()).toEqual(["1", "2", "3", "4"]);
  expect(order("overall")).toEqual(["3", "4", "2", "1"]);
  expect(order("-overall")).toEqual(["2", "3", "4", "1"]);
  expect(order("-staff")).toEqual(["4", "3", "2", "1"]);
});

test("a heading sorts up, then down, then as it was", () => {
  expect(nextSort(readSort(undefined), "name")).toBe("name");
  expect(nextSort(readSort("name"), "name")).toBe("-name");
  expect(nextSort(readSort("-name"), "name")).toBeUndefined();
});

test("arrow keys lead to the nearest cell that way", () => {
  const spots = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 12, y: 10 },
    { x: 60, y: 0 },
    { x: 0, y: 30 },
  ];
  expect(nearest(spots, 0, "ArrowRight")).toBe(1);
  expect(nearest(spots, 1, "ArrowRight")).toBe(3);
  expect(nearest(spots, 1, "ArrowDown")).toBe(2);
  expect(nearest(spots, 2, "ArrowUp")).toBe(1);
  expect(nearest(spots, 0, "ArrowLeft")).toBeUndefined();
});

test("every shape can be reached by keyboard", () => {
  // No arrow leads to the islet behind the large one: another is always nearer.
  const spots = [
    { x: 0, y: 0 },
    { x: 0.2, y: 0.3 },
    { x: 10, y: 0 },
    { x: 0, y: 10 },
  ];
  const arrows = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
  const reached = (keys: string[]) => {
    const seen = new Set([0]);
    // A set that grows while it is walked is walked to its end.
    for (const from of seen) {
      for (const key of keys) {
        const to = target(spots, from, key);
        if (typeof to === "number") seen.add(to);
      }
    }
    return [...seen].sort();
  };
  expect(reached(arrows)).not.toContain(1);
  expect(reached([...arrows, "PageDown"])).toEqual([0, 1, 2, 3]);
  expect(target(spots, 3, "PageUp")).toBe(2);
  expect(target(spots, 3, "PageDown")).toBeUndefined();
  expect(target(spots, 0, "PageUp")).toBeUndefined();
  expect([target(spots, 2, "Home"), target(spots, 2, "End")]).toEqual([0, 3]);
  expect(target(spots, 2, "x")).toBeNull();
});

test("areas of the trend lie on one another and end at the ground", () => {
  const months = [
    { month: "2018-12-01", districts: [1, 0] },
    { month: "2019-01-01", districts: [1, 1] },
  ];
  const [lower, upper] = trendAreas(months, 2, { width: 100, height: 10 });
  expect(lower).toBe("M0.0,5.0L50.0,5.0L50.0,0.0L100.0,0.0L100.0,5.0L50.0,5.0L50.0,10.0L0.0,10.0Z");
  expect(upper).toBe(
    "M0.0,10.0L50.0,10.0L50.0,5.0L100.0,5.0L100.0,10.0L50.0,10.0L50.0,10.0L0.0,10.0Z",
  );
  expect(yearMarks(months, 5)).toMatchObject([{ index: 1, year: "2019" }]);
});
