import { expect, test } from "vitest";
import { formula, sheetsOf } from "@/test-xlsx";
import { csvText } from "./csv";
import { fileName, nameWith, pick, type Table, tableOf } from "./table";
import { xlsxBlob } from "./xlsx";
import { attribute, columnName } from "./xlsx-xml";

const DANGEROUS = '=HYPERLINK("http://x";"y")';
const table: Table = {
  heads: [
    { key: "name", label: "Nama", kind: "text", width: 30 },
    { key: "score", label: "Nilai (%)", kind: "percent" },
    { key: "days", label: "Hari", kind: "number" },
    { key: "since", label: "Sejak", kind: "day" },
  ],
  rows: [
    [DANGEROUS, 61.5, 1540, "2020-03-17"],
    ["+62 & <Gowa>", null, 0, null],
    ["73.06", 100, 3, "1900-03-01"],
    ["_x0041_\u0007\ud800", 0, -1, "2024-02-29"],
  ],
};

test("text in a spreadsheet stays text and numbers stay numbers", () => {
  const heads: Table["heads"] = [
    { key: "a", label: "Nama", kind: "text" },
    { key: "b", label: "Nilai", kind: "number" },
  ];
  const rows = [
    ['=1+1; "x"', 61.5],
    ["Gowa, =1+1", null],
  ];
  // Behind a comma too: spreadsheets set to English begin a cell there.
  expect(csvText({ heads, rows })).toBe('Nama;Nilai\r\n"\'=1+1; ""x""";61,5\r\nGowa,\' =1+1;');
});

test("a workbook gives every value back with its type, and holds no formula", async () => {
  const [sheet] = await sheetsOf(xlsxBlob([{ name: "Daftar", table }], "id"));
  expect(sheet?.rows).toEqual([
    ["Nama", "Nilai (%)", "Hari", "Sejak"],
    [DANGEROUS, 0.615, 1540, 43907],
    ["+62 & <Gowa>", null, 0, null],
    ["73.06", 1, 3, 61],
    // A control character cannot be kept; a code that only looks like a letter must not become one.
    ["_x005F_x0041_", 0, -1, 45351],
  ]);
  expect(sheet?.formats).toEqual([
    ["@", "@", "@", "@"],
    ...table.rows.map(() => ["@", "0.0%", "3", "[$-421]d\\ mmmm\\ yyyy"]),
  ]);
  expect(sheet?.xml.match(formula)).toBeNull();
});

test("the head of a list stays, its columns can be filtered and are as wide as they need", async () => {
  const list = { name: "Orang's", table };
  const facts = [{ label: "Saringan", value: "=1" }];
  const summary = { name: "Ringkasan", title: "Judul", facts, tables: [{ title: "T", table }] };
  const [first, second] = await sheetsOf(xlsxBlob([summary, list], "en"));
  expect(first?.rows.slice(0, 4)).toEqual([["Judul"], ["Saringan", "=1"], [], ["T"]]);
  expect(first?.xml).not.toContain("<autoFilter");
  expect(second?.xml).toContain('<pane ySplit="1" topLeftCell="A2"');
  expect(second?.xml).toContain('<autoFilter ref="A1:D5"/>');
  expect(second?.xml).toContain('<col min="1" max="1" width="30" customWidth="1"/>');
  expect(second?.workbook).toContain("'Orang''s'!$A$1:$D$5");
});

test("a percent that is not full is not shown as full, in no format", async () => {
  const heads: Table["heads"] = [{ key: "a", label: "A", kind: "percent" }];
  const rows = [99.97, 99.9999, 100, 0.01, 0, 61.538].map((value) => [value]);
  const [sheet] = await sheetsOf(xlsxBlob([{ name: "A", table: { heads, rows } }], "id"));
  // As the format 0.0% shows them.
  const shown = sheet?.rows.slice(1).map(([value]) => (Number(value) * 100).toFixed(1));
  expect(shown).toEqual(["99.9", "99.9", "100.0", "0.1", "0.0", "61.5"]);
});

test("a file is named after what narrows its table", () => {
  const words = ["Sulawesi Selatan", "30 hari atau lebih", "nama memuat “Pé/..\\ngo”"];
  expect(nameWith("daftar", words)).toBe(
    "daftar_sulawesi-selatan_30-hari-atau-lebih_nama-memuat-pe-ngo",
  );
  expect(nameWith("daftar", ["例", ""])).toBe("daftar");
  expect(nameWith("daftar", ["x".repeat(400)])).toHaveLength(150);
});

test("a moment is written as clocks show it here", async () => {
  const moment = new Date(2026, 10, 22, 19, 5, 59);
  const facts = [{ label: "Keadaan", value: moment }];
  const blob = xlsxBlob([{ name: "A", title: "A", facts, tables: [] }], "id");
  const [sheet] = await sheetsOf(blob);
  const days = Date.UTC(2026, 10, 22) / 86_400_000 + 25_569;
  expect(sheet?.rows[1]?.[1]).toBeCloseTo(days + (19 * 60 + 5) / 1440, 8);
});

test("columns are read, picked and named", () => {
  const made = tableOf<{ a: number }>(
    [
      { key: "a", label: "A", kind: "number", of: ({ a }) => a },
      { key: "b", label: "B", kind: "number", of: ({ a }) => a * 2 },
    ],
    [{ a: 1 }, { a: 2 }],
  );
  expect(pick(made, ["b", "absent"])).toEqual({
    heads: [{ key: "b", label: "B", kind: "number" }],
    rows: [[2], [4]],
  });
  expect([0, 25, 26, 51, 52, 702].map(columnName)).toEqual(["A", "Z", "AA", "AZ", "BA", "AAA"]);
  expect(fileName("daftar", "csv", new Date(2026, 0, 5))).toBe("daftar-2026-01-05.csv");
  expect(attribute('<a & "b">')).toBe("&lt;a &amp; &quot;b&quot;&gt;");
});
