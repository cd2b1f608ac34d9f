import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

/** Takes a format from a menu "Unduh" and gives the name and the bytes of the file. */
export async function take(page: Page, what: string, format: "CSV" | "XLSX" | "PDF") {
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: `Unduh : ${what}` }).click();
  await page.getByRole("menuitem", { name: new RegExp(`^${format}`) }).click();
  const file = await waiting;
  await expect(page.getByText(`Berkas ${format} sudah diunduh.`)).toBeAttached();
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** The lines of a CSV file, without the mark at its beginning. */
export function csvLines(bytes: Buffer): string[][] {
  const text = bytes.toString("utf8").replace(/^\ufeff/, "");
  return text
    .trim()
    .split("\r\n")
    .map((line) => line.split(";"));
}

/** The sheets of a workbook by their names: the values of their rows, and what they are made of. */
export function workbook(bytes: Buffer): Map<string, { rows: string[][]; xml: string }> {
  const files = unzipSync(bytes);
  const text = (path: string) => strFromU8(files[path] ?? new Uint8Array());
  const shared = all(text("xl/sharedStrings.xml"), /<t [^>]*>(.*?)<\/t>/gs);
  const names = all(text("xl/workbook.xml"), /<sheet name="(.*?)"/g);
  return new Map(
    names.map((name, place) => {
      const xml = text(`xl/worksheets/sheet${place + 1}.xml`);
      const rows = all(xml, /<row [^>]*>(.*?)<\/row>/gs).map((row) =>
        [...row.matchAll(/<c ([^>]*?)(?:\/>|><v>(.*?)<\/v><\/c>)/g)].map(
          ([, look = "", value = ""]) =>
            look.includes('t="s"') ? (shared[Number(value)] ?? "") : value,
        ),
      );
      return [name, { rows, xml }];
    }),
  );
}

function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, found = ""]) => found);
}

/** The text of every page of a PDF. */
export async function pdfPages(bytes: Buffer): Promise<string[]> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), isEvalSupported: false }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push(
      items
        .map((item) => ("str" in item ? item.str : ""))
        .join(" ")
        .replace(/\s+/g, " "),
    );
  }
  return pages;
}
