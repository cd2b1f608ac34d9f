import { readFileSync } from "node:fs";
import i18next from "i18next";
import { getDocument, OPS } from "pdfjs-dist/legacy/build/pdf.mjs";
import { beforeAll, describe, expect, test } from "vitest";
import { COMPONENT_OF, type ComponentKind } from "@/lib/components";
import { csvText } from "@/lib/export/csv";
import type { Colour } from "@/lib/export/pdf";
import type { Fonts } from "@/lib/export/pdf-fonts";
import { xlsxBlob } from "@/lib/export/xlsx";
import { changeLanguage, loadTexts } from "@/lib/i18n";
import { READINESS_STEPS } from "@/lib/readiness";
import { bytesOf, formula, sheetsOf } from "@/test-xlsx";
import type { NationalFilters } from "./filters";
import type { Overview, OverviewDistrict } from "./overview";
import { reportOf, reportSheets, stuckSheets } from "./report";
import { GROUNDS, reportPdf } from "./report-pdf";
import { PLACES } from "./tile-layout";
import type { Texts } from "./words";

const KINDS = Object.keys(COMPONENT_OF) as ComponentKind[];

function district(number: number, part: Partial<OverviewDistrict> = {}): OverviewDistrict {
  return {
    code: `73.${String(number).padStart(2, "0")}`,
    name: `Kabupaten Contoh ${number}`,
    province_code: "73",
    province_name: "Sulawesi Selatan",
    unit_name: "PKSAI Contoh",
    status: "onboarding",
    phase: "decree",
    phase_since: "2024-02-29",
    claimed: 61.5,
    verified: 40.25,
    components: KINDS.map((component, place) => ({
      component,
      claimed: place * 20,
      verified: place * 10,
      complete: false,
    })),
    blockers: 7,
    expiring: 2,
    expired: 1,
    last_progress_on: "2026-01-02",
    idle_days: 40 + number,
    obstacles: [{ kind: "returned", count: 2, since: "2026-01-03", items: ["REG-1", "LEM-2"] }],
    last_nudge: null,
    ...part,
  };
}

function overviewOf(districts: OverviewDistrict[]): Overview {
  return {
    as_of: "2026-11-20T01:00:00Z",
    plan: { districts: 111, source: "Siaran pers contoh", announced_on: "2024-05-01" },
    counts: { invited: 1, onboarding: districts.length, live: 3, suspended: 0, expiring: 2 },
    phases: [{ phase: "commitment", reached: 9, current: 2, median_days: 120, left: 7 }],
    trend: [
      { month: "2024-11-01", districts: [1, 0, 0, 0, 0, 0, 0] },
      { month: "2024-12-01", districts: [2, 1, 0, 0, 0, 0, 0] },
      { month: "2025-01-01", districts: [2, 1, 3, 0, 0, 0, 4] },
    ],
    waves: [
      {
        id: "w1",
        number: 1,
        year: 2026,
        name: "",
        starts_on: "2026-01-05",
        target_phase: "decree",
        target_on: "2026-12-31",
        districts: 9,
        registered: 8,
        reached: 7,
        on_time: 5,
        months: [],
      },
    ],
    provinces: [{ code: "73", name: "Sulawesi Selatan", regencies: 24 }],
    districts,
  } as Overview;
}

const few = [
  district(1, { name: '=1+1 "Contoh"', wave_id: "w1" }),
  district(2, {
    last_nudge: {
      sent_at: "2026-02-03T04:05:06Z",
      sent_by_name: "Orang Contoh",
      progress_since: false,
    },
  }),
  district(3, {
    status: "invited",
    phase: null,
    phase_since: null,
    claimed: null,
    verified: null,
    components: [],
    blockers: null,
    idle_days: null,
    obstacles: [],
  }),
];

beforeAll(async () => {
  await loadTexts("national", "supervision", "common");
});

const texts = () =>
  i18next.getFixedT(null, ["national", "supervision", "common"]) as unknown as Texts;

