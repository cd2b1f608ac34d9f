import { expect, type Page } from "@playwright/test";

/** Accounts every demo installation prints at start. */
export const DEMO_PASSWORD = "SatuPintu-Demo-2026";
export const GOWA_ADMIN = "admin.gowa@demo.satupintu.example";
export const MINISTRY_ADMIN = "pusat@demo.satupintu.example";

/** Signs in by hand on the sign-in page that is already open. */
export async function fillSignIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("Surel").fill(email);
  await page.getByLabel("Kata sandi", { exact: true }).fill(password);
  await page.getByRole("main").getByRole("button", { name: "Masuk", exact: true }).click();
}

/** Opens the sign-in page, signs in and waits until the workspace is there. */
export async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/masuk");
  await fillSignIn(page, email, DEMO_PASSWORD);
  await expect(page.getByRole("button", { name: /^Akun / })).toBeVisible();
}
