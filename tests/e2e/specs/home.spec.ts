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
