import { fillSignIn, MINISTRY_ADMIN, signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";
import { linkFromMail } from "../support/mail";
import { expect, type Page, test } from "../support/test";

/** A district of its own for each screen size: a district has one live application. */
const DISTRICTS = {
  desktop: { code: "33.16", name: "Kabupaten Blora" },
  phone: { code: "33.14", name: "Kabupaten Sragen" },
} as const;

const PASSWORD = "payung teduh di Alun-alun";

/** The smallest file that is a PDF to the service. */
const LETTER = {
  name: "surat-komitmen.pdf",
  mimeType: "application/pdf",
  buffer: Buffer.from(
    "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n2 0 obj<</Type/Page>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n",
  ),
};

async function choose(page: Page, label: string, typed: string, option: string): Promise<void> {
  const field = page.getByRole("combobox", { name: label });
  await field.click();
  await field.fill(typed);
  await page.getByRole("option", { name: option, exact: true }).click();
}

test("a district registers, is returned once, approved, and its officer gets to work", async ({
  page,
  browser,
}, info) => {
  test.slow();
  const district = DISTRICTS[info.project.name as keyof typeof DISTRICTS];
  const email = `dinsos.${Date.now()}@contoh.example`;
  const unit = `PLKSAI Uji ${info.project.name}`;

  await page.goto("/");
  await page.getByRole("link", { name: "Daftarkan kabupaten/kota" }).first().click();
  await page.getByRole("button", { name: "Lanjut" }).click();
  await expect(page.getByText("Pilih provinsi.")).toBeVisible();
  await choose(page, "Provinsi", "jawa ten", "Jawa Tengah");
  const short = district.name.replace("Kabupaten ", "");
  await page.getByRole("combobox", { name: "Kabupaten/kota" }).click();
  await page.getByRole("combobox", { name: "Kabupaten/kota" }).fill(short);
  await page.getByRole("option").filter({ hasText: short }).first().click();
  await expectAccessible(page);
  await expectNoSideways(page);
  await page.getByRole("button", { name: "Lanjut" }).click();
  await page.getByLabel("Nama unit layanan").fill(unit);
  await page.getByLabel("Dinas yang mengampu").fill(`Dinas Sosial ${district.name}`);
  await page.getByRole("button", { name: "Lanjut" }).click();
  await page.getByLabel("Nama lengkap pemohon").fill("Contoh Pemohon Uji");
  await page.getByLabel("Jabatan").fill("Kepala Bidang Rehabilitasi Sosial");
  await page.getByLabel("Surel kantor").fill(email.replace("@", "@salah-"));
  await page.getByLabel("Nomor telepon").fill("0813 5555 0100");
  await expectNoSideways(page);
  await page.getByRole("button", { name: "Lanjut" }).click();
  await expectAccessible(page);
  await expect(page.getByText("Permohonan belum terkirim ke Kementerian Sosial.")).toBeVisible();
  await page.getByRole("button", { name: "Simpan dan lanjut ke surat" }).click();
  await page.locator('input[type="file"]').setInputFiles(LETTER);
  await page.getByRole("button", { name: "Unggah surat" }).click();
  await expect(page).toHaveURL(/\/daftar\/status$/);
  await expect(page.getByText("Menunggu konfirmasi surel").first()).toBeVisible();

  // The address was mistyped: it can be mended, and the mail goes to the right one, once more when asked.
  await page.getByRole("button", { name: "Perbaiki alamat surel" }).click();
  await expect(page.getByLabel("Surel kantor")).toBeFocused();
  await page.getByLabel("Surel kantor").fill(email);
  await expectAccessible(page);
  await expectNoSideways(page);
  await page.getByRole("button", { name: "Simpan", exact: true }).click();
  await expect(page.getByText(`Buka surel di ${email}`)).toBeVisible();
  const first = await linkFromMail(page.request, email, "/daftar/konfirmasi");
  await page.getByRole("button", { name: "Kirim ulang surel konfirmasi" }).click();
  await expect(page.getByText(`Surel konfirmasi dikirim lagi ke ${email}.`)).toBeVisible();
  await expect
    .poll(() => linkFromMail(page.request, email, "/daftar/konfirmasi"), { timeout: 20_000 })
    .not.toBe(first);

  await page.goto(await linkFromMail(page.request, email, "/daftar/konfirmasi"));
  await expect(page).toHaveURL(/\/daftar\/status$/);
  await expect(page.getByText("Surat sudah ada. Tekan Kirim ke Kementerian Sosial.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Kirim ke Kementerian Sosial" })).toBeVisible();

  await expectAccessible(page);
  await expectNoSideways(page);
  await page.getByRole("button", { name: "Kirim ke Kementerian Sosial" }).click();
  await expect(page.getByText("Sedang diperiksa").first()).toBeVisible();

  // A colleague of the same district is told that somebody was first, and no names.
  const taken = await page.request.post("/api/v1/registrations", {
    data: {
      district_code: district.code,
      unit_name: "PKSAI Lain",
      office_name: "Dinas Lain",
      applicant_name: "Contoh Orang Kedua",
      position: "Staf",
      email: `lain.${Date.now()}@contoh.example`,
      phone: "0813 5555 0101",
    },
  });
  expect(taken.status()).toBe(409);
  expect(await taken.text()).not.toContain("Contoh Pemohon");

  const ministry = await (await browser.newContext({ viewport: page.viewportSize() })).newPage();
  await signIn(ministry, MINISTRY_ADMIN);
  await ministry.goto("/pusat/permohonan");
  await ministry.getByText(district.name).first().click();
  await expect(ministry.getByRole("heading", { level: 1, name: district.name })).toBeVisible();
  await expectAccessible(ministry);
  await expectNoSideways(ministry);
  await ministry.getByRole("button", { name: "Kembalikan dengan catatan" }).click();
  const dialog = ministry.getByRole("dialog");
  await dialog.getByRole("textbox").fill("Mohon tulis nama dinas sesuai kop surat.");
  await dialog.getByRole("button", { name: "Kembalikan" }).click();
  await expect(ministry.getByText("Dikembalikan. Pemohon mendapat surel")).toBeVisible();

  await page.goto(await linkFromMail(page.request, email, "/daftar/status"));
  await page.reload();
  await expect(page.getByText("Mohon tulis nama dinas sesuai kop surat.").first()).toBeVisible();
  await page.getByRole("button", { name: "Kirim lagi" }).click();
  await expect(page.getByText("Sedang diperiksa").first()).toBeVisible();

  await ministry.reload();
  await ministry.getByRole("button", { name: "Setujui" }).click();
  await ministry.getByRole("dialog").getByRole("button", { name: "Setujui" }).click();
  await expect(ministry.getByText(`Disetujui. Ruang kerja ${unit} dibuka`)).toBeVisible();

  await page.goto(await linkFromMail(page.request, email, "/atur-ulang"));
  await page.getByLabel("Kata sandi baru", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Ulangi kata sandi baru", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Simpan kata sandi" }).click();
  await expect(page.getByRole("heading", { name: "Kata sandi sudah diganti" })).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Masuk", exact: true }).click();
  await fillSignIn(page, email, PASSWORD);
  await expect(page).toHaveURL(new RegExp(`/d/${district.code}$`));
  await expect(page.getByText(unit).first()).toBeVisible();
});
