import type { Language } from "../language";
import { PROLOG } from "./xlsx-xml";

/** Looks of cells; the place in the list is the number by which a cell names it. */
export const STYLES = [
  "plain",
  "text",
  "number",
  "percent",
  "day",
  "moment",
  "head",
  "title",
  "label",
] as const;
export type Style = (typeof STYLES)[number];

/** Number formats of ECMA-376, part 1, 18.8.30: built in below 164, ours from there on. */
const WHOLE = 3;
const TEXT = 49;
const PERCENT = 164;
const DAY = 165;
const MOMENT = 166;

/** In which language the months are written. */
const LOCALE: Record<Language, string> = { id: "[$-421]", en: "[$-809]" };

const top = '<alignment vertical="top" wrapText="1"/>';

const LOOKS: Record<Style, string> = {
  plain: xf(0, 0, 0),
  text: xf(TEXT, 0, 0, top),
  number: xf(WHOLE, 0, 0, '<alignment vertical="top"/>'),
  percent: xf(PERCENT, 0, 0, '<alignment vertical="top"/>'),
  day: xf(DAY, 0, 0, '<alignment horizontal="left" vertical="top"/>'),
  moment: xf(MOMENT, 0, 0, '<alignment horizontal="left" vertical="top"/>'),
  head: xf(TEXT, 1, 2, top),
  title: xf(TEXT, 2, 0),
  label: xf(TEXT, 1, 0, '<alignment vertical="top"/>'),
};

function xf(format: number, font: number, fill: number, alignment = ""): string {
  const flags = `applyNumberFormat="1" applyFont="1" applyFill="1"${alignment ? ' applyAlignment="1"' : ""}`;
  return `<xf numFmtId="${format}" fontId="${font}" fillId="${fill}" borderId="0" xfId="0" ${flags}>${alignment}</xf>`;
}

/** Fonts, fills and formats that the cells name by number. */
export function stylesXml(language: Language): string {
  const locale = LOCALE[language];
  const font = (size: number, bold: boolean) =>
    `<font>${bold ? "<b/>" : ""}<sz val="${size}"/><name val="Calibri"/><family val="2"/></font>`;
  return [
    `${PROLOG}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`,
    '<numFmts count="3">',
    `<numFmt numFmtId="${PERCENT}" formatCode="0.0%"/>`,
    `<numFmt numFmtId="${DAY}" formatCode="${locale}d\\ mmmm\\ yyyy"/>`,
    `<numFmt numFmtId="${MOMENT}" formatCode="${locale}d\\ mmmm\\ yyyy\\ hh:mm"/>`,
    "</numFmts>",
    `<fonts count="3">${font(11, false)}${font(11, true)}${font(15, true)}</fonts>`,
    // The first two are what every program expects there.
    '<fills count="3"><fill><patternFill patternType="none"/></fill>',
    '<fill><patternFill patternType="gray125"/></fill>',
    '<fill><patternFill patternType="solid"><fgColor rgb="FFD9EAEF"/><bgColor indexed="64"/></patternFill></fill></fills>',
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${STYLES.length}">${STYLES.map((style) => LOOKS[style]).join("")}</cellXfs>`,
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
    "</styleSheet>",
  ].join("");
}
