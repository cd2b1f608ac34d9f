import { signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";
import { expect, test } from "../support/test";

// In this province live districts and others stand side by side.
const REVIEWER = "sulsel@demo.satupintu.example";

test("who is stuck is listed with the reasons, and is reminded once", async ({ page }, info) => {
  await signIn(page, REVIEWER);
  await page.goto("/pusat?tampilan=tertahan");
  await expect(page.getByRole("link", { name: "Tertahan", exact: true })).toHaveAttribute(
    "aria-current",
    "page",
  );
  const nudge = page.getByRole("button", { name: /^Ingatkan / });
  await expect(nudge.first()).toBeVisible();
  await expect(page.getByText("Belum ada koordinator yang pernah masuk").first()).toBeVisible();
  // Who runs a live centre was there.
  for (const live of ["Kabupaten Gowa", "Kota Makassar"]) {
    const row = page.getByRole("listitem").filter({ hasText: live });
    await expect(row.getByText("Belum ada koordinator yang pernah masuk")).toHaveCount(0);
  }
  await expectNoSideways(page);
  await expectAccessible(page);

  // The desktop's run reminds the first district that may be reminded, the phone's the next.
  const open = page.locator('button[aria-label^="Ingatkan "]:not([disabled])').first();
  const name = (await open.getAttribute("aria-label")) ?? "";
  await open.click();
  const dialog = page.getByRole("dialog", { name });
  await expect(dialog).toBeVisible();
  await dialog.getByLabel("Pesan Anda").fill(`Ada yang dapat kami bantu? (${info.project.name})`);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Kirim pengingat" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("button", { name, exact: true })).toBeDisabled();
  await expect(page.getByText(/Diingatkan .* oleh .*Belum dibaca\./).first()).toBeVisible();
  // Said, and where the keyboard goes on: the button that was pressed takes no focus any more.
  const done = page.getByRole("status").filter({ hasText: /^Pengingat dikirim ke / });
  await expect(done).toBeFocused();
  await expect(page.getByText(/^Dapat diingatkan lagi mulai /).first()).toBeVisible();
});

test("the filter by obstacle narrows the page and lives in the address", async ({ page }) => {
  await signIn(page, REVIEWER);
  await page.goto("/pusat?tampilan=tertahan&hambatan=never_used");
  await expect(page.getByRole("combobox", { name: "Hambatan" })).toHaveValue(
    "Akun belum pernah dipakai",
  );
  await expect(page.getByRole("button", { name: "Kosongkan saringan" })).toBeVisible();
});
