import { offTheEnds } from "../readiness";
import type { Head, Kind, Table, Value } from "./table";
import { STYLES, type Style } from "./xlsx-styles";
import { columnName, PROLOG, type TextTable } from "./xlsx-xml";

/** One thing that is said about what the workbook shows. */
export interface Fact {
  label: string;
  /** A moment is written as clocks show it where the reader is. */
  value: string | number | Date;
}

/** A page of a workbook: what is said about the rest, or one table whose head stays and which can be filtered. */
export type Sheet =
  | { name: string; title: string; facts: Fact[]; tables: { title: string; table: Table }[] }
  | { name: string; table: Table };

interface Cell {
  style: Style;
  value: Value;
}

/** The number format of percents shows tenths; what it would round to 100.0% although it is less must not be kept. */
const TENTH = 0.1;

/** How wide columns are, in letters. */
const WIDTH: Record<Kind, number> = { text: 22, number: 13, percent: 13, day: 19 };
const SUMMARY_WIDTHS = [34, 30, 18, 24, 24];

/** One worksheet. */
export function sheetXml(sheet: Sheet, texts: TextTable): string {
  const isList = "table" in sheet;
  const rows = isList ? listRows(sheet.table) : summaryRows(sheet);
  const widths = isList ? sheet.table.heads.map(widthOf) : SUMMARY_WIDTHS;
  return [
    `${PROLOG}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`,
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<sheetViews><sheetView workbookViewId="0">${isList ? FROZEN : ""}</sheetView></sheetViews>`,
    '<sheetFormatPr defaultRowHeight="15"/>',
    `<cols>${widths.map(col).join("")}</cols>`,
    `<sheetData>${rows.map((cells, place) => row(cells, place, texts)).join("")}</sheetData>`,
    isList ? filter(sheet.table) : "",
    '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>',
    `<pageSetup paperSize="9" orientation="${isList ? "landscape" : "portrait"}" fitToHeight="0"/>`,
    "</worksheet>",
  ].join("");
}

/** The first row stays where it is. */
const FROZEN =
  '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft"/>';

function widthOf({ kind, width }: Head): number {
  return width ?? WIDTH[kind];
}

function col(width: number, place: number): string {
  return `<col min="${place + 1}" max="${place + 1}" width="${width}" customWidth="1"/>`;
}

/** How far the table reaches, its head included. */
export function filterRange({ heads, rows }: Table): { columns: number; rows: number } {
  return { columns: Math.max(1, heads.length), rows: rows.length + 1 };
}

function filter(table: Table): string {
  const { columns, rows } = filterRange(table);
  return `<autoFilter ref="A1:${columnName(columns - 1)}${rows}"/>`;
}

function listRows({ heads, rows }: Table): Cell[][] {
  const head = heads.map(({ label }): Cell => ({ style: "head", value: label }));
  const body = rows.map((row) => row.map((value, place) => typed(value, heads[place]?.kind)));
  return [head, ...body];
}

function summaryRows(sheet: Extract<Sheet, { facts: Fact[] }>): Cell[][] {
  const facts = sheet.facts.map(({ label, value }): Cell[] => [
    { style: "label", value: label },
    fact(value),
  ]);
  const tables = sheet.tables.flatMap(({ title, table }): Cell[][] => [
    [],
    [{ style: "label", value: title }],
    ...listRows(table),
  ]);
  return [[{ style: "title", value: sheet.title }], ...facts, ...tables];
}

function fact(value: Fact["value"]): Cell {
  if (value instanceof Date) return { style: "moment", value: serial(onTheClock(value)) };
  return { style: typeof value === "number" ? "number" : "text", value };
}

/** A value as its column says it is. Numbers where texts belong become texts, never the other way. */
function typed(value: Value, kind: Kind = "text"): Cell {
  if (value === null || value === undefined) return { style: kind, value: null };
  switch (kind) {
    case "percent":
      // Without the tail that binary fractions have: 0.7745, not 0.7745000000000001.
      return { style: kind, value: Number((offTheEnds(Number(value), TENTH) / 100).toFixed(8)) };
    case "number":
      return { style: kind, value: Number(value) };
    case "day":
      return { style: kind, value: serial(Date.parse(`${value}T00:00:00Z`)) };
    default:
      return { style: kind, value: String(value) };
  }
}

/** Days since the last day of 1899, as spreadsheets count; `moment` in milliseconds. */
function serial(moment: number): number {
  return moment / 86_400_000 + 25_569;
}

/** The moment that would look in UTC as this one looks here, in whole minutes: spreadsheets know no time zones. */
function onTheClock(moment: Date): number {
  const here = moment.getTime() - moment.getTimezoneOffset() * 60_000;
  return Math.floor(here / 60_000) * 60_000;
}

function row(cells: Cell[], place: number, texts: TextTable): string {
  const inner = cells.map((cell, column) =>
    cellXml(cell, `${columnName(column)}${place + 1}`, texts),
  );
  return `<row r="${place + 1}">${inner.join("")}</row>`;
}

function cellXml({ style, value }: Cell, address: string, texts: TextTable): string {
  const start = `<c r="${address}" s="${STYLES.indexOf(style)}"`;
  if (value === null || value === undefined || Number.isNaN(value)) return `${start}/>`;
  if (typeof value === "number") return `${start}><v>${value}</v></c>`;
  return `${start} t="s"><v>${texts.place(value)}</v></c>`;
}
