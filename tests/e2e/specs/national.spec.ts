import { MINISTRY_ADMIN, signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";
import { choose } from "../support/form";
import { expect, type Locator, type Page, test } from "../support/test";

const PROVINCE_REVIEWER = "jateng@demo.satupintu.example";

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 2, name: /kabupaten\/kota$/ })).toBeVisible();
}

/** Presses Tab until that has the focus; every stop on the way is one that can be seen. */
async function tabTo(page: Page, place: Locator, key = "Tab"): Promise<void> {
  for (let step = 0; step < 120; step += 1) {
    await page.keyboard.press(key);
    const seen = await page.evaluate(() => {
      const box = document.activeElement?.getBoundingClientRect();
      return !box || document.activeElement === document.body || box.width * box.height > 1;
    });
    expect(seen, "what has the focus can be seen").toBe(true);
    if (await place.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`120 stops, and none is ${place}`);
}

for (const [view, name] of [
  ["matriks", "Matriks"],
  ["peta", "Peta"],
  ["tabel", "Tabel"],
]) {
  test(`${name} reads well for everyone`, async ({ page }) => {
    await signIn(page, MINISTRY_ADMIN);
    await open(page, `/pusat?tampilan=${view}`);
    await expect(page.getByRole("link", { name, exact: true })).toHaveAttribute(
      "aria-current",
      "page",
    );
    // With whatever the address says of the view. One link: the menu that is folded away on phones is out of reach.
    await expect(page.getByRole("link", { name: "Nasional", exact: true })).toHaveAttribute(
      "aria-current",
      "page",
    );
    await expectNoSideways(page);
    await expectAccessible(page);
  });
}

test("filters narrow every figure and live in the address, so a view can be sent", async ({
  page,
}) => {
  await signIn(page, MINISTRY_ADMIN);
  await open(page, "/pusat");
  const reached = page
    .getByRole("table")
    .first()
    .getByRole("row", { name: /^Komitmen/ });
  await expect(reached).toContainText("dari 111");
  await choose(page, page.getByRole("combobox", { name: "Provinsi" }), "Sulawesi Selatan");
  await expect(page).toHaveURL(/provinsi=/);
  await choose(page, page.getByRole("combobox", { name: "Status" }), "Diluncurkan");
  await expect(page.getByRole("heading", { name: "2 kabupaten/kota" })).toBeVisible();
  await expect(reached).toContainText("2");
  await expect(reached).not.toContainText("dari 111");
  await page.reload();
  await expect(page.getByRole("heading", { name: "2 kabupaten/kota" })).toBeVisible();
  await page.getByRole("button", { name: "Kosongkan saringan" }).click();
  await expect(page).toHaveURL(/\/pusat$/);
});

test("a heading sorts the matrix and says so", async ({ page }) => {
  await signIn(page, MINISTRY_ADMIN);
  await open(page, "/pusat?keadaan=live");
  const names = page.getByRole("table").last().getByRole("rowheader");
  await expect(names.first()).toContainText("Klaten");
  await page
    .getByRole("columnheader", { name: /^Daerah|^Kabupaten/ })
    .getByRole("button")
    .click();
  await expect(page).toHaveURL(/urut=name/);
  await expect(names.first()).toContainText("Gowa");
  await expect(page.locator('th[aria-sort="ascending"]')).toHaveCount(1);
});

test("the map is walked with arrow keys and says what is at hand", async ({ page }) => {
  await signIn(page, MINISTRY_ADMIN);
  await open(page, "/pusat?tampilan=peta");
  const tiles = page.getByRole("option");
  await expect(tiles).toHaveCount(14);
  await expect(page.locator("[role=option][tabindex='0']")).toHaveCount(1);
  await page.locator("[role=option][tabindex='0']").focus();
  await page.keyboard.press("End");
  await expect(page.getByRole("option", { selected: true })).toHaveAccessibleName(/^Kota Parepare/);
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("option", { selected: true })).toHaveAccessibleName(/^Kota Makassar/);
  await page.keyboard.press("Home");
  await expect(page.getByRole("option", { selected: true })).toHaveAccessibleName(/diundang/);
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { selected: true })).toHaveCount(1);
  await tiles.filter({ hasText: "3" }).last().click();
  await page.getByRole("link", { name: "Buka Kota Makassar" }).click();
  await expect(page).toHaveURL(/\/pusat\/kabupaten\/73\.71/);
});

test("everything is done with the keyboard alone, from the top of the page", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, MINISTRY_ADMIN);
  await open(page, "/pusat");
  // As a page that was just opened: nothing has the focus.
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const focused = page.locator(":focus");

  // A filter: its list opens with an arrow and is left with Enter.
  await tabTo(page, page.getByRole("combobox", { name: "Provinsi" }));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.type("Sulawesi Sel");
  await expect(page.getByRole("option", { name: "Sulawesi Selatan" })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/provinsi=/);
  await expect(focused).toHaveAccessibleName("Provinsi");
  const heads = page.getByRole("table").last().getByRole("rowheader");
  await expect(heads.filter({ hasText: "Jawa" })).toHaveCount(0);

  // A column of the matrix sorts, keeps the focus and sorts the other way.
  const byName = page.getByRole("columnheader", { name: /^Daerah|^Kabupaten/ }).getByRole("button");
  await tabTo(page, byName);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/urut=name/);
  await expect(byName).toBeFocused();
  await page.keyboard.press("Space");
  await expect(page).toHaveURL(/urut=-name/);
  await expect(page.locator('th[aria-sort="descending"]')).toHaveCount(1);

  // Back to the views, which stand above it.
  const stuck = page.getByRole("link", { name: "Tertahan", exact: true });
  await tabTo(page, stuck, "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/tampilan=tertahan/);
  await expect(stuck).toHaveAttribute("aria-current", "page");
  await expect(stuck).toBeFocused();

  // A district's dialog opens, holds the focus, and gives it back.
  const nudge = page.locator('button[aria-label^="Ingatkan "]:not([disabled])').first();
  const name = (await nudge.getAttribute("aria-label")) ?? "";
  await tabTo(page, nudge);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name });
  await expect(dialog).toBeVisible();
  for (let step = 0; step < 6; step += 1) {
    await page.keyboard.press("Tab");
    await expect(dialog.locator(":focus")).toHaveCount(1);
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(nudge).toBeFocused();

  // And goes on from there.
  await page.keyboard.press("Tab");
  await expect(focused).not.toHaveAccessibleName(name);
  await expect(focused).toHaveCount(1);
});

test("a province sees its own, without the nation's plan", async ({ page }) => {
  await signIn(page, PROVINCE_REVIEWER);
  await expect(
    page.getByRole("heading", { level: 1, name: "Provinsi Jawa Tengah", exact: true }),
  ).toBeVisible();
  await expect(page.getByRole("rowheader", { name: /Kota Surakarta/ })).toBeVisible();
  await expect(page.getByText("Sulawesi Selatan")).toHaveCount(0);
  await expect(page.getByText("dari 111")).toHaveCount(0);
  await expect(page.getByRole("combobox", { name: "Provinsi" })).toHaveCount(0);
  await expectNoSideways(page);
});
