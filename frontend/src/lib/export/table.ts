/** What a cell holds: an ISO date for `day`, 0 to 100 for `percent`. */
export type Value = string | number | null | undefined;

/** What the values of a column are, so that every writer gives them the type its format has. */
export type Kind = "text" | "number" | "percent" | "day";

/** A column as a person reads it. */
export interface Head {
  /** Names the column where a writer shows some of them only. */
  key: string;
  label: string;
  /** What stands in its place where the column is narrow. */
  short?: string;
  kind: Kind;
  /** About how many letters fit in; by its kind when nothing is said. */
  width?: number;
}

/** A column and where its value comes from. */
export interface Column<Row> extends Head {
  of: (row: Row) => Value;
}

/** A table that may be written as CSV, XLSX or PDF. */
export interface Table {
  heads: Head[];
  rows: Value[][];
}

/** Reads every column of every row. */
export function tableOf<Row>(columns: Column<Row>[], rows: Row[]): Table {
  const heads = columns.map(({ of: _, ...head }) => head);
  return { heads, rows: rows.map((row) => columns.map((column) => column.of(row))) };
}

/** The same table with these columns only, in this order; what it does not have is left out. */
export function pick({ heads, rows }: Table, keys: string[]): Table {
  const places = keys
    .map((key) => heads.findIndex((head) => head.key === key))
    .filter((place) => place >= 0);
  const take = <T>(from: T[]) => places.map((place) => from[place] as T);
  return { heads: take(heads), rows: rows.map(take) };
}

/** A file that is about to be saved has the day in its name: tables of one week lie beside those of another. */
export function fileName(name: string, ending: string, now = new Date()): string {
  return `${name}-${localDay(now)}.${ending}`;
}

/**
 * The name of a file with what narrows its table: `kesiapan_sulawesi-selatan_aktif`. A CSV has no other place for it:
 * a line above the heads would be taken for the heads by spreadsheets and by programs, and a column that says the same in
 * every row would be in the way of sorting and counting. The name stays with the file when it is sent on, and spreadsheets
 * show it. Cut where it would be longer than names may be on some systems, the day and the ending included.
 */
export function nameWith(name: string, narrowed: string[]): string {
  const words = narrowed.map((word) =>
    word
      .normalize("NFKD")
      .toLowerCase()
      .replace(/\p{M}/gu, "")
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, ""),
  );
  return [name, ...words].filter(Boolean).join("_").slice(0, LONGEST_NAME);
}

const LONGEST_NAME = 150;

/** The day of a moment where the reader is, as an ISO date. */
export function localDay(moment: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return [moment.getFullYear(), two(moment.getMonth() + 1), two(moment.getDate())].join("-");
}
