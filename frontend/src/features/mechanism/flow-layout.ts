import type { SopStep } from "@/api/setup/content";
import { arrowsOf, type FlowArrow, lanesOf, wrap } from "./flow";

/** A column of the printed table. */
export interface FlowColumn {
  key: "no" | "activity" | "inputs" | "time" | "output" | "note";
  x: number;
  width: number;
}

export interface FlowLane {
  name: string;
  x: number;
  width: number;
  lines: string[];
}

export interface FlowRow {
  step: SopStep;
  /** Number of the step in the whole SOP, from 1. */
  number: number;
  y: number;
  height: number;
  /** Middle of its symbol. */
  cx: number;
  cy: number;
  texts: Record<FlowColumn["key"], string[]>;
}

/** A drawn arrow: a line with a head at its end, or a way on to another page. */
export interface FlowLine {
  points: [number, number][];
  label: { text: "yes" | "no"; x: number; y: number } | null;
  /** The line ends in an off-page mark that names this step. */
  offPage: number | null;
  /** The line begins in an off-page mark that names this step. */
  cameFrom: number | null;
}

export interface FlowPage {
  columns: FlowColumn[];
  lanes: FlowLane[];
  rows: FlowRow[];
  lines: FlowLine[];
  headHeight: number;
  width: number;
  height: number;
}

/** Units are those of the drawing: about a CSS pixel on a wide screen. */
export const LINE = 16;
export const SYMBOL = { width: 64, height: 32 } as const;
/** The pentagon that stands for "goes on on another page". */
export const OFF_PAGE = { width: 20, height: 16 } as const;
const HEAD = 22;
const PAD = 8;
const GUTTER = 26;
const WIDTHS = { no: 34, activity: 236, inputs: 132, time: 66, output: 132, note: 108 } as const;
/** Average width of a character of the table's text. */
const CHARACTER = 7.3;

type TimeText = (step: SopStep) => string;

/**
 * Lays an SOP out as the table of the SOP AP form, a column for each actor, on pages of at most
 * `pageHeight`. It knows nothing of the screen, so that what is printed is what was laid out.
 */
export function layoutFlow(steps: SopStep[], time: TimeText, pageHeight: number): FlowPage[] {
  const names = lanesOf(steps);
  const laneWidth = Math.max(SYMBOL.width + 20, Math.min(110, 480 / Math.max(1, names.length)));
  const { columns, lanes, width } = placeColumns(names, laneWidth);
  const headHeight = HEAD + PAD + LINE * Math.max(2, ...lanes.map((lane) => lane.lines.length));
  const rows = steps.map((step, index) => measure(step, index, columns, lanes, time));
  return paginate(rows, pageHeight - headHeight).map((page) => {
    let y = headHeight;
    for (const row of page) {
      row.y = y;
      row.cy = y + row.height / 2;
      y += row.height;
    }
    const lines = arrowsOf(steps).flatMap((arrow) => drawArrow(arrow, page, lanes));
    return { columns, lanes, rows: page, lines, headHeight, width, height: y };
  });
}

function placeColumns(names: string[], laneWidth: number) {
  let x = 0;
  const column = (key: FlowColumn["key"]): FlowColumn => {
    const placed = { key, x, width: WIDTHS[key] };
    x += WIDTHS[key];
    return placed;
  };
  const before = [column("no"), column("activity")];
  // Arrows that jump run in the gutters at both sides of the lanes.
  x += GUTTER;
  const lanes = names.map((name): FlowLane => {
    const lane = { name, x, width: laneWidth, lines: wrap(name, laneWidth / CHARACTER) };
    x += laneWidth;
    return lane;
  });
  x += GUTTER;
  const after = [column("inputs"), column("time"), column("output"), column("note")];
  return { columns: [...before, ...after], lanes, width: x };
}

function measure(
  step: SopStep,
  index: number,
  columns: FlowColumn[],
  lanes: FlowLane[],
  time: TimeText,
): FlowRow {
  const raw: Record<FlowColumn["key"], string> = {
    no: String(index + 1),
    activity: step.activity,
    inputs: step.inputs,
    time: time(step),
    output: step.output,
    note: step.note,
  };
  const texts = Object.fromEntries(
    columns.map(({ key, width }) => [key, wrap(raw[key], (width - 2 * PAD) / CHARACTER)]),
  ) as FlowRow["texts"];
  const longest = Math.max(...Object.values(texts).map((lines) => lines.length));
  const height = Math.max(SYMBOL.height + 38, longest * LINE + 2 * PAD + 6);
  const lane = lanes.find(({ name }) => name === step.actor.trim());
  const cx = lane ? lane.x + lane.width / 2 : 0;
  return { step, number: index + 1, y: 0, height, cx, cy: 0, texts };
}

