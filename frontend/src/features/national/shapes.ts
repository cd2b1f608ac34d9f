import type { BoundaryTopology } from "@/api/boundaries";

/** A rectangle in the units of the drawing: cells of the topology's grid, from the north-west. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** A kabupaten/kota to draw. */
export interface Shape {
  code: string;
  name: string;
  /** For the `d` of an SVG path. */
  path: string;
  box: Box;
  /** Its largest part: what is seen of a group of islands. */
  core: Box;
  /** A point well inside its largest part, for a label or a mark. */
  middle: [number, number];
  /** How wide its largest part is there. */
  stretch: number;
}

/** Everything to draw. */
export interface Drawing {
  shapes: Map<string, Shape>;
  /** Coasts and borders of provinces. */
  lines: string;
}

type Point = [number, number];

/** Turns arcs into paths. North is up, as on paper: SVG counts downwards. */
export function drawing(topology: BoundaryTopology): Drawing {
  const arcs = topology.arcs.map(decode);
  const top = arcs.reduce((most, arc) => arc.reduce((m, [, y]) => Math.max(m, y), most), 0);
  const drawn = arcs.map((arc) => arc.map(([x, y]): Point => [x, top - y]));
  const shapes = new Map<string, Shape>();
  const sides = new Map<number, string[]>();
  for (const { id, properties, arcs: polygons } of topology.objects.districts.geometries) {
    const rings = polygons.map((polygon) => polygon.map((ring) => assemble(ring, drawn)));
    shapes.set(id, {
      code: id,
      name: properties.name,
      path: rings
        .flat()
        .map((ring) => pathOf(ring))
        .join(""),
      box: boxOf(rings.flat(2)),
      ...coreOf(rings),
    });
    for (const arc of polygons.flat(2)) {
      const number = arc < 0 ? ~arc : arc;
      sides.set(number, [...(sides.get(number) ?? []), id.slice(0, 2)]);
    }
  }
  // An arc with one province on both sides is a border within it.
  const outer = [...sides].filter(([, [one, other]]) => one !== other);
  const lines = outer.map(([number]) => pathOf(drawn[number] ?? [], false)).join("");
  return { shapes, lines };
}

function decode(arc: number[][]): Point[] {
  let [x, y] = [0, 0];
  return arc.map(([dx = 0, dy = 0]) => {
    x += dx;
    y += dy;
    return [x, y];
  });
}

/** The points of a ring of arcs, the first again at the end; `~i` is arc `i` backwards. */
export function assemble(ring: number[], arcs: Point[][]): Point[] {
  const points: Point[] = [];
  for (const use of ring) {
    const arc = arcs[use < 0 ? ~use : use] ?? [];
    points.pop();
    // One by one: as arguments of one call a long coast would be more than an engine takes.
    for (let i = 0; i < arc.length; i++) {
      points.push(arc[use < 0 ? arc.length - 1 - i : i] as Point);
    }
  }
  return points;
}

function pathOf(points: Point[], isClosed = true): string {
  let [lastX, lastY] = points[0] ?? [0, 0];
  const steps = points.slice(1).map(([x, y]) => {
    const step = `${x - lastX},${y - lastY}`;
    [lastX, lastY] = [x, y];
    return step;
  });
  return `M${points[0]?.join(",") ?? "0,0"}l${steps.join(" ")}${isClosed ? "z" : ""}`;
}

function boxOf(points: Point[]): Box {
  const box = {
    left: Number.POSITIVE_INFINITY,
    top: Number.POSITIVE_INFINITY,
    right: Number.NEGATIVE_INFINITY,
    bottom: Number.NEGATIVE_INFINITY,
  };
  for (const [x, y] of points) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return box;
}

/** The smallest box around all; undefined without any. */
export function around(boxes: Box[]): Box | undefined {
  if (boxes.length === 0) return undefined;
  return {
    left: Math.min(...boxes.map(({ left }) => left)),
    top: Math.min(...boxes.map(({ top }) => top)),
    right: Math.max(...boxes.map(({ right }) => right)),
    bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
  };
}

/**
 * A pixel of the screen in units of the drawing, when all of `view` is drawn into an element of this
 * size. Before it is drawn a screen of a thousand pixels is as good a guess as any.
 */
export function pixelOf(
  view: { width: number; height: number },
  drawn: { width: number; height: number },
): number {
  if (drawn.width === 0 || drawn.height === 0) return view.width / 1000;
  return Math.max(view.width / drawn.width, view.height / drawn.height);
}

function areaOf(ring: Point[]): number {
  let area = 0;
  for (let i = 1; i < ring.length; i++) {
    const [[x1, y1], [x2, y2]] = [ring[i - 1] as Point, ring[i] as Point];
    area += x1 * y2 - x2 * y1;
  }
  return Math.abs(area / 2);
}

/**
 * The largest polygon and a point inside of it: halfway up, in the middle of the widest stretch
 * there. The centre of gravity of a bay's shore would lie in the bay.
 */
function coreOf(polygons: Point[][][]): Pick<Shape, "core" | "middle" | "stretch"> {
  const sizes = polygons.map(([border = []]) => areaOf(border));
  const largest = polygons[sizes.indexOf(Math.max(...sizes))] ?? [];
  const core = boxOf(largest[0] ?? []);
  // Between two rows of the grid, so that no point lies on the line.
  const y = Math.floor((core.top + core.bottom) / 2) + 0.5;
  const crossings: number[] = [];
  for (const ring of largest) {
    for (let i = 1; i < ring.length; i++) {
      const [[x1, y1], [x2, y2]] = [ring[i - 1] as Point, ring[i] as Point];
      if (y1 > y !== y2 > y) crossings.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
    }
  }
  crossings.sort((a, b) => a - b);
  let middle: Point = largest[0]?.[0] ?? [0, 0];
  let stretch = 0;
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const [from = 0, to = 0] = [crossings[i], crossings[i + 1]];
    if (to - from > stretch) {
      stretch = to - from;
      middle = [(from + to) / 2, y];
    }
  }
  return { core, middle, stretch };
}
