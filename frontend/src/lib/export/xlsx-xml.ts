export const PROLOG = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** What XML cannot hold at all: control characters and halves of pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what has to go
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const NAMES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** A text as it may stand in an element or an attribute. */
export function attribute(text: string): string {
  return text.replace(FORBIDDEN, "").replace(/[&<>"]/g, (letter) => NAMES[letter] ?? letter);
}

/** An element without content. */
export function element(name: string, attributes: Record<string, string | number>): string {
  const words = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${attribute(String(value))}"`,
  );
  return `<${name}${words.join("")}/>`;
}

/** The letters of a column, counted from 0: A, Z, AA. */
export function columnName(place: number): string {
  const last = String.fromCharCode(65 + (place % 26));
  return place < 26 ? last : columnName(Math.floor(place / 26) - 1) + last;
}

/** The texts of a workbook, each kept once. A cell that points here is a text, whatever it begins with. */
export class TextTable {
  private readonly places = new Map<string, number>();

  /** Where the text is. */
  place(text: string): number {
    const known = this.places.get(text) ?? this.places.size;
    this.places.set(text, known);
    return known;
  }

  xml(): string {
    return [...this.places.keys()]
      .map((text) => `<si><t xml:space="preserve">${attribute(escapeCodes(text))}</t></si>`)
      .join("");
  }
}

/** `_x0041_` means a letter by its number there; who wrote it meant what it says. */
function escapeCodes(text: string): string {
  return text.replace(/_(?=x[0-9a-fA-F]{4}_)/g, "_x005F_");
}
