import { readFile } from "node:fs/promises";
import { GOWA_ADMIN, signIn } from "../support/accounts";
import { lookAt } from "../support/axe";
import { fill } from "../support/form";
import { OwnSystem } from "../support/system";
import { expect, type Page, test } from "../support/test";
import { approve, firstAdmin, openOn, register } from "./story/opening";
import { saved } from "./story/setup";

// Damaged packages, and those of an installation that nobody trusts yet.
test.use({
  expected: /^(422|409) POST .*\/oversight\/packages\/import(\?fingerprint=lain)?$/,
});

/** Gowa's installation is the demo; Bulukumba's is another one, and it is empty. */
const gowas = new OwnSystem("--demo");
const bulukumbas = new OwnSystem();
test.beforeAll(async () => {
  test.setTimeout(3 * 60_000);
  await Promise.all([gowas.start(), bulukumbas.start()]);
});
test.afterAll(() => Promise.all([gowas.close(), bulukumbas.close()]));

const SOP = "Pengaduan";
const PURPOSE = "Tujuan yang ditulis sendiri oleh Bulukumba.";
const IMPROVED = "Menerima laporan dan menenangkan pelapor";

test("Bulukumba starts from Gowa's package and merges its improvement", async ({
  browser,
}, info) => {
  test.skip(info.project.name !== "desktop", "one walk; the phone's width is looked at on the way");
  test.setTimeout(8 * 60_000);
  const gowa = await openOn(gowas, browser);
  const ministry = await openOn(bulukumbas, browser);
  const officer = await openOn(bulukumbas, browser);

  await test.step("Bulukumba's workspace is opened, and is empty", async () => {
    await firstAdmin(bulukumbas, ministry);
    await register(bulukumbas, officer);
    await approve(bulukumbas, ministry, officer);
  });

  const first = await test.step("Gowa publishes what the preview shows", async () => {
    await signIn(gowa, GOWA_ADMIN);
    await gowa.goto("/d/73.06/paket/terbitan");
    // The demo published once already; this is another package.
    await expect(gowa.getByRole("link", { name: /^Model .+ Gowa/ })).toBeVisible();
    await gowa.getByRole("link", { name: "Terbitkan versi berikut" }).click();
    await gowa.getByRole("radio", { name: "Paket baru" }).click();
    await gowa.getByLabel("Nama paket").fill("Model Gowa");
    await gowa.getByLabel("Tentang paket ini").fill("Terbitan pertama.");
    await gowa.getByRole("button", { name: "Lihat apa yang keluar" }).click();
    const preview = gowa.locator("section").filter({ hasText: "Persis ini yang keluar" });
    await expect(preview).toContainText("6 SOP");
    await expect(preview).toContainText("Tetap di daerah: 7 petugas");
    // People of the demo are all called "Contoh …", and their phones begin with 08 or +62.
    await expect(preview).not.toContainText(/Contoh [A-Z]|\b08\d{2}|\+62/);
    await lookAt(gowa);
    await gowa.getByRole("button", { name: "Terbitkan paket ini" }).click();
    await expect(gowa.getByText("Sudah terbit")).toBeVisible();
    await lookAt(gowa);
    return published(gowa, "Model Gowa, versi 1");
  });

  await test.step("the other ministry refuses an altered file and an unknown signer", async () => {
    await ministry.goto("/pusat/paket");
    await expect(ministry.getByText("Belum ada paket")).toBeVisible();
    await ministry.getByRole("link", { name: "Impor berkas paket" }).click();
    await choose(ministry, first.file.replace("Menerima laporan", "Menolak laporan"));
    await expect(ministry.getByText(/rusak atau diubah/)).toBeVisible();
    await choose(ministry, first.file);
    await expect(ministry.getByText("Penanda tangan belum dikenal")).toBeVisible();
    await ministry.getByLabel("Sidik kunci menurut penerbit").fill("lain");
    await ministry.getByRole("button", { name: "Sidiknya cocok, impor" }).click();
    await expect(ministry.getByText("Sidik kunci tidak sama")).toBeVisible();
    await lookAt(ministry);
  });

  await test.step("with the fingerprint that Gowa tells it imports", async () => {
    await ministry.getByLabel("Sidik kunci menurut penerbit").fill(first.fingerprint);
    await ministry.getByRole("button", { name: "Sidiknya cocok, impor" }).click();
    await expect(ministry.getByRole("heading", { level: 1, name: "Model Gowa" })).toBeVisible();
    await expect(ministry.getByText(/Dari instalasi lain/)).toBeVisible();
    await lookAt(ministry);
  });

  await test.step("Bulukumba is offered it on its home, looks, and takes it in one go", async () => {
    await officer.goto("/d/73.02");
    await expect(officer.getByText("Mulai dari persiapan daerah lain")).toBeVisible();
    await officer.getByRole("link", { name: "Lihat paket model" }).click();
    await expect(officer.getByRole("link", { name: "Model Gowa" })).toBeVisible();
    await lookAt(officer);
    await officer.getByRole("link", { name: "Model Gowa" }).click();
    await officer.getByRole("link", { name: "Mulai dari paket ini" }).click();
    await expect(officer.getByText(/“Kabupaten Gowa” menjadi “Kabupaten Bulukumba”/)).toBeVisible();
    await expect(officer.getByText(/data ditambahkan\. Kesiapan 0% menjadi/)).toBeVisible();
    await lookAt(officer);
    await officer.getByRole("button", { name: "Ambil ke daerah saya" }).click();
    await expect(officer.getByText(/data sudah diproses/)).toBeVisible();
    await lookAt(officer);
  });

  await test.step("at least half of the items that need no document are there at once", async () => {
    // People, phones and villages come with no package; what is judged by them counts as not there.
    const { all, there } = await withoutDocument(officer);
    expect(all.length).toBeGreaterThan(10);
    expect(there.length, `${there} of ${all}`).toBeGreaterThanOrEqual(all.length / 2);
  });

  await test.step("it makes two things its own", async () => {
    await openSop(officer, "73.02");
    await expect(officer.getByText(/dari Model Gowa v1 · belum diubah/)).toBeVisible();
    await fill(officer.getByRole("main"), { Tujuan: PURPOSE });
    await fillStep(officer, 2, { Waktu: "45" });
    await saved(officer, false);
    await expect(officer.getByText(/dari Model Gowa v1 · sudah diubah/)).toBeVisible();
    await lookAt(officer);
  });

  const second = await test.step("Gowa publishes an improvement", async () => {
    await openSop(gowa, "73.06");
    await fillStep(gowa, 1, { Kegiatan: IMPROVED });
    await fillStep(gowa, 2, { Waktu: "20" });
    await saved(gowa, false);
    await gowa.goto("/d/73.06/paket/terbitan");
    await gowa.getByRole("link", { name: "Terbitkan versi berikut" }).click();
    await gowa
      .getByLabel("Apa yang berubah sejak versi sebelumnya")
      .fill("Penerimaan dipersingkat.");
    await gowa.getByRole("button", { name: "Lihat apa yang keluar" }).click();
    await gowa.getByRole("button", { name: "Terbitkan paket ini" }).click();
    await expect(gowa.getByText("Sudah terbit")).toBeVisible();
    return published(gowa, "Model Gowa, versi 2");
  });

  await test.step("and it reaches the other installation", async () => {
    await ministry.goto("/pusat/paket/impor");
    await choose(ministry, second.file);
    await ministry.getByLabel("Sidik kunci menurut penerbit").fill(second.fingerprint);
    await ministry.getByRole("button", { name: "Sidiknya cocok, impor" }).click();
    await expect(ministry.getByText(/^Versi 2 dari/)).toBeVisible();
  });

  await test.step("Bulukumba sees side by side how it differs", async () => {
    await officer.goto("/d/73.02/paket");
    await officer.getByRole("link", { name: "Model Gowa" }).click();
    await officer.getByRole("link", { name: "Bandingkan dengan daerah saya" }).click();
    const purpose = officer.getByRole("row", { name: /^Tujuan/ });
    await expect(purpose).toContainText(PURPOSE);
    await lookAt(officer);
  });

  await test.step("Bulukumba decides item by item and keeps its two changes", async () => {
    await officer.goto("/d/73.02");
    await expect(officer.getByText("Model Gowa memiliki versi baru (2).")).toBeVisible();
    await officer.getByRole("link", { name: "Lihat yang berubah" }).click();
    const apply = officer.getByRole("button", { name: "Terapkan pembaruan" });
    await expect(officer.getByText("1 bagian menunggu keputusan Anda.")).toBeVisible();
    await expect(apply).toBeDisabled();
    const activity = officer.getByRole("group", { name: /^Langkah 1 .*: Kegiatan/ });
    await expect(activity).toContainText("Berubah di model; Anda tidak mengubahnya.");
    const duration = officer.getByRole("group", { name: /^Langkah 2 .*: Waktu/ });
    await expect(duration).toContainText("Berubah di model; Anda juga mengubahnya.");
    await lookAt(officer);
    await duration.getByRole("radio", { name: "Pakai punya saya" }).check();
    // A closed lid loses no decision.
    await officer.reload();
    await expect(duration.getByRole("radio", { name: "Pakai punya saya" })).toBeChecked();
    await apply.click();
    await expect(officer.getByText("1 data sudah diproses")).toBeVisible();
    await expectOwnSop(officer, IMPROVED);
  });

  await test.step("the merge can be taken back, and Bulukumba's changes stay", async () => {
    await officer.goto("/d/73.02/paket/pembaruan");
    await officer.getByRole("link", { name: /^Menggabungkan Model Gowa/ }).click();
    await officer.getByRole("button", { name: "Batalkan langkah ini" }).click();
    await expect(officer.getByText("1 data kembali seperti semula.")).toBeVisible();
    await lookAt(officer);
    await expectOwnSop(officer, "Menerima laporan");
  });
});

