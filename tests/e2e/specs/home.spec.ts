import { signIn } from "../support/accounts";
import { lookAt } from "../support/axe";
import { expect, test } from "../support/test";

/** What the first step on the home of a district that prepares is offered as, by the local part of the account. */
const OFFERS = {
  admin: "Kerjakan",
  supervisor: "Kerjakan",
  data: "Kerjakan",
  manajerkasus: "Lihat",
  peksos: "Lihat",
  pengamat: "Lihat",
  penjangkauan: null,
  opd: null,
} as const;

for (const [local, offer] of Object.entries(OFFERS)) {
  test(`home offers what this person may do: ${local}`, async ({ page }) => {
    await signIn(page, `${local}.bulukumba@demo.satupintu.example`);
    await page.goto("/d/73.02");
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await expect(page.locator("main .mantine-Skeleton-root")).toHaveCount(0);
    const work = page.getByRole("link", { name: /^Kerjakan: / });
    const look = page.getByRole("link", { name: /^Lihat: / });
    if (offer) await expect(work.or(look).first()).toHaveText(offer);
    await expect(work).toHaveCount(offer === "Kerjakan" ? 5 : 0);
    await expect(look).toHaveCount(offer === "Lihat" ? 5 : 0);
    await lookAt(page);
  });
}

test("on a phone the menu opens with all there is, and folded away nobody trips over it", async ({
  page,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await signIn(page, "admin.bulukumba@demo.satupintu.example");
  await page.goto("/d/73.02");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const menu = page.getByRole("navigation", { name: "Navigasi utama" });
  const opener = page.getByRole("button", { name: "Menu" });
  await expect(menu).toBeHidden();
  await opener.click();
  await expect(menu).toBeInViewport();
  // From the opener on, every entry is on the way of the Tab key.
  const last = menu.getByRole("link").last();
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press("Tab");
    if (await last.evaluate((link) => link === document.activeElement)) break;
  }
  await expect(last).toBeFocused();
  await lookAt(page);
  await opener.click();
  await expect(menu).toBeHidden();
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest("nav") ?? null))
    .toBe(null);
  await opener.click();
  await menu.getByRole("link", { name: "Regulasi" }).click();
  await expect(menu).toBeHidden();
});
