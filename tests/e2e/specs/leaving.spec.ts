import { GOWA_ADMIN, MINISTRY_ADMIN, signIn } from "../support/accounts";
import { expectAccessible } from "../support/axe";
import { expect, type Page, test } from "../support/test";

/** Answers the question that stands before what was written is lost. */
async function answer(page: Page, title: string, button: string): Promise<void> {
  const question = page.getByRole("dialog", { name: title });
  await expect(question).toBeVisible();
  await question.getByRole("button", { name: button }).click();
}

test("a half-written announcement is not left unasked", async ({ page }) => {
  await signIn(page, MINISTRY_ADMIN);
  await page.goto("/pusat/pengumuman");
  await page.getByRole("link", { name: "Tulis pengumuman" }).click();
  await page.getByLabel("Judul").fill("Setengah jadi");
  await page.getByRole("link", { name: "Semua pengumuman" }).click();
  await expect(page.getByRole("dialog", { name: "Tinggalkan laman ini?" })).toBeVisible();
  await expectAccessible(page);
  await answer(page, "Tinggalkan laman ini?", "Lanjut mengisi");
  await page.goBack();
  await answer(page, "Tinggalkan laman ini?", "Lanjut mengisi");
  await expect(page).toHaveURL(/\/pusat\/pengumuman\/tulis$/);
  await expect(page.getByLabel("Judul")).toHaveValue("Setengah jadi");
  await page.goBack();
  await answer(page, "Tinggalkan laman ini?", "Buang isian");
  await expect(page).toHaveURL(/\/pusat\/pengumuman$/);
  // Nothing was written: nothing is asked.
  await page.getByRole("link", { name: "Tulis pengumuman" }).click();
  await page.getByRole("link", { name: "Semua pengumuman" }).click();
  await expect(page).toHaveURL(/\/pusat\/pengumuman$/);
});

test("a half-filled dialog is not closed unasked", async ({ page }) => {
  await signIn(page, GOWA_ADMIN);
  // By a link, so that the way back is the program's own.
  await page.goto("/d/73.06");
  await page.getByRole("link", { name: "Anggaran PKSAI dalam DPA" }).click();
  await page
    .getByRole("button", { name: /^Tambah bukti/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog", { name: /^Bukti untuk/ });
  await dialog.getByRole("textbox", { name: "Judul" }).fill("Setengah jadi");
  await page.keyboard.press("Escape");
  await expectAccessible(page);
  await answer(page, "Buang isian ini?", "Lanjut mengisi");
  await page.goBack();
  await answer(page, "Buang isian ini?", "Lanjut mengisi");
  await expect(page).toHaveURL(/\/regulasi/);
  await expect(dialog.getByRole("textbox", { name: "Judul" })).toHaveValue("Setengah jadi");
  await page.keyboard.press("Escape");
  await answer(page, "Buang isian ini?", "Buang isian");
  await expect(dialog).toBeHidden();
});
