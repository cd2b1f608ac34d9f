import { strFromU8, unzipSync } from "fflate";

/** One worksheet as a spreadsheet would read it. */
export interface ReadSheet {
  name: string;
  rows: (string | number | null)[][];
  /** The number format of each cell: its code, or its number when it is built in. */
  formats: string[][];
  xml: string;
  workbook: string;
}

/** A cell that would be calculated. */
export const formula = /<f[\s>/]/;

const BUILT_IN: Record<string, string> = { "49": "@" };

/** Opens a workbook again, from its bytes. */
export async function sheetsOf(blob: Blob): Promise<ReadSheet[]> {
  const files = unzipSync(new Uint8Array(await bytesOf(blob)));
  const text = (path: string) => {
    const file = files[path];
    if (!file) throw new Error(`the workbook has no ${path}`);
    return strFromU8(file);
  };
  const parse = (path: string) => {
    const document = new DOMParser().parseFromString(text(path), "application/xml");
    if (document.querySelector("parsererror")) throw new Error(`${path} is no XML`);
    return document;
  };
  const shared = [...parse("xl/sharedStrings.xml").querySelectorAll("si")].map(
    (item) => item.textContent ?? "",
  );
  const styles = parse("xl/styles.xml");
  const codes = new Map(
    [...styles.querySelectorAll("numFmt")].map((format) => [
      format.getAttribute("numFmtId"),
      format.getAttribute("formatCode") ?? "",
    ]),
  );
  const formats = [...styles.querySelectorAll("cellXfs > xf")].map((look) => {
    const id = look.getAttribute("numFmtId") ?? "";
    return codes.get(id) ?? BUILT_IN[id] ?? id;
  });
  const workbook = parse("xl/workbook.xml");
  return [...workbook.querySelectorAll("sheets > sheet")].map((sheet, place) => {
    const path = `xl/worksheets/sheet${place + 1}.xml`;
    const rows = [...parse(path).querySelectorAll("sheetData > row")].map((row) => [
      ...row.querySelectorAll("c"),
    ]);
    return {
      name: sheet.getAttribute("name") ?? "",
      rows: rows.map((cells) => cells.map((cell) => valueIn(cell, shared))),
      formats: rows.map((cells) =>
        cells.map((cell) => formats[Number(cell.getAttribute("s"))] ?? ""),
      ),
      xml: text(path),
      workbook: text("xl/workbook.xml"),
    };
  });
}

function valueIn(cell: Element, shared: string[]): string | number | null {
  const value = cell.querySelector("v")?.textContent;
  if (value === undefined || value === null) return null;
  return cell.getAttribute("t") === "s" ? (shared[Number(value)] ?? null) : Number(value);
}

/** The bytes of a file: the test environment's own kind of blob lacks `arrayBuffer`. */
export function bytesOf(blob: Blob): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.onerror = () => reject(reader.error);
    reader.readAsArrayBuffer(blob);
  });
}
