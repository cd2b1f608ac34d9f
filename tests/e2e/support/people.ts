import { expect, type Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { fillSignIn } from "./accounts";

/** Sets the password that a mailed link asks for. */
export async function setPassword(page: Page, link: string, password: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel("Kata sandi baru", { exact: true }).fill(password);
  await page.getByLabel("Ulangi kata sandi baru", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Simpan kata sandi" }).click();
  await expect(page.getByRole("heading", { name: "Kata sandi sudah diganti" })).toBeVisible();
}

/** Signs in with a role that must have a second code: it is asked for before anything else. */
export async function signInAndEnrol(page: Page, email: string, password: string): Promise<TOTP> {
  await page.goto("/masuk");
  await fillSignIn(page, email, password);
  await expect(page).toHaveURL(/\/akun\?/);
  await expect(page.getByText("wajib untuk peran Anda")).toBeVisible();
  await page.getByLabel("Kata sandi", { exact: true }).and(page.locator("input")).fill(password);
  await page.getByRole("button", { name: "Aktifkan kode keamanan" }).click();
  const secret = (await page.locator("code").innerText()).replace(/\s/g, "");
  const totp = new TOTP({ secret: Secret.fromBase32(secret) });
  await page.getByLabel("Kode 6 angka").fill(totp.generate());
  await page.getByRole("button", { name: "Aktifkan", exact: true }).click();
  await page.getByRole("button", { name: "Sudah saya simpan" }).click();
  await expect(page).not.toHaveURL(/\/akun/);
  return totp;
}
