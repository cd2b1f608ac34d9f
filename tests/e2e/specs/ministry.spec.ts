import { MINISTRY_ADMIN, signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";
import { choose } from "../support/form";
import { expect, type Page, test } from "../support/test";

/** A district of its own for each screen size. */
const DISTRICTS = {
  desktop: { code: "33.29", name: "Kabupaten Brebes" },
  phone: { code: "33.28", name: "Kabupaten Tegal" },
} as const;

async function looksRight(page: Page): Promise<void> {
  await expectNoSideways(page);
  await expectAccessible(page);
}

test("the ministry records an invitation, takes it back, and reads both in its trail", async ({
  page,
}, info) => {
  const { code, name } = DISTRICTS[info.project.name as keyof typeof DISTRICTS];
  await signIn(page, MINISTRY_ADMIN);
  await page.goto("/pusat/kabupaten");
  await page.getByRole("button", { name: "Catat undangan" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Catat undangan" }).click();
  await expect(dialog.getByText("Isian ini wajib.").first()).toBeVisible();
  await choose(page, dialog.getByRole("combobox", { name: "Provinsi" }), "Jawa Tengah");
  await choose(page, dialog.getByRole("combobox", { name: "Kabupaten/kota" }), name);
  await dialog.getByLabel("Tanggal surat undangan").fill("5/1/2026");
  await dialog.getByLabel("Nomor surat").fill("005/CONTOH/2026");
  await dialog.getByLabel("Gelombang replikasi").fill("2");
  await dialog.getByLabel("Sumber").fill("Surat contoh kementerian");
  await looksRight(page);
  await dialog.getByRole("button", { name: "Catat undangan" }).click();
  await expect(page.getByText(`Undangan ${name} tercatat.`)).toBeVisible();
  await expect(page.getByText("gelombang 2").first()).toBeVisible();
  await looksRight(page);
  await page.getByRole("button", { name: `Tarik undangan ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Tarik" }).click();
  await expect(page.getByText(`Undangan ${name} ditarik.`)).toBeFocused();

  await page.goto("/pusat/jejak-audit");
  const events = page.getByRole("list", { name: "Kejadian, yang terbaru lebih dahulu" });
  await expect(events.getByRole("listitem").first()).toContainText("menarik undangan daerah");
  await expect(events.getByRole("listitem").nth(1)).toContainText("mencatat undangan daerah");
  await looksRight(page);
  await events
    .getByRole("listitem")
    .first()
    .getByRole("link", { name: /^Riwayat/ })
    .click();
  await expect(page.getByText(`Hanya perubahan pada undangan daerah “${code}”.`)).toBeVisible();
  await page.reload();
  await expect(events.getByRole("listitem")).toHaveCount(2);
  await choose(page, page.getByRole("combobox", { name: "Jenis data" }), "Akun");
  await expect(events.getByRole("listitem").first()).toContainText("masuk");
  await looksRight(page);
});
