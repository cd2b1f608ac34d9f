import { MINISTRY_ADMIN, signIn } from "../support/accounts";
import { expectAccessible, lookAt } from "../support/axe";
import { csvLines, pdfPages, take, workbook } from "../support/files";
import { expect, type Page, test } from "../support/test";

// The connection is cut on purpose.
test.use({ expected: /^failed GET .*\/oversight\/overview\b.* net::ERR_FAILED$/ });

const REVIEWER = "sulsel@demo.satupintu.example";
const PAGE = "semua angka laman ini";
/** South Sulawesi without the district that is only invited, by name from the last. */
const ADDRESS = "/pusat?provinsi=73&keadaan=onboarding&urut=-name&angka=terverifikasi";

/** The day in the name is that of the browser, which the tests put into this zone. */
function today(): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Makassar" }).format(new Date());
}

async function names(page: Page): Promise<string[]> {
  const heads = page.getByRole("table").last().getByRole("rowheader");
  await expect(heads.first()).toBeVisible();
  const texts = await heads.getByRole("link").allTextContents();
  return texts.map((name) => name.replace(/^Kab\. /, "Kabupaten "));
}

test("the national page is handed out as it is filtered and sorted", async ({ page }) => {
  const broken: string[] = [];
  page.on("pageerror", ({ message }) => broken.push(message));
  page.on("console", (said) => said.type() === "error" && broken.push(said.text()));
  await signIn(page, MINISTRY_ADMIN);
  await page.goto(ADDRESS);
  const shown = await names(page);
  expect(shown.length).toBeGreaterThan(1);

  await page.getByRole("button", { name: `Unduh : ${PAGE}` }).click();
  await expect(page.getByRole("menuitem")).toHaveCount(3);
  await expectAccessible(page);
  await page.keyboard.press("Escape");

  const csv = await take(page, PAGE, "CSV");
  // A CSV has no room for its filters but its name.
  const named = `kesiapan-kabupaten-kota_sulawesi-selatan_persiapan-${today()}`;
  expect(csv.name).toBe(`${named}.csv`);
  const lines = csvLines(csv.bytes);
  expect(lines[0]?.slice(0, 3)).toEqual(["Kode", "Kabupaten/kota", "Provinsi"]);
  expect(lines.slice(1).map((line) => line[1])).toEqual(shown);

  const xlsx = await take(page, PAGE, "XLSX");
  expect(xlsx.name).toBe(`${named}.xlsx`);
  const sheets = workbook(xlsx.bytes);
  expect([...sheets.keys()]).toEqual([
    "Ringkasan",
    "Tahapan",
    "Gelombang",
    "Perkembangan",
    "Kabupaten-kota",
    "Hambatan",
  ]);
  for (const part of ["Tahapan", "Perkembangan"]) {
    expect(sheets.get(part)?.rows.length).toBeGreaterThan(1);
  }
  // The demo has no waves; those of another test may be there.
  expect(sheets.get("Gelombang")?.rows[0]).toContain("Daerah yang direncanakan");
  expect(sheets.get("Ringkasan")?.rows).toContainEqual(["Saringan", "Sulawesi Selatan; Persiapan"]);
  const list = sheets.get("Kabupaten-kota");
  expect(list?.rows[0]).toEqual(lines[0]);
  expect(list?.rows.slice(1).map((row) => row[1])).toEqual(shown);
  expect(list?.xml).toContain("<autoFilter");
  expect(list?.xml).not.toMatch(/<f[\s>]/);
  // The two files say the same: a share of one in the one, a percent in the other.
  const place = lines[0]?.indexOf("Ada (%)") ?? 0;
  lines.slice(1).forEach((line, row) => {
    const percent = Number(line[place]?.replace(",", "."));
    expect(Number(list?.rows[row + 1]?.[place]) * 100).toBeCloseTo(percent, 6);
  });

  const pdf = await take(page, PAGE, "PDF");
  expect(pdf.name).toBe(`${named}.pdf`);
  const pages = await pdfPages(pdf.bytes);
  const text = pages.join(" ");
  expect(pages[0]).toContain("Kementerian Sosial Replikasi PKSAI: keadaan nasional Keadaan per");
  expect(text).toContain("Saringan: Sulawesi Selatan; Persiapan.");
  expect(text).toContain("Angka: persen yang sudah terverifikasi.");
  for (const name of shown) expect(text).toContain(name);
  expect(text).not.toContain("Klaten");
  for (const part of ["Tahapan replikasi", "Perkembangan tahap", "Peta petak"])
    expect(text).toContain(part);
  expect(pages.at(-1)).toContain(`Halaman ${pages.length} dari ${pages.length}`);
  expect(broken).toEqual([]);
});

