import type { AnyKind } from "@/api/setup/kinds";
import { fieldOf } from "@/api/setup/kinds";
import { textAt } from "@/lib/i18n";
import { codeName, fieldLabel } from "./texts";

/** The last part of a path that stands for the order of a list's rows. */
const ORDER = "@order";

/** A place in a content, as the merge of packages names it: `steps.catat.duration`. */
export interface Place {
  /** The list it lies in; null at the top of the content. */
  list: string | null;
  /** The row: its number from 1 where it stands, and its content. Null outside lists. */
  row: { number: number; content: Record<string, unknown> | null } | null;
  /** Path of the field without rows (`steps.duration`); null for a whole row or an order. */
  field: string | null;
  /** The order of the list's rows. */
  isOrder: boolean;
}

/**
 * Reads a path whose rows are named by their ids. A row has the number that it has in the first of
 * `contents` that holds it; a row that none of them holds has the number 0.
 */
export function placeOf(path: string, contents: readonly unknown[]): Place {
  const [first = "", second, ...rest] = path.split(".");
  if (second === undefined) return { list: null, row: null, field: first, isOrder: false };
  if (second === ORDER) return { list: first, row: null, field: null, isOrder: true };
  const lists = contents.flatMap((content) => listIn(content, first));
  // Not a list: an object in the content, such as who approved an SOP.
  if (lists.length === 0) return { list: null, row: null, field: path, isOrder: false };
  const found = lists.find((rows) => rows.some((row) => row.id === second));
  const number = (found?.findIndex((row) => row.id === second) ?? -1) + 1;
  const row = { number, content: found?.[number - 1] ?? null };
  const field = rest.length > 0 ? [first, ...rest].join(".") : null;
  return { list: first, row, field, isOrder: false };
}

/** "Langkah 2 (Mencatat): Waktu" for `steps.catat.duration`. */
export function placeLabel(kind: AnyKind, path: string, contents: readonly unknown[]): string {
  const place = placeOf(path, contents);
  if (place.list === null) return fieldLabel(kind, place.field ?? path);
  if (place.isOrder) {
    return (textAt("setup", "place.order") ?? "{{list}}").replace(
      "{{list}}",
      fieldLabel(kind, place.list),
    );
  }
  const noun =
    textAt("setup", `row_name.${kind.key}_${place.list}`) ?? fieldLabel(kind, place.list);
  const name = rowName(kind, place.list, place.row?.content ?? null);
  const number = place.row?.number ? ` ${place.row.number}` : "";
  const row = `${noun}${number}${name ? ` (${name})` : ""}`;
  return place.field ? `${row}: ${fieldLabel(kind, place.field)}` : row;
}

/** Fields by which people know a row, in the order in which the first that is filled counts. */
const NAMES = ["activity", "title", "text", "label_id", "name", "contact_name"];
const CODED_NAMES = ["risk_level", "kind", "stage"];

/** What people call a row: its first words, or the name of its code. */
export function rowName(
  kind: AnyKind,
  list: string,
  row: Record<string, unknown> | null,
): string | undefined {
  if (!row) return undefined;
  for (const name of NAMES) {
    const text = row[name];
    if (typeof text === "string" && text !== "") return shorten(text);
  }
  for (const name of CODED_NAMES) {
    const code = row[name];
    const codes = kind.codes[fieldOf(`${list}.${name}`)];
    if (codes && typeof code === "string") return codeName(codes, code);
  }
  return undefined;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57).trimEnd()}…` : text;
}

type Row = Record<string, unknown> & { id: string };

function listIn(content: unknown, field: string): Row[][] {
  if (typeof content !== "object" || content === null) return [];
  const value = (content as Record<string, unknown>)[field];
  return Array.isArray(value) ? [value.filter(isRow)] : [];
}

function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && "id" in value;
}
