import { saveBlob } from "./save-blob";

export type CsvValue = string | number | null | undefined;

/**
 * One value as spreadsheets in Indonesian read it: a comma in numbers, quotes where needed. Text that a
 * spreadsheet would run as a formula is kept text.
 */
function cell(value: CsvValue): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value).replace(".", ",");
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table as text: semicolons between values, since the comma is taken by numbers. */
export function csvText(head: string[], rows: CsvValue[][]): string {
  return [head, ...rows].map((row) => row.map(cell).join(";")).join("\r\n");
}

/** Hands a table to the browser's downloads. */
export function saveCsv(name: string, head: string[], rows: CsvValue[][]): void {
  // The mark tells spreadsheets that the text is UTF-8.
  const blob = new Blob(["\ufeff", csvText(head, rows), "\r\n"], { type: "text/csv" });
  saveBlob(blob, `${name}.csv`);
}