test("the stuck list is handed out by itself", async ({ page }) => {
  await signIn(page, MINISTRY_ADMIN);
  await page.goto("/pusat?tampilan=tertahan&provinsi=73");
  const first = page.getByRole("heading", { level: 2, name: /kabupaten\/kota$/ });
  await expect(first).toBeVisible();
  const xlsx = await take(page, "daftar yang tertahan", "XLSX");
  const sheets = workbook(xlsx.bytes);
  expect([...sheets.keys()]).toEqual(["Ringkasan", "Hambatan"]);
  const rows = sheets.get("Hambatan")?.rows ?? [];
  expect(rows.length).toBeGreaterThan(1);
  for (const row of rows.slice(1)) expect(row[2]).toBe("Sulawesi Selatan");
  const csv = await take(page, "daftar yang tertahan", "CSV");
  expect(csvLines(csv.bytes)[0]).toEqual(rows[0]);
});

test("the queue is handed out with its filters", async ({ page }) => {
  await signIn(page, REVIEWER);
  await page.goto("/pusat/antrean?komponen=regulation");
  await expect(page.getByRole("heading", { level: 1, name: "Antrean verifikasi" })).toBeVisible();
  await lookAt(page);
  const shown = await page.getByRole("table").getByRole("row").count();
  const xlsx = await take(page, "Yang menunggu peninjau", "XLSX");
  expect(xlsx.name).toBe(`antrean-verifikasi-${today()}.xlsx`);
  const sheets = workbook(xlsx.bytes);
  expect(sheets.get("Ringkasan")?.rows).toContainEqual(["Saringan", "Regulasi"]);
  const rows = sheets.get("Antrean")?.rows ?? [];
  expect(rows).toHaveLength(shown);
  for (const row of rows.slice(1)) expect(row[0]).toMatch(/^REG-/);
  const csv = await take(page, "Yang menunggu peninjau", "CSV");
  expect(csvLines(csv.bytes)).toHaveLength(shown);
});

test("the list of districts is handed out with its filters", async ({ page }) => {
  await signIn(page, MINISTRY_ADMIN);
  await page.goto("/pusat/kabupaten?provinsi=73&keadaan=live");
  const list = page.getByRole("table", { name: "Kesiapan kabupaten dan kota" });
  await expect(list).toBeVisible();
  await lookAt(page);
  const shown = await list.getByRole("rowheader").getByRole("link").allTextContents();
  const csv = await take(page, "Kesiapan kabupaten dan kota", "CSV");
  expect(csv.name).toBe(`daftar-kabupaten-kota_sulawesi-selatan_diluncurkan-${today()}.csv`);
  const lines = csvLines(csv.bytes);
  expect(lines[0]?.slice(0, 3)).toEqual(["Kode daerah", "Kabupaten/kota", "Provinsi"]);
  expect(lines.slice(1).map((line) => line[1])).toEqual(shown);
  for (const line of lines.slice(1)) expect(line.slice(2, 5)).toContain("Sulawesi Selatan");
  const xlsx = workbook((await take(page, "Kesiapan kabupaten dan kota", "XLSX")).bytes);
  expect(xlsx.get("Ringkasan")?.rows).toContainEqual(["Saringan", "Sulawesi Selatan; Diluncurkan"]);
  expect(xlsx.get("Kabupaten dan kota")?.rows[0]).toEqual(lines[0]);
  expect(xlsx.get("Kabupaten dan kota")?.rows).toHaveLength(lines.length);
});

test("who has no connection is told so and can try again", async ({ page }) => {
  await signIn(page, MINISTRY_ADMIN);
  await page.goto("/pusat");
  await expect(page.getByRole("rowheader").first()).toBeVisible();
  await page.route("**/api/v1/oversight/overview*", (route) => route.abort());
  await page.getByRole("button", { name: `Unduh : ${PAGE}` }).click();
  await page.getByRole("menuitem", { name: /^CSV/ }).click();
  const dialog = page.getByRole("dialog", { name: "Berkas belum dapat dibuat" });
  await expect(dialog.getByRole("alert")).toBeVisible({ timeout: 20_000 });
  await expectAccessible(page);
  await page.unroute("**/api/v1/oversight/overview*");
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Coba lagi" }).click();
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  await expect(dialog).toBeHidden();
});
