import { type Browser, expect, type Page } from "@playwright/test";
import { choose } from "../../support/form";
import { setPassword, signInAndEnrol } from "../../support/people";
import type { OwnSystem } from "../../support/system";
import { LETTER } from "./facts";

const MINISTRY = { email: "pusat@kemensos.example", name: "Contoh Admin Pusat" };
export const OFFICER = { email: "dinsos@bulukumba.example", name: "Contoh Kepala Bidang" };
const PASSWORD = "perahu pinisi di Bonto Bahari";

/** A page of a person of their own on an installation. */
export async function openOn(system: OwnSystem, browser: Browser): Promise<Page> {
  return (await browser.newContext({ baseURL: system.url, acceptDownloads: true })).newPage();
}

/** The ministry's first admin, made on the command line, signs in. */
export async function firstAdmin(system: OwnSystem, ministry: Page): Promise<void> {
  const { email, name } = MINISTRY;
  const printed = await system.run("account", "create", "--email", email, "--name", name);
  const link = printed.match(/\/atur-ulang\S+/)?.[0] ?? "";
  await setPassword(ministry, link, PASSWORD);
  await signInAndEnrol(ministry, MINISTRY.email, PASSWORD);
  await expect(ministry).toHaveURL(/\/pusat$/);
}

/** An officer of Bulukumba registers the district and confirms by mail. */
export async function register(system: OwnSystem, page: Page): Promise<void> {
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
  await page.getByRole("button", { name: "Simpan dan lanjut ke surat" }).click();
  await page.locator('input[type="file"]').setInputFiles(LETTER);
  await page.getByRole("button", { name: "Unggah surat" }).click();
  await expect(page.getByText("Menunggu konfirmasi surel").first()).toBeVisible();
  const { link } = await system.mail.mailTo(OFFICER.email, "/daftar/konfirmasi");
  await page.goto(link);
  await page.getByRole("button", { name: "Kirim ke Kementerian Sosial" }).click();
  await expect(page.getByText("Sedang diperiksa").first()).toBeVisible();
}

/** The ministry approves, and the officer opens the empty workspace. */
export async function approve(system: OwnSystem, ministry: Page, officer: Page): Promise<void> {
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
}
