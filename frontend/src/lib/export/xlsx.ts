import { strToU8, zipSync } from "fflate";
import type { Language } from "../language";
import { filterRange, type Sheet, sheetXml } from "./xlsx-sheet";
import { stylesXml } from "./xlsx-styles";
import { attribute, columnName, element, PROLOG, TextTable } from "./xlsx-xml";

export type { Fact, Sheet } from "./xlsx-sheet";

const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/**
 * A workbook (Office Open XML, ECMA-376). Written here and not by a library: those that were looked at start a worker from
 * a blob for larger sheets, which the service's content security policy refuses, or weigh several times as much. Only
 * texts, numbers and days are ever written, no formula.
 */
export function xlsxBlob(sheets: Sheet[], language: Language): Blob {
  const texts = new TextTable();
  const pages = sheets.map((sheet) => sheetXml(sheet, texts));
  const files: Record<string, string> = {
    "[Content_Types].xml": contentTypes(sheets.length),
    "_rels/.rels": relations([["officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": workbook(sheets),
    "xl/_rels/workbook.xml.rels": relations([
      ...sheets.map((_, place): Relation => ["worksheet", `worksheets/sheet${place + 1}.xml`]),
      ["styles", "styles.xml"],
      ["sharedStrings", "sharedStrings.xml"],
    ]),
    "xl/styles.xml": stylesXml(language),
    "xl/sharedStrings.xml": `${PROLOG}<sst xmlns="${MAIN}">${texts.xml()}</sst>`,
  };
  pages.forEach((page, place) => {
    files[`xl/worksheets/sheet${place + 1}.xml`] = page;
  });
  const packed = zipSync(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])),
  );
  return new Blob([packed as Uint8Array<ArrayBuffer>], { type: `${TYPES}.sheet` });
}

type Relation = [kind: string, target: string];

function relations(list: Relation[]): string {
  const inner = list.map(([kind, target], place) =>
    element("Relationship", {
      Id: `rId${place + 1}`,
      Type: `${RELATIONS}/${kind}`,
      Target: target,
    }),
  );
  return `${PROLOG}<Relationships xmlns="${PACKAGE}/relationships">${inner.join("")}</Relationships>`;
}

function contentTypes(sheets: number): string {
  const part = (name: string, kind: string) =>
    element("Override", { PartName: name, ContentType: `${TYPES}.${kind}+xml` });
  return [
    `${PROLOG}<Types xmlns="${PACKAGE}/content-types">`,
    element("Default", {
      Extension: "rels",
      ContentType: "application/vnd.openxmlformats-package.relationships+xml",
    }),
    element("Default", { Extension: "xml", ContentType: "application/xml" }),
    part("/xl/workbook.xml", "sheet.main"),
    ...Array.from({ length: sheets }, (_, place) =>
      part(`/xl/worksheets/sheet${place + 1}.xml`, "worksheet"),
    ),
    part("/xl/styles.xml", "styles"),
    part("/xl/sharedStrings.xml", "sharedStrings"),
    "</Types>",
  ].join("");
}

/** The list of sheets, which rows of each are filtered, and which are repeated on every printed page. */
function workbook(sheets: Sheet[]): string {
  const list = sheets.map(({ name }, place) =>
    element("sheet", { name, sheetId: place + 1, "r:id": `rId${place + 1}` }),
  );
  const names = sheets.flatMap((sheet, place) => {
    if (!("table" in sheet)) return [];
    const quoted = `'${sheet.name.replaceAll("'", "''")}'`;
    const { columns, rows } = filterRange(sheet.table);
    const filtered = `${quoted}!$A$1:$${columnName(columns - 1)}$${rows}`;
    return [
      `<definedName name="_xlnm._FilterDatabase" localSheetId="${place}" hidden="1">${attribute(filtered)}</definedName>`,
      `<definedName name="_xlnm.Print_Titles" localSheetId="${place}">${attribute(`${quoted}!$1:$1`)}</definedName>`,
    ];
  });
  return [
    `${PROLOG}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}">`,
    `<sheets>${list.join("")}</sheets>`,
    names.length > 0 ? `<definedNames>${names.join("")}</definedNames>` : "",
    "</workbook>",
  ].join("");
}