function paginate(rows: FlowRow[], room: number): FlowRow[][] {
  const pages: FlowRow[][] = [];
  let used = 0;
  for (const row of rows) {
    const page = pages.at(-1);
    if (page && used + row.height <= room) {
      page.push(row);
      used += row.height;
    } else {
      pages.push([row]);
      used = row.height;
    }
  }
  return pages;
}

function drawArrow(arrow: FlowArrow, page: FlowRow[], lanes: FlowLane[]): FlowLine[] {
  const from = page.find((row) => row.number === arrow.from + 1);
  const to = page.find((row) => row.number === arrow.to + 1);
  if (from && to) return [within(arrow, from, to, lanes)];
  if (from) return [leaving(arrow, from)];
  return to ? [arriving(arrow, to)] : [];
}

/** To another page: below when it is the next row, else at the side, where no other exit is. */
function leaving(arrow: FlowArrow, from: FlowRow): FlowLine {
  const whole = { offPage: arrow.to + 1, cameFrom: null };
  if (arrow.to === arrow.from + 1) {
    const out = from.cy + SYMBOL.height / 2;
    const points: [number, number][] = [
      [from.cx, out],
      [from.cx, from.y + from.height - OFF_PAGE.height - 1],
    ];
    return { ...whole, points, label: labelAt(arrow, from.cx + 14, out + 11) };
  }
  const side = from.cx + SYMBOL.width / 2;
  const end = side + OFF_PAGE.width / 2 + 4;
  const points: [number, number][] = [
    [side, from.cy],
    [end, from.cy],
    [end, from.cy + 4],
  ];
  return { ...whole, points, label: labelAt(arrow, side + 2, from.cy - 6) };
}

/** From another page: above when it comes from the row before, else at the side. */
function arriving(arrow: FlowArrow, to: FlowRow): FlowLine {
  const whole = { label: null, offPage: null, cameFrom: arrow.from + 1 };
  const top = to.cy - SYMBOL.height / 2;
  if (arrow.to === arrow.from + 1) {
    const points: [number, number][] = [
      [to.cx, to.y + 1],
      [to.cx, top],
    ];
    return { ...whole, points };
  }
  const side = to.cx - SYMBOL.width / 2;
  const begin = side - OFF_PAGE.width / 2 - 6;
  const points: [number, number][] = [
    [begin, to.cy - OFF_PAGE.height],
    [begin, to.cy],
    [side, to.cy],
  ];
  return { ...whole, points };
}

function labelAt(arrow: FlowArrow, x: number, y: number): FlowLine["label"] {
  return arrow.answer ? { text: arrow.answer, x, y } : null;
}

function within(arrow: FlowArrow, from: FlowRow, to: FlowRow, lanes: FlowLane[]): FlowLine {
  const whole = { offPage: null, cameFrom: null };
  if (to.number === from.number + 1) {
    // To the row below: down, across on the line between the rows, down.
    const out = from.cy + SYMBOL.height / 2;
    const between = from.y + from.height;
    const straight: [number, number][] = [
      [from.cx, out],
      [from.cx, between],
      [to.cx, between],
      [to.cx, to.cy - SYMBOL.height / 2],
    ];
    return { ...whole, points: tidy(straight), label: labelAt(arrow, from.cx + 6, out + 11) };
  }
  // A jump leaves at the side and runs in a gutter: forward at the right, back at the left.
  const isForward = to.number > from.number;
  const edge = isForward
    ? Math.max(...lanes.map((lane) => lane.x + lane.width))
    : Math.min(...lanes.map((lane) => lane.x));
  // Jumps of different rows run beside each other, not on top of each other.
  const offset = 6 + ((from.number * 7) % 16);
  const channel = isForward ? edge + offset : edge - offset;
  const side = from.cx + (isForward ? SYMBOL.width / 2 : -SYMBOL.width / 2);
  const entry = to.y + 8;
  const points: [number, number][] = [
    [side, from.cy],
    [channel, from.cy],
    [channel, entry],
    [to.cx, entry],
    [to.cx, to.cy - SYMBOL.height / 2],
  ];
  const labelX = isForward ? side + 4 : side - 30;
  return { ...whole, points: tidy(points), label: labelAt(arrow, labelX, from.cy - 5) };
}

/** Without the corners that are none. */
function tidy(points: [number, number][]): [number, number][] {
  return points.filter((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (!before || !after) return true;
    const isVertical = before[0] === point[0] && point[0] === after[0];
    const isHorizontal = before[1] === point[1] && point[1] === after[1];
    return !isVertical && !isHorizontal;
  });
}
