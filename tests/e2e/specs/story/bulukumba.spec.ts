import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, expectNoSideways } from "../../support/axe";
import { choose } from "../../support/form";
import { setPassword, signInAndEnrol } from "../../support/people";
import { OwnSystem } from "../../support/system";
import { EVIDENCE, FLAGGED, LETTER, REGULATION_EVIDENCE, SERVICES } from "./facts";
import * as setup from "./setup";

const MINISTRY = { email: "pusat@kemensos.example", name: "Contoh Admin Pusat" };
const OFFICER = { email: "dinsos@bulukumba.example", name: "Contoh Kepala Bidang" };
const PASSWORD = "perahu pinisi di Bonto Bahari";

const system = new OwnSystem();
test.beforeAll(() => system.start());
test.afterAll(() => system.close());

test("Bulukumba, from registration to its public page", async ({ browser }, info) => {
  test.skip(info.project.name !== "desktop", "one walk; the phone's width is looked at on the way");
  test.setTimeout(15 * 60_000);
  const open = async (): Promise<Page> =>
    (await browser.newContext({ baseURL: system.url })).newPage();
  const officer = await open();
  const ministry = await open();

  await test.step("the ministry's first admin", async () => {
    const printed = await system.run(
      "account",
      "create",
      "--email",
      MINISTRY.email,
      "--name",
      MINISTRY.name,
    );
    const link = printed.match(/\/atur-ulang\S+/)?.[0] ?? "";
    await setPassword(ministry, link, PASSWORD);
    await signInAndEnrol(ministry, MINISTRY.email, PASSWORD);
    await expect(ministry).toHaveURL(/\/pusat$/);
  });

  await test.step("registration, confirmed by mail", () => register(officer));

  await test.step("approval", async () => {
    await ministry.reload();
    await ministry.getByRole("link", { name: "Periksa permohonan" }).click();
    await ministry.getByText("Kabupaten Bulukumba").first().click();
    await ministry.getByRole("button", { name: "Setujui" }).click();
    await ministry.getByRole("dialog").getByRole("button", { name: "Setujui" }).click();
    await expect(ministry.getByText("Disetujui. Ruang kerja PKSAI dibuka")).toBeVisible();
    const { link } = await system.mail.mailTo(OFFICER.email, "/atur-ulang");
    await setPassword(officer, link, PASSWORD);
    await signInAndEnrol(officer, OFFICER.email, PASSWORD);
    await expect(officer.getByRole("heading", { name: "Beranda PKSAI" })).toBeVisible();
    await lookAt(officer);
  });

  const write = [
    ["regulation", setup.regulation],
    ["institution", setup.institution],
    ["working mechanism", setup.mechanism],
    ["service range", setup.services],
    ["staff", setup.staff],
    ["data system", setup.dataSystem],
  ] as const;
  for (const [component, steps] of write) {
    await test.step(component, async () => {
      await steps(officer);
      await lookAt(officer);
    });
  }

  await test.step("everything but the regulation is shown; going live is refused with the list", async () => {
    for (const document of EVIDENCE) await setup.evidence(officer, document);
    await officer.goto("/d/73.02/tinjauan");
    await expect(officer.getByText(/Belum dapat diluncurkan: \d+ butir menghalangi/)).toBeVisible();
    for (const item of FLAGGED) {
      await expect(
        officer.getByRole("link", { name: new RegExp(`^${item} `) }).first(),
      ).toBeVisible();
    }
    await expect(officer.getByRole("button", { name: "Luncurkan layanan" })).toBeDisabled();
    await lookAt(officer);
  });

  await test.step("the regulation is promulgated and shown", async () => {
    await setup.promulgate(officer);
    await setup.evidence(officer, REGULATION_EVIDENCE);
  });

  await test.step("the ministry returns one document and verifies what the standard flags", async () => {
    await ministry.goto("/pusat/kabupaten");
    await ministry.getByRole("link", { name: "Kabupaten Bulukumba" }).click();
    await expect(ministry.getByRole("heading", { level: 1, name: /Bulukumba/ })).toBeVisible();
    await lookAt(ministry);
    await setup.review(
      ministry,
      "LEM-1",
      "Kembalikan dengan catatan",
      "Mohon lampirkan halaman tanda tangan.",
    );
    const { link } = await system.mail.mailTo(OFFICER.email, "/d/73.02/butir/LEM-1");
    await officer.goto(link);
    await expect(officer).toHaveURL(/kelembagaan\?.*butir=LEM-1/);
    await expect(officer.getByText("Mohon lampirkan halaman tanda tangan.")).toBeVisible();
    await lookAt(officer);
    await setup.resubmit(officer, "LEM-1");
    for (const item of FLAGGED) await setup.review(ministry, item, "Verifikasi");
  });

  await test.step("live, with a public page for everyone", async () => {
    await officer.goto("/d/73.02/tinjauan");
    await expect(officer.getByText("Siap diluncurkan")).toBeVisible();
    await lookAt(officer);
    await officer.getByRole("button", { name: "Luncurkan layanan" }).click();
    const sure = officer.getByRole("dialog");
    await sure.getByRole("button", { name: "Luncurkan layanan" }).click();
    await expect(officer.getByText("Layanan aktif", { exact: true })).toBeVisible();
    const { link } = await system.mail.mailTo(OFFICER.email, "/layanan/73.02");
    const family = await open();
    await family.goto(link);
    await expect(family.getByRole("heading", { level: 1 })).toContainText("PKSAI");
    await expect(family.getByText("Jalan Contoh 1, Ujung Bulu, Bulukumba")).toBeVisible();
    for (const [, service] of SERVICES)
      await expect(family.getByText(service).first()).toBeVisible();
    await expect(family.getByText("Contoh Supervisor")).toHaveCount(0);
    await lookAt(family);
  });
});

async function register(page: Page): Promise<void> {
  await page.goto("/daftar");
  await choose(page, page.getByRole("combobox", { name: "Provinsi" }), "Sulawesi Selatan");
  const district = page.getByRole("combobox", { name: "Kabupaten/kota" });
  await district.click();
  await district.fill("bulukumba");
  await page.getByRole("option").filter({ hasText: "Bulukumba" }).first().click();
  await page.getByRole("button", { name: "Lanjut" }).click();
  await page.getByLabel("Nama unit layanan").fill("PKSAI");
  await page.getByLabel("Dinas yang mengampu").fill("Dinas Sosial Kabupaten Bulukumba");
  await page.getByRole("button", { name: "Lanjut" }).click();
  await page.getByLabel("Nama lengkap pemohon").fill(OFFICER.name);
  await page.getByLabel("Jabatan").fill("Kepala Bidang Rehabilitasi Sosial");
  await page.getByLabel("Surel kantor").fill(OFFICER.email);
  await page.getByLabel("Nomor telepon").fill("0813 5555 0102");
  await page.getByRole("button", { name: "Lanjut" }).click();
  await page.getByRole("button", { name: "Kirim pendaftaran" }).click();
  await page.locator('input[type="file"]').setInputFiles(LETTER);
  await page.getByRole("button", { name: "Unggah surat" }).click();
  await expect(page.getByText("Menunggu konfirmasi surel").first()).toBeVisible();
  const { link } = await system.mail.mailTo(OFFICER.email, "/daftar/konfirmasi");
  await page.goto(link);
  await page.getByRole("button", { name: "Kirim ke Kementerian Sosial" }).click();
  await expect(page.getByText("Sedang diperiksa").first()).toBeVisible();
}

/** Accessible, and readable on a phone. */
async function lookAt(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 760 });
  await expectNoSideways(page);
  if (size) await page.setViewportSize(size);
}
