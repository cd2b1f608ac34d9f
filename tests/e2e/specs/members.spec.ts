import { Secret, TOTP } from "otpauth";
import { DEMO_PASSWORD, fillSignIn, GOWA_ADMIN, signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";
import { linkFromMail } from "../support/mail";
import { expect, type Page, test } from "../support/test";

// Who left finds no district any more; the second of two writers is told; a code is asked for.
test.use({
  expected:
    /^(404 GET .*\/districts\/73\.06|said ProblemError: Laman atau data ini tidak ada|412 PATCH .*\/roles\/|401 POST .*\/auth\/login)/,
});

/** A name of its own for every run, so that runs do not meet. */
function freshEmail(): string {
  return `uji.${Date.now()}@demo.satupintu.example`;
}

async function invite(page: Page, email: string, role: string): Promise<void> {
  await page.goto("/d/73.06/anggota");
  await page.getByRole("button", { name: "Undang anggota" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Surel").fill(email);
  await dialog.getByRole("combobox", { name: "Peran" }).click();
  await page.getByRole("option", { name: role }).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Kirim undangan" }).click();
  await expect(page.getByText(`Undangan dikirim ke ${email}.`)).toBeVisible();
}

test("an invited person joins, gets another role, and leaves", async ({ page, browser }) => {
  const email = freshEmail();
  await signIn(page, GOWA_ADMIN);
  await invite(page, email, "Petugas OPD mitra Hanya melihat pengumuman dan undangan kegiatan");
  await expect(page.getByText(email, { exact: true })).toBeVisible();

  const guest = await (await browser.newContext()).newPage();
  await guest.goto(await linkFromMail(page.request, email, "/undangan"));
  await guest.getByLabel("Nama lengkap").fill("Uji Contoh");
  await guest.getByLabel("Buat kata sandi", { exact: true }).fill(DEMO_PASSWORD);
  await guest.getByLabel("Ulangi kata sandi", { exact: true }).fill(DEMO_PASSWORD);
  await expectAccessible(guest);
  await expectNoSideways(guest);
  await guest.getByRole("button", { name: "Buat akun dan bergabung" }).click();
  await expect(guest).toHaveURL(/\/d\/73\.06$/);
  await expect(
    guest.getByRole("heading", { name: "Belum ada tugas untuk Anda di sini" }),
  ).toBeVisible();
  await expect(guest.getByText("mintalah koordinator mengubah peran Anda")).toBeVisible();

  await page.reload();
  const row = page.getByRole("row").filter({ hasText: email });
  await row.getByRole("button", { name: "Ubah peran Uji Contoh" }).click();
  await page.getByRole("dialog").getByRole("combobox", { name: "Peran" }).click();
  await page.getByRole("option", { name: "Manajer kasus" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Ubah peran", exact: true }).click();
  await expect(page.getByText("Peran Uji Contoh sekarang Manajer kasus.")).toBeVisible();
  await expect(row).toContainText("Manajer kasus");

  await row.getByRole("button", { name: "Keluarkan Uji Contoh" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Keluarkan", exact: true }).click();
  // The keyboard goes on where it is said: the button that was pressed is gone.
  await expect(page.getByText("Uji Contoh tidak lagi menjadi anggota.")).toBeFocused();
  await expect(row).toHaveCount(0);
  await guest.reload();
  await expect(guest.getByRole("heading", { name: "Laman tidak ditemukan" })).toBeVisible();
});

test("an invitation is withdrawn, and the keyboard goes on where that is said", async ({
  page,
}) => {
  const email = freshEmail();
  await signIn(page, GOWA_ADMIN);
  await invite(page, email, "Manajer kasus");
  await page.getByRole("button", { name: `Tarik undangan untuk ${email}` }).press("Enter");
  await expect(page.getByText(`Undangan untuk ${email} ditarik.`)).toBeFocused();
  await expect(page.getByText(email, { exact: true })).toHaveCount(0);
});

test("two people change one role: the second sees both versions and loses nothing", async ({
  page,
  browser,
}) => {
  const name = `Peran uji ${Date.now()}`;
  await signIn(page, GOWA_ADMIN);
  await page.goto("/d/73.06/peran/baru");
  await page.getByLabel("Nama peran").fill(name);
  await page.getByLabel("Melihat anggota dan peran").check();
  await page.getByRole("button", { name: "Simpan peran" }).click();
  await page.getByRole("link", { name: `Ubah: ${name}` }).click();
  await expect(page.getByLabel("Nama peran")).toHaveValue(name);

  const other = await (await browser.newContext()).newPage();
  await signIn(other, GOWA_ADMIN);
  await other.goto(page.url());
  await other.getByLabel("Nama peran").fill(`${name} B`);
  await other.getByRole("button", { name: "Simpan peran" }).click();
  await expect(other).toHaveURL(/\/peran$/);

  await page.getByLabel("Nama peran").fill(`${name} A`);
  await page.getByRole("button", { name: "Simpan peran" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(`${name} A`);
  await expect(dialog).toContainText(`${name} B`);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Simpan tulisan saya" }).click();
  await expect(page.getByRole("heading", { name: `${name} A` })).toBeVisible();

  await page.getByRole("button", { name: `Hapus peran ${name} A` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Hapus", exact: true }).click();
  await expect(page.getByText(`Peran ${name} A dihapus.`)).toBeVisible();
});

test("a second factor is set up, asked for, and turned off", async ({ page, browser }) => {
  const email = freshEmail();
  await signIn(page, GOWA_ADMIN);
  await invite(page, email, "Pengamat");
  const guest = await (await browser.newContext()).newPage();
  await guest.goto(await linkFromMail(page.request, email, "/undangan"));
  await guest.getByLabel("Nama lengkap").fill("Uji Kode");
  await guest.getByLabel("Buat kata sandi", { exact: true }).fill(DEMO_PASSWORD);
  await guest.getByLabel("Ulangi kata sandi", { exact: true }).fill(DEMO_PASSWORD);
  await guest.getByRole("button", { name: "Buat akun dan bergabung" }).click();
  await expect(guest).toHaveURL(/\/d\/73\.06$/);

  await guest.goto("/akun");
  await guest
    .getByLabel("Kata sandi", { exact: true })
    .and(guest.locator("input"))
    .fill(DEMO_PASSWORD);
  await guest.getByRole("button", { name: "Aktifkan kode keamanan" }).click();
  const secret = (await guest.locator("code").innerText()).replace(/\s/g, "");
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  await guest.getByLabel("Kode 6 angka").fill(totp.generate());
  await guest.getByRole("button", { name: "Aktifkan", exact: true }).click();
  await expect(guest.getByRole("heading", { name: "Simpan kode pemulihan" })).toBeVisible();
  const [recovery, another] = await guest.getByRole("listitem").allInnerTexts();
  if (!recovery || !another) throw new Error("there are recovery codes");
  await expectAccessible(guest);
  await guest.getByRole("button", { name: "Sudah saya simpan" }).click();

  const fresh = await (await browser.newContext()).newPage();
  await fresh.goto("/masuk");
  await fillSignIn(fresh, email, DEMO_PASSWORD);
  await fresh.getByRole("button", { name: /Pakai kode pemulihan|pakai kode pemulihan/ }).click();
  await fresh.getByLabel("Kode pemulihan").fill(recovery);
  await fresh.getByRole("button", { name: "Lanjut masuk" }).click();
  await expect(fresh).toHaveURL(/\/d\/73\.06$/);

  await guest.getByRole("button", { name: "Matikan kode keamanan" }).click();
  const dialog = guest.getByRole("dialog");
  await dialog.getByLabel("Kata sandi", { exact: true }).fill(DEMO_PASSWORD);
  await expectAccessible(guest);
  await dialog.getByLabel("Kode 6 angka atau kode pemulihan").fill(another);
  await dialog.getByRole("button", { name: "Matikan kode keamanan" }).click();
  await expect(guest.getByRole("button", { name: "Aktifkan kode keamanan" })).toBeVisible();
});