function report(filters: NationalFilters, districts = few, province?: string) {
  const asOf = new Date("2026-11-22T11:00:00Z");
  return reportOf(texts(), { overview: overviewOf(districts), filters, province, asOf });
}

const font = (weight: number): ArrayBuffer => {
  const file = readFileSync(
    `node_modules/@fontsource/noto-sans/files/noto-sans-latin-${weight}-normal.woff`,
  );
  return new Uint8Array(file).buffer;
};
const fonts: Fonts = { regular: font(400), bold: font(700) };

/** The text of each page. */
async function pagesOf(blob: Blob): Promise<string[]> {
  const data = new Uint8Array(await bytesOf(blob));
  const pdf = await getDocument({ data, useWorkerFetch: false, isEvalSupported: false }).promise;
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const { items } = await (await pdf.getPage(number)).getTextContent();
    pages.push(items.map((item) => ("str" in item ? item.str : "")).join(" "));
  }
  return pages.map((page) => page.replace(/\s+/g, " "));
}

const hex = (colour: Colour) =>
  `#${colour.map((value) => value.toString(16).padStart(2, "0")).join("")}`;

/** A PDF has hundredths of each colour. */
const isAlike = (found: string, colour: Colour) =>
  colour.every(
    (value, place) =>
      Math.abs(value - Number.parseInt(found.slice(1 + 2 * place, 3 + 2 * place), 16)) <= 2,
  );

/** The page with the map: its text, and the colours of the squares that are drawn on it up to the next heading. */
async function mapOf(data: Uint8Array) {
  const pdf = await getDocument({ data: data.slice(), useWorkerFetch: false }).promise;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const text = items.map((item) => ("str" in item ? item.str : "")).join(" ");
    if (!text.includes("Peta petak")) continue;
    const { fnArray, argsArray } = await page.getOperatorList();
    let fill = "";
    const marks: string[] = [];
    fnArray.forEach((fn, place) => {
      if (fn === OPS.setFillRGBColor) fill = String(argsArray[place][0]);
      const [paint, , box] = fn === OPS.constructPath ? argsArray[place] : [];
      const isSquare = box && Math.abs(box[2] - box[0] - (box[3] - box[1])) < 0.01;
      if (paint === OPS.fillStroke && isSquare) marks.push(fill);
    });
    return { marks, text: text.replace(/\s+/g, " ") };
  }
  throw new Error("no page has the map");
}

