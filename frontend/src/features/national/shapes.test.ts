import { expect, test } from "vitest";
import type { BoundaryTopology } from "@/api/boundaries";
import { around, assemble, drawing, pixelOf } from "./shapes";

/** Two squares side by side in two provinces, and a horseshoe of another district of the first. */
const TOPOLOGY: BoundaryTopology = {
  type: "Topology",
  bbox: [110, -8, 111, -7],
  transform: { scale: [0.0001, 0.0001], translate: [110, -8] },
  objects: {
    districts: {
      type: "GeometryCollection",
      geometries: [
        { type: "MultiPolygon", id: "11.01", properties: { name: "Barat" }, arcs: [[[0, 1]]] },
        { type: "MultiPolygon", id: "12.01", properties: { name: "Timur" }, arcs: [[[2, -2]]] },
        { type: "MultiPolygon", id: "11.02", properties: { name: "Teluk" }, arcs: [[[3]]] },
      ],
    },
  },
  arcs: [
    // Round the western square from the north end of the common border to its south end.
    [
      [10, 10],
      [-10, 0],
      [0, -10],
      [10, 0],
    ],
    // The border that both share, northwards.
    [
      [10, 0],
      [0, 10],
    ],
    [
      [10, 0],
      [10, 0],
      [0, 10],
      [-10, 0],
    ],
    // Open to the east, its arms twice as high as the back is wide.
    [
      [0, 20],
      [20, 0],
      [0, 8],
      [-16, 0],
      [0, 4],
      [16, 0],
      [0, 8],
      [-20, 0],
      [0, -20],
    ],
  ],
};

test("rings are put together of arcs, forwards and backwards", () => {
  const arcs: [number, number][][] = [
    [
      [0, 0],
      [1, 0],
    ],
    [
      [0, 0],
      [0, 1],
      [1, 0],
    ],
  ];
  expect(assemble([0, -2], arcs)).toEqual([
    [0, 0],
    [1, 0],
    [0, 1],
    [0, 0],
  ]);
});

test("north is up, and neighbours use the same border", () => {
  const { shapes } = drawing(TOPOLOGY);
  // The drawing is 40 high: what lies at 0 in the south is at its foot.
  expect(shapes.get("11.01")?.box).toEqual({ left: 0, top: 30, right: 10, bottom: 40 });
  expect(shapes.get("11.01")?.path).toBe("M10,30l-10,0 0,10 10,0 0,-10z");
  expect(shapes.get("12.01")?.path).toBe("M10,40l10,0 0,-10 -10,0 0,10z");
  expect(shapes.get("12.01")?.name).toBe("Timur");
});

test("coasts and borders of provinces are lines, borders within a province are none", () => {
  const { lines } = drawing(TOPOLOGY);
  expect(lines.match(/M/g)).toHaveLength(4);
  const within = structuredClone(TOPOLOGY);
  const east = within.objects.districts.geometries[1];
  if (east) east.id = "11.03";
  expect(drawing(within).lines.match(/M/g)).toHaveLength(3);
});

test("the middle lies inside, also of a bay", () => {
  const bay = drawing(TOPOLOGY).shapes.get("11.02");
  const [x = 0, y = 0] = bay?.middle ?? [];
  expect(bay?.stretch).toBe(4);
  expect(bay?.core).toEqual(bay?.box);
  expect(x).toBeGreaterThan(0);
  expect(x).toBeLessThan(4);
  expect(y).toBeGreaterThan(8);
  expect(y).toBeLessThan(12);
});

test("a box goes around all", () => {
  const { shapes } = drawing(TOPOLOGY);
  const boxes = [...shapes.values()].map(({ box }) => box);
  expect(around(boxes)).toEqual({ left: 0, top: 0, right: 20, bottom: 40 });
  expect(around([])).toBeUndefined();
});

test("an arc may be longer than a call has arguments", () => {
  const coast = Array.from({ length: 300_000 }, (_, i): [number, number] => [i, i % 7]);
  expect(assemble([0], [coast])).toHaveLength(300_000);
  expect(assemble([-1], [coast])[0]).toEqual(coast.at(-1));
});

test("a pixel is as large as the tighter side of what is drawn makes it", () => {
  const view = { width: 300, height: 200 };
  expect(pixelOf(view, { width: 600, height: 400 })).toBe(0.5);
  expect(pixelOf(view, { width: 600, height: 100 })).toBe(2);
  expect(pixelOf(view, { width: 100, height: 400 })).toBe(3);
  expect(pixelOf(view, { width: 0, height: 0 })).toBeGreaterThan(0);
});
