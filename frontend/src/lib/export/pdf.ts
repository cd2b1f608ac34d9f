import { jsPDF } from "jspdf";
import { autoTable } from "jspdf-autotable";
import { formatDate, formatNumber } from "../format";
import type { Language } from "../language";
import { shownPercent } from "../readiness";
import type { Fonts } from "./pdf-fonts";
import type { Kind, Table, Value } from "./table";
import { fontOfWoff } from "./woff";

/** A colour as red, green and blue, 0 to 255. */
export type Colour = [number, number, number];

export interface PaperHead {
  language: Language;
  /** Whose paper it is. */
  letterhead: string;
  title: string;
  /** What has to be known to read the figures: one line each. */
  lines: string[];
  /** What the foot of page `number` says. */
  foot: (number: number, of: number) => string;
}

/** How a cell looks that is no text. */
export interface Mark {
  fill: Colour;
  /** What stands in it, and its colour. */
  text?: string;
  ink?: Colour;
  /** Struck through, with a broken border. */
  isHatched?: boolean;
}

/** Cells in a grid as wide as the page; columns and rows count from 1. */
export interface Tiles {
  columns: number;
  rows: number;
  /** What belongs together, with its name in its first row. */
  blocks: { name: string; column: number; row: number; width: number; rows: number }[];
  cells: { column: number; row: number; mark: Mark }[];
}

export interface PaperTable {
  table: Table;
  /** Widths of the columns in millimetres; 180 together fill a page. */
  widths: number[];
  /** The ground of a cell by its value, and a colour that is read on it. */
  ground?: (key: string, value: Value) => { fill: Colour; ink: Colour } | undefined;
}

const FONT = "NotoSans";
const MARGIN = 15;
const WIDTH = 180;
const PAGE = { width: 210, height: 297 };
const BLACK: Colour = [27, 42, 48];
const MUTED: Colour = [74, 92, 100];
const LINE: Colour = [170, 185, 190];
const HEAD: Colour = [217, 234, 239];
/** Lines of text above one another, in millimetres a point. */
const LEADING = 0.3528 * 1.35;

/** A document on A4 paper: letterhead and title first, then what is put below one another, page numbers last. */
export class Paper {
  private readonly doc = new jsPDF({
    format: "a4",
    unit: "mm",
    compress: true,
    putOnlyUsedFonts: true,
  });
  private y = MARGIN;
  /** The letters that the font has, by their number. */
  private readonly glyphs: Record<number, number>;

  constructor(
    private readonly head: PaperHead,
    fonts: Fonts,
  ) {
    this.addFont("normal", fonts.regular);
    this.addFont("bold", fonts.bold);
    this.glyphs = this.doc.setFont(FONT, "normal").getFont().metadata.cmap.unicode.codeMap;
    this.doc.setProperties({ title: head.title, author: head.letterhead, creator: "Satu Pintu" });
    this.doc.setLanguage(head.language);
    this.write(head.letterhead, { size: 11, style: "bold", colour: MUTED });
    this.y += 1;
    this.doc.setDrawColor(...MUTED).setLineWidth(0.4);
    this.doc.line(MARGIN, this.y, MARGIN + WIDTH, this.y);
    this.y += 5;
    this.write(head.title, { size: 17, style: "bold" });
    this.y += 1;
    for (const line of head.lines) this.write(line, { size: 9, colour: MUTED });
  }

  /** Names what follows; never alone at the end of a page: `room` millimetres stay together with it. */
  heading(text: string, room = 32): void {
    this.keep(room);
    this.y += 5;
    this.write(text, { size: 12, style: "bold" });
    this.y += 1;
  }

  /** Something said in words. */
  paragraph(text: string): void {
    this.write(text, { size: 9 });
    this.y += 1;
  }

  /** What colours mean, beside one another. */
  legend(keys: (Mark & { label: string })[]): void {
    this.keep(8);
    this.doc.setFont(FONT, "normal").setFontSize(8);
    let x = MARGIN;
    for (const { label, ...mark } of keys) {
      this.doc.setFont(FONT, "normal").setFontSize(8);
      const width = 6 + this.doc.getTextWidth(this.letters(label)) + 3.5;
      if (x + width > MARGIN + WIDTH) {
        x = MARGIN;
        this.y += 5;
      }
      this.mark({ x, y: this.y, side: 4 }, mark);
      this.doc.setFont(FONT, "normal").setFontSize(8);
      this.doc.setTextColor(...BLACK).text(this.letters(label), x + 5.5, this.y + 3.1);
      x += width;
    }
    this.y += 7;
  }

  /** How high cells in a grid are, in millimetres. */
  heightOf({ columns, rows }: Pick<Tiles, "columns" | "rows">): number {
    return (rows * WIDTH) / columns;
  }

  /** Cells in a grid, all on one page. */
  tiles({ columns, rows, blocks, cells }: Tiles): void {
    const side = WIDTH / columns;
    this.keep(rows * side);
    const x = (column: number) => MARGIN + (column - 1) * side;
    const top = this.y;
    const y = (row: number) => top + (row - 1) * side;
    for (const { column, row, mark } of cells) {
      this.mark({ x: x(column) + 0.2, y: y(row) + 0.2, side: side - 0.4 }, mark);
    }
    for (const { name, column, row, width, rows } of blocks) {
      this.doc.setDrawColor(...MUTED).setLineWidth(0.2);
      this.doc.rect(x(column), y(row), width * side, rows * side);
      this.doc
        .setFont(FONT, "normal")
        .setFontSize(6.5)
        .setTextColor(...BLACK);
      this.doc.text(this.letters(name), x(column) + 0.6, y(row + 1) - 1.2);
    }
    this.y += rows * side + 3;
  }

