import { DEMO_PASSWORD, fillSignIn, GOWA_ADMIN, MINISTRY_ADMIN } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";
import { choose } from "../support/form";
import { OwnSystem } from "../support/system";
import { expect, type Page, test } from "../support/test";

// Whether there is a draft, and a preview of it, is asked by reading it; a draft with faults is refused.
test.use({
  expected:
    /^(404 GET .*\/oversight\/standard-draft(\/preview)?|422 PUT .*\/oversight\/standard-draft)$/,
});

/** An installation of its own: a published standard changes every district for the other specs. */
const system = new OwnSystem("--demo");

test.beforeAll(async () => {
  await system.start();
});

test.afterAll(async () => {
  await system.close();
});

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto(`${system.url}/masuk`);
  await fillSignIn(page, email, DEMO_PASSWORD);
  await expect(page.getByRole("button", { name: /^Akun / })).toBeVisible();
}

async function looksRight(page: Page, shot: string): Promise<void> {
  await expectNoSideways(page);
  await expectAccessible(page);
  const folder = process.env.SHOTS;
  if (folder) {
    const width = page.viewportSize()?.width ?? 0;
    await page.screenshot({ path: `${folder}/${shot}-${width}.png`, fullPage: true });
  }
}

/** Today in Jakarta, as it is typed. */
function today(): string {
  const parts = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Jakarta" }).format(new Date());
  const [year, month, day] = parts.split("-").map(Number);
  return `${day}/${month}/${year}`;
}

test("the ministry drafts a version, sees what it does, publishes it; a district sees what changed", async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  await signIn(page, MINISTRY_ADMIN);
  await page.goto(`${system.url}/pusat/standar`);
  await expect(page.getByRole("heading", { level: 1, name: "Standar" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Standar PKSAI 1.0" })).toBeVisible();
  await looksRight(page, "standar-versi");
  await page.getByRole("button", { name: "Mulai rancangan" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Rancangan versi 1.1" })).toBeVisible();

  // Reweighted; what cannot be is refused at its field.
  await page.getByRole("button", { name: "Ubah butir REG-1", exact: true }).click();
  const edit = page.getByRole("dialog", { name: "Ubah butir REG-1" });
  await edit.getByLabel("Bobot").fill("0");
  await edit.getByRole("button", { name: "Simpan" }).click();
  await expect(edit.getByText("REG-1: isi bobot 1 sampai 100")).toBeVisible();
  await edit.getByLabel("Bobot").fill("7");
  await edit.getByRole("button", { name: "Simpan" }).click();
  await expect(edit).toBeHidden();
  await expect(page.getByText("Bobot berubah")).toBeVisible();

  // Retired.
  await page.getByRole("button", { name: "Tiadakan butir REG-5", exact: true }).click();
  await expect(page.getByRole("button", { name: "Kembalikan butir REG-5" })).toBeVisible();

  // Added.
  await page.getByRole("button", { name: "Tambah butir REG" }).click();
  const added = page.getByRole("dialog", { name: /^Butir baru REG-/ });
  for (const part of ["Judul", "Mengapa penting", "Langkah berikut", "Bukti yang diminta"]) {
    await added.getByLabel(`${part} (Indonesia)`).fill(`Contoh rencana aksi: ${part}`);
    await added.getByLabel(`${part} (Inggris)`).fill(`Example plan of action: ${part}`);
  }
  await added.getByLabel("Wajib: diperlukan").check();
  await choose(page, added.getByRole("combobox", { name: "Jenis dokumen yang diterima" }), "Surat");
  await added.getByLabel("Sumber").fill("usulan contoh");
  await looksRight(page, "standar-butir-baru");
  await added.getByRole("button", { name: "Simpan" }).click();
  await expect(added).toBeHidden();
  await looksRight(page, "standar-isi");

  await page.getByRole("link", { name: "Yang berubah (3)" }).click();
  await expect(page.getByText("Contoh rencana aksi: Judul").first()).toBeVisible();
  await looksRight(page, "standar-perubahan");

  await page.getByRole("link", { name: "Dampak dan penerbitan" }).click();
  await expect(page.getByRole("button", { name: "Terbitkan versi 1.1" })).toBeDisabled();
  await page.getByRole("button", { name: "Hitung dampak" }).click();
  await expect(page.getByText(/daerah dihitung terhadap versi 1.0/)).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByText("Kabupaten Gowa")).toBeVisible();
  await expect(page.getByText("Tetap aktif").first()).toBeVisible();
  await looksRight(page, "standar-dampak");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Unduh tabel (CSV)" }).click();
  expect((await download).suggestedFilename()).toMatch(/^dampak-standar-[-\d]+\.csv$/);

  await page.getByRole("button", { name: "Terbitkan versi 1.1" }).click();
  const publish = page.getByRole("dialog", { name: "Terbitkan versi 1.1" });
  await publish.getByLabel("Diperlihatkan kepada daerah mulai").fill(today());
  await expect(publish.getByText(/skor tetap dihitung menurut versi 1.0/)).toBeVisible();
  await looksRight(page, "standar-terbitkan");
  await publish.getByRole("button", { name: "Terbitkan" }).click();
  await expect(page.getByText("Standar PKSAI 1.1 sekarang terbit.")).toBeVisible();
  await looksRight(page, "standar-terbit");
  await expect(page.getByRole("heading", { name: "Standar PKSAI 1.1" })).toBeVisible();
  await expect(page.getByText("Masa penyesuaian: versi sebelumnya masih dihitung")).toBeVisible();

  // The district is told and sees its own state.
  const officer = await (await browser.newContext({ viewport: page.viewportSize() })).newPage();
  await signIn(officer, GOWA_ADMIN);
  await officer.goto(`${system.url}/pemberitahuan`);
  await expect(officer.getByText("Standar baru: Standar PKSAI 1.1").first()).toBeVisible({
    timeout: 20_000,
  });
  await officer.goto(`${system.url}/d/73.06/perubahan-standar`);
  await expect(officer.getByText(/Masa penyesuaian: skor Anda dihitung menurut/)).toBeVisible();
  await expect(officer.getByText("Bobot 5 menjadi 7")).toBeVisible();
  await expect(officer.getByText("Butir ini tidak diminta lagi.")).toBeVisible();
  await looksRight(officer, "standar-daerah");
  await officer.getByRole("link", { name: /Contoh rencana aksi: Judul/ }).click();
  await expect(officer.getByText(/Butir baru, dihitung mulai/)).toBeVisible();
  await expectAccessible(officer);
});