describe("the workbook of the national page", () => {
  test("says what it shows and holds every figure with its type", async () => {
    const made = report({ provinsi: "73", tertahan: 30, cari: "Contoh", urut: "-name" });
    const sheets = await sheetsOf(xlsxBlob(reportSheets(texts(), made), "id"));
    expect(sheets.map(({ name }) => name)).toEqual([
      "Ringkasan",
      "Tahapan",
      "Gelombang",
      "Perkembangan",
      "Kabupaten-kota",
      "Hambatan",
    ]);
    const [summary, funnel, waves, trend, districts, stuck] = sheets;
    expect(summary?.rows).toContainEqual(["Dari", "Kementerian Sosial"]);
    expect(summary?.rows).toContainEqual([
      "Saringan",
      "Sulawesi Selatan; 30 hari atau lebih tanpa kemajuan; nama memuat “Contoh”",
    ]);
    expect(summary?.rows).toContainEqual(["Persiapan", 3]);
    expect(funnel?.rows.slice(1)).toEqual([["Komitmen", 9, 2, 120, 7]]);
    expect(waves?.rows[0]?.slice(4, 8)).toEqual([
      "Daerah yang direncanakan",
      "Sudah terdaftar",
      "Sudah mencapai target",
      "Tepat waktu",
    ]);
    expect(waves?.rows.slice(1)).toEqual([
      [
        "Gelombang 1 tahun 2026",
        "SK",
        46027,
        46387,
        9,
        8,
        7,
        5,
        "Batas waktu 39 hari lagi. 1 belum mendaftar. 2 mencapainya setelah batas waktu.",
      ],
    ]);
    expect(trend?.rows[0]?.slice(0, 3)).toEqual(["Bulan", "Komitmen", "SK"]);
    expect(trend?.rows.slice(1)).toEqual([
      ["2024-11", 1, 0, 0, 0, 0, 0, 0],
      ["2024-12", 2, 1, 0, 0, 0, 0, 0],
      ["2025-01", 2, 1, 3, 0, 0, 0, 4],
    ]);
    // A plan is for all districts, not for those a filter leaves.
    expect(summary?.rows.flat().join()).not.toContain("111");

    const head = districts?.rows[0] ?? [];
    expect(head).toHaveLength(14 + 2 * KINDS.length);
    // In the order of the screen: by name, the last first.
    expect(districts?.rows.slice(1).map((row) => row[0])).toEqual(["73.03", "73.02", "73.01"]);
    const last = districts?.rows[3] ?? [];
    expect(last.slice(0, 6)).toEqual([
      "73.01",
      '=1+1 "Contoh"',
      "Sulawesi Selatan",
      "PKSAI Contoh",
      "Persiapan",
      "SK",
    ]);
    expect(last.slice(6)).toEqual([
      45351,
      "Gelombang 1 tahun 2026",
      0.615,
      0.4025,
      ...[0, 0.2, 0.4, 0.6, 0.8, 1],
      ...[0, 0.1, 0.2, 0.3, 0.4, 0.5],
      7,
      41,
      1,
      2,
    ]);
    expect(districts?.rows[1]?.slice(7)).toEqual(
      Array(3 + 2 * KINDS.length + 2)
        .fill(null)
        .concat(1, 2),
    );
    expect(districts?.formats[3]?.[8]).toBe("0.0%");
    expect(districts?.xml.match(formula)).toBeNull();

    expect(stuck?.rows.slice(1).map((row) => [row[0], row[5], row[6]])).toEqual([
      ["73.02", 42, 46024],
      ["73.01", 41, 46024],
    ]);
    expect(stuck?.rows[1]?.[7]).toBe(
      "2 butir dikembalikan dan belum diajukan lagi: REG-1, LEM-2 (sejak 3 Januari 2026)",
    );
    expect(stuck?.rows[1]?.slice(9)).toEqual([
      "Orang Contoh",
      null,
      "Belum ada kemajuan sesudahnya.",
    ]);
  });

  test("without filters it names the plan; the CSV has the same columns", async () => {
    const made = report({});
    const sheets = await sheetsOf(xlsxBlob(reportSheets(texts(), made), "id"));
    const [summary] = sheets;
    const districts = sheets.find(({ name }) => name === "Kabupaten-kota");
    expect(summary?.rows.flat()).toContain(
      "Rencana: 111 kabupaten/kota. Sumber: Siaran pers contoh, 1 Mei 2024.",
    );
    const lines = csvText(made.districts).split("\r\n");
    expect(lines[0]?.split(";")).toEqual(districts?.rows[0]);
    expect(lines).toHaveLength(1 + few.length);
    expect(lines[2]).toContain(";61,5;40,25;0;20;40;60;80;100;");
  });

  test("the stuck list alone, in English", async () => {
    await changeLanguage("en");
    try {
      await loadTexts("national", "supervision", "common");
      const made = report({}, few, "Sulawesi Selatan");
      const sheets = await sheetsOf(xlsxBlob(stuckSheets(texts(), made), "en"));
      expect(sheets.map(({ name }) => name)).toEqual(["Summary", "Obstacles"]);
      expect(sheets[0]?.rows[0]).toEqual(["PKSAI replication: Sulawesi Selatan"]);
      expect(sheets[1]?.rows[0]?.slice(0, 3)).toEqual(["Code", "District", "Province"]);
    } finally {
      await changeLanguage("id");
    }
  });
});