/** The file of a version that is listed, and the fingerprint that its page shows. */
async function published(page: Page, name: string) {
  await page.getByRole("link", { name, exact: true }).click();
  const fingerprint = page.getByText("Sidik kunci penanda tangan").locator("+ span");
  const kid = await fingerprint.innerText();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Unduh berkas paket" }).click();
  return { file: await readFile(await (await download).path(), "utf8"), fingerprint: kid };
}

/** Chooses a package file on the page that imports one, and sends it. */
async function choose(page: Page, text: string): Promise<void> {
  await page.locator('input[type="file"]').setInputFiles({
    name: "paket.json",
    mimeType: "application/json",
    buffer: Buffer.from(text),
  });
  await page.getByRole("button", { name: "Periksa dan impor" }).click();
}

interface Item {
  code: string;
  state: string;
  accepts: string[];
}

/** The items as the home page reads them. */
async function itemsOf(page: Page): Promise<Item[]> {
  const answer = page.waitForResponse((one) => one.url().endsWith("/readiness") && one.ok());
  await page.goto("/d/73.02");
  const report = (await (await answer).json()) as { components: { items: Item[] }[] };
  return report.components.flatMap((component) => component.items);
}

/** The codes of the items that need no document, and of those of them for which nothing more is asked of the district. */
async function withoutDocument(page: Page): Promise<{ all: string[]; there: string[] }> {
  const items = (await itemsOf(page)).filter((item) => item.accepts.length === 0);
  // An item that is only begun is not there.
  const there = items.filter(({ state }) => state === "present" || state === "verified");
  const codes = (list: Item[]) => list.map(({ code }) => code);
  return { all: codes(items), there: codes(there) };
}

async function openSop(page: Page, code: string): Promise<void> {
  await page.goto(`/d/${code}/mekanisme-kerja`);
  await page.getByRole("link", { name: SOP, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: SOP })).toBeVisible();
}

async function fillStep(page: Page, number: number, answers: Record<string, string>) {
  const row = page.locator("li[data-row]").filter({ hasText: new RegExp(`^${number}\\.`) });
  await row.locator("[data-head]").click();
  await fill(row, answers);
}

async function expectOwnSop(page: Page, activity: string): Promise<void> {
  await openSop(page, "73.02");
  await expect(page.getByRole("textbox", { name: "Tujuan", exact: true })).toHaveValue(PURPOSE);
  const row = (number: number) =>
    page.locator("li[data-row]").filter({ hasText: new RegExp(`^${number}\\.`) });
  await row(1).locator("[data-head]").click();
  const says = (label: string) => page.getByRole("textbox", { name: label, exact: true });
  await expect(says("Kegiatan")).toHaveValue(activity);
  await row(2).locator("[data-head]").click();
  await expect(says("Waktu")).toHaveValue("45");
}
