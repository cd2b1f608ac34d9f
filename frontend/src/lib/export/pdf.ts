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

  /** Names what follows; never alone at the end of a page. */
  heading(text: string): void {
    this.keep(32);
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
  legend(keys: { fill: Colour; label: string }[]): void {
    this.keep(8);
    this.doc.setFont(FONT, "normal").setFontSize(8);
    let x = MARGIN;
    for (const { fill, label } of keys) {
      const width = 6 + this.doc.getTextWidth(this.letters(label)) + 3.5;
      if (x + width > MARGIN + WIDTH) {
        x = MARGIN;
        this.y += 5;
      }
      this.doc
        .setFillColor(...fill)
        .setDrawColor(...LINE)
        .setLineWidth(0.2);
      this.doc.rect(x, this.y, 4, 4, "FD");
      this.doc.setTextColor(...BLACK).text(this.letters(label), x + 5.5, this.y + 3.1);
      x += width;
    }
    this.y += 7;
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