describe("the PDF for the folder", () => {
  test("says whose it is, what narrows it, for when it is true, and every figure", async () => {
    const made = report({ keadaan: "onboarding", angka: "terverifikasi" });
    const pages = await pagesOf(reportPdf(texts(), made, fonts));
    const all = pages.join(" ");
    expect(pages[0]).toMatch(
      /^Kementerian Sosial Replikasi PKSAI: keadaan nasional Keadaan per 22/,
    );
    expect(all).toContain("Saringan: Persiapan.");
    expect(all).toContain("Angka terakhir berubah 20 November 2026");
    expect(all).toMatch(/Komitmen 9 2 120 7/);
    expect(all).toMatch(/Gelombang 1 tahun 2026 SK 5 Januari 2026 31 Desember 2026 9 8 7 5 Batas/);
    // The end of each year and the last month; the workbook has every month.
    expect(all).toMatch(/Desember 2024 2 1 0 0 0 0 0 Januari 2025 2 1 3 0 0 0 4/);
    expect(all).not.toContain("November 2024");
    expect(all).toContain("Angka: persen yang sudah terverifikasi.");
    expect(all).toMatch(/Kabupaten Contoh 2 Sulawesi Selatan SK 0 10 20 30 40 50 40/);
    expect(all).toMatch(/Kabupaten Contoh 3 Sulawesi Selatan – – – – – – – –/);
    expect(all).toContain("2 butir dikembalikan dan belum diajukan lagi: REG-1, LEM-2");
    pages.forEach((page, place) => {
      expect(page).toContain(`Halaman ${place + 1} dari ${pages.length}`);
    });
  });

  test("all districts of the country fit, with the head of the table on every page", async () => {
    const many = Array.from({ length: 514 }, (_, place) =>
      district(place, { obstacles: [], idle_days: 0 }),
    );
    const pages = await pagesOf(reportPdf(texts(), report({}, many), fonts));
    expect(pages.length).toBeGreaterThan(8);
    const all = pages.join(" ");
    for (const { name } of many) expect(all).toContain(`${name} `);
    for (const page of pages.slice(1, -1)) expect(page).toMatch(/REG LEM MEK LAY SDM DAT Total/);
    expect(all).toContain(`Halaman ${pages.length} dari ${pages.length}`);
  }, 30_000);

  test("letters that the font lacks lose their accent, or are marked", async () => {
    const odd = [district(1, { name: "Kabupaten Čontoh 例 ọ’é–" })];
    const all = (await pagesOf(reportPdf(texts(), report({}, odd), fonts))).join(" ");
    expect(all).toContain("Kabupaten Contoh ? o’é–");
  });

  test("the map has a tile for every district, coloured and numbered by its step", async () => {
    const provinces = Object.keys(PLACES).map((code) => ({ code, name: code, regencies: 2 }));
    const shown = [
      ...[0, 20, 50, 80, 100].map((claimed, place) => district(place, { claimed })),
      district(9, { status: "invited", claimed: null }),
    ].map((one, place) => ({ ...one, province_code: provinces[place]?.code ?? "" }));
    const overview = { ...overviewOf(shown), provinces } as Overview;
    const made = reportOf(texts(), { overview, filters: {}, asOf: new Date() });
    const data = new Uint8Array(await bytesOf(reportPdf(texts(), made, fonts)));
    const { marks, text } = await mapOf(data);
    const drawn = (colour: Colour) => marks.filter((fill) => isAlike(fill, colour));
    // On the map, in its legend, and in that of the table below it.
    for (const step of READINESS_STEPS) expect(drawn(GROUNDS[step])).toHaveLength(3);
    // Seventy empty tiles, one that is only invited, and that one in the legend.
    expect(drawn([255, 255, 255])).toHaveLength(2 * 38 - 6 + 2);
    expect(text).toMatch(/Peta petak Angka: persen yang sudah ada\. Satu petak/);
    expect(text).toMatch(/0 Belum mulai \(0%\).* 4 Lengkap \(100%\) Diundang 0 1 2 3 4 Aceh Sumut/);
  });

  test("its colours are those of the screen", () => {
    const sheet = readFileSync("src/ui/global.css", "utf8");
    for (const step of READINESS_STEPS) {
      expect(sheet).toContain(`--sp-ready-${step}: ${hex(GROUNDS[step])};`);
    }
  });
});
