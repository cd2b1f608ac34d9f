import type { Table, Value } from "./table";

/**
 * One value as spreadsheets in Indonesia read it: a comma in numbers, quotes where needed. Text that a
 * spreadsheet would run as a formula is kept text.
 */
function cell(value: Value): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value).replace(".", ",");
  // Also behind a comma: where that separates values, what follows it begins a cell.
  const safe = value.replace(/(^|[,\t\r\n])(\s*[=+\-@])/g, "$1'$2");
  return /[";\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table as text: semicolons between values, since the comma is taken by numbers. */
export function csvText({ heads, rows }: Table): string {
  return [heads.map(({ label }) => label), ...rows]
    .map((row) => row.map(cell).join(";"))
    .join("\r\n");
}

/** A table as a file. */
export function csvBlob(table: Table): Blob {
  // The mark tells spreadsheets that the text is UTF-8.
  return new Blob(["\ufeff", csvText(table), "\r\n"], { type: "text/csv" });
}
