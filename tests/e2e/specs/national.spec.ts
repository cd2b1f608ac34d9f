import { expect, type Page, test } from "@playwright/test";
import { MINISTRY_ADMIN, signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";
import { choose } from "../support/form";

const PROVINCE_REVIEWER = "jateng@demo.satupintu.example";

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await expect(page.getByRole("heading", { level: 2, name: /kabupaten\/kota$/ })).toBeVisible();
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
  await choose(page, page.getByRole("combobox", { name: "Status" }), "Aktif");
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

test("a province sees its own, without the nation's plan", async ({ page }) => {
  await signIn(page, PROVINCE_REVIEWER);
  await expect(page.getByRole("heading", { level: 1, name: "Provinsi Jawa Tengah" })).toBeVisible();
  await expect(page.getByRole("rowheader", { name: /Kota Surakarta/ })).toBeVisible();
  await expect(page.getByText("Sulawesi Selatan")).toHaveCount(0);
  await expect(page.getByText("dari 111")).toHaveCount(0);
  await expect(page.getByRole("combobox", { name: "Provinsi" })).toHaveCount(0);
  await expectNoSideways(page);
});