  /** A table over as many pages as it needs, its head on each. */
  table({ table, widths, ground }: PaperTable): void {
    const { heads, rows } = table;
    const { language } = this.head;
    autoTable(this.doc, {
      startY: this.y,
      margin: { top: MARGIN, bottom: MARGIN + 5, left: MARGIN, right: MARGIN },
      theme: "grid",
      tableWidth: widths.reduce((sum, width) => sum + width, 0),
      rowPageBreak: "avoid",
      head: [heads.map(({ label, short }) => this.letters(short ?? label))],
      body: rows.map((row) =>
        row.map((value, place) => this.letters(shown(value, heads[place]?.kind, language))),
      ),
      styles: {
        font: FONT,
        fontSize: 8,
        textColor: BLACK,
        lineColor: LINE,
        lineWidth: 0.15,
        cellPadding: { vertical: 1, horizontal: 1.3 },
        overflow: "linebreak",
      },
      headStyles: { fontStyle: "bold", fillColor: HEAD, valign: "bottom" },
      columnStyles: Object.fromEntries(
        heads.map(({ kind }, place) => [
          place,
          {
            cellWidth: widths[place] ?? "auto",
            halign: kind === "text" || kind === "day" ? "left" : "center",
          },
        ]),
      ),
      didParseCell: ({ section, row, column, cell }) => {
        const head = heads[column.index];
        if (!head) return;
        if (head.kind === "number" || head.kind === "percent") cell.styles.halign = "center";
        if (section !== "body") return;
        const look = ground?.(head.key, rows[row.index]?.[column.index]);
        if (look) {
          cell.styles.fillColor = look.fill;
          cell.styles.textColor = look.ink;
          cell.styles.fontStyle = "bold";
        }
      },
      didDrawPage: ({ cursor }) => {
        this.y = cursor?.y ?? this.y;
      },
    });
    this.y += 3;
  }

  /** The finished document. */
  blob(): Blob {
    const pages = this.doc.getNumberOfPages();
    for (let number = 1; number <= pages; number++) {
      this.doc.setPage(number);
      this.doc
        .setFont(FONT, "normal")
        .setFontSize(8)
        .setTextColor(...MUTED);
      const y = PAGE.height - 10;
      this.doc.text(this.letters(this.head.title), MARGIN, y);
      const foot = this.letters(this.head.foot(number, pages));
      this.doc.text(foot, MARGIN + WIDTH, y, { align: "right" });
    }
    return this.doc.output("blob");
  }

  private mark({ x, y, side }: { x: number; y: number; side: number }, mark: Mark): void {
    const { fill, text, ink = BLACK, isHatched = false } = mark;
    this.doc
      .setFillColor(...fill)
      .setDrawColor(...(isHatched ? MUTED : LINE))
      .setLineWidth(0.2);
    if (isHatched) this.doc.setLineDashPattern([0.7, 0.4], 0);
    this.doc.rect(x, y, side, side, "FD");
    this.doc.setLineDashPattern([], 0);
    if (isHatched) this.doc.line(x, y + side, x + side, y);
    if (!text) return;
    this.doc
      .setFont(FONT, "bold")
      .setFontSize(7)
      .setTextColor(...ink);
    this.doc.text(this.letters(text), x + side / 2, y + side / 2 + 0.9, { align: "center" });
  }

  private addFont(style: "normal" | "bold", file: ArrayBuffer): void {
    const name = `${FONT}-${style}.ttf`;
    // The library keeps files as texts with a letter for each byte.
    const letters = Array.from(fontOfWoff(file), (byte) => String.fromCharCode(byte));
    this.doc.addFileToVFS(name, letters.join(""));
    this.doc.addFont(name, FONT, style);
  }

  private write(
    text: string,
    look: { size: number; style?: "normal" | "bold"; colour?: Colour },
  ): void {
    const { size, style = "normal", colour = BLACK } = look;
    this.doc.setFont(FONT, style).setFontSize(size);
    const lines: string[] = this.doc.splitTextToSize(this.letters(text), WIDTH);
    for (const line of lines) {
      this.keep(size * LEADING);
      this.y += size * LEADING;
      this.doc
        .setFont(FONT, style)
        .setFontSize(size)
        .setTextColor(...colour);
      this.doc.text(line, MARGIN, this.y - size * 0.09);
    }
  }

  /** A new page when there is not so much room left. */
  private keep(height: number): void {
    if (this.y + height <= PAGE.height - MARGIN - 5) return;
    this.doc.addPage();
    this.y = MARGIN;
  }

  /** The text in letters that the font has: without an accent where it lacks that, a question mark for the rest. */
  private letters(text: string): string {
    const has = (letter: string) => letter === "\n" || this.glyphs[letter.codePointAt(0) ?? 0];
    return Array.from(text.normalize("NFC"), (letter) => {
      if (has(letter)) return letter;
      const plain = letter.normalize("NFKD").replace(/\p{M}/gu, "");
      return plain !== "" && Array.from(plain).every(has) ? plain : "?";
    }).join("");
  }
}

/** A value as people read it. */
function shown(value: Value, kind: Kind = "text", language: Language): string {
  if (value === null || value === undefined || value === "") return "–";
  if (kind === "day") return formatDate(String(value), language);
  if (kind === "percent") return formatNumber(shownPercent(Number(value)), language);
  return typeof value === "number" ? formatNumber(value, language) : value;
}
