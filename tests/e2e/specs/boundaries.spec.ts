import { DEMO_PASSWORD, MINISTRY_ADMIN } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";
import { boundaryFile as file, type Ring, SQUARES, square } from "../support/boundaries";
import type { FilePayload } from "../support/form";
import { OwnSystem } from "../support/system";
import { expect, type Page, test } from "../support/test";

/** An installation of its own: the others draw the map of tiles. */
const system = new OwnSystem("--demo");

test.describe.configure({ mode: "serial" });

test.beforeAll(async () => {
  await system.start();
});

test.afterAll(async () => {
  await system.close();
});

async function open(page: Page, path: string): Promise<void> {
  await page.goto(`${system.url}/masuk`);
  await signInHere(page);
  await page.goto(`${system.url}${path}`);
}

async function signInHere(page: Page): Promise<void> {
  await page.getByLabel("Surel").fill(MINISTRY_ADMIN);
  await page.getByLabel("Kata sandi", { exact: true }).fill(DEMO_PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Masuk", exact: true }).click();
  await expect(page.getByRole("button", { name: /^Akun / })).toBeVisible();
}

async function looksRight(page: Page): Promise<void> {
  await expectNoSideways(page);
  await expectAccessible(page);
}

async function choose(page: Page, payload: FilePayload): Promise<void> {
  await page.locator('input[type="file"]').setInputFiles(payload);
  await page.getByRole("button", { name: "Periksa berkas" }).click();
}

test("a file is checked before it is loaded, and says what is wrong with it", async ({ page }) => {
  await open(page, "/pusat/batas-wilayah");
  await page.getByRole("button", { name: "Periksa berkas" }).click();
  await expect(page.getByText("Isian ini wajib.")).toBeVisible();
  const bow: Ring = [
    [119, -5],
    [120, -4],
    [120, -5],
    [119, -4],
    [119, -5],
  ];
  await choose(page, file({ "73.06": bow, "99.99": square(110, -7) }));
  await expect(page.getByText("2 hal perlu diperbaiki")).toBeVisible();
  await expect(
    page.getByText("Batas Kabupaten Gowa (73.06) memotong dirinya sendiri di 119,5000° BT"),
  ).toBeVisible();
  await expect(page.getByText("“99.99” bukan kode")).toBeVisible();
  await expect(page.getByRole("button", { name: "Terapkan ke peta" })).toHaveCount(0);
  await looksRight(page);

  await choose(page, SQUARES);
  await expect(page.getByText("Berkas dapat dipakai: 6 dari 514 kabupaten/kota.")).toBeVisible();
  await page.getByText("508 kabupaten/kota tanpa bentuk").click();
  await expect(page.getByText("33.10 Kabupaten Klaten")).toBeVisible();
  await page.getByRole("button", { name: "Terapkan ke peta" }).click();
  await expect(page.getByText("Isian ini wajib.").first()).toBeVisible();
  await page.getByLabel("Sumber").fill("Peta buatan untuk contoh");
  await page.getByLabel("Lisensi").fill("CC0");
  await looksRight(page);
  await page.getByRole("button", { name: "Terapkan ke peta" }).click();
  await expect(page.getByText("Batas wilayah dimuat.")).toBeVisible();
  await expect(page.getByText("6 dari 514")).toBeVisible();
  await looksRight(page);
});

test("districts are drawn within their boundaries, walked by keyboard and zoomed to a province", async ({
  page,
}) => {
  await open(page, "/pusat?tampilan=peta");
  const map = page.getByRole("listbox", { name: "Peta batas kabupaten dan kota" });
  const areas = map.getByRole("option");
  await expect(areas).toHaveCount(6);
  await expect(
    page.getByText("Batas wilayah: Peta buatan untuk contoh. Lisensi: CC0."),
  ).toBeVisible();
  // Who has no shape is still there.
  const rest = page.getByRole("region", { name: /tanpa bentuk di berkas/ });
  await expect(rest.getByRole("link", { name: /Klaten/ })).toBeVisible();
  await looksRight(page);

  await expect(map.locator("[role=option][tabindex='0']")).toHaveCount(1);
  await map.locator("[role=option][tabindex='0']").focus();
  await page.keyboard.press("Home");
  const selected = map.getByRole("option", { selected: true });
  await expect(selected).toHaveAccessibleName(/Surakarta/);
  await page.keyboard.press("ArrowRight");
  await expect(selected).toHaveAccessibleName(/Mataram/);
  await page.keyboard.press("End");
  await expect(selected).toHaveAccessibleName(/Makassar/);
  await page.keyboard.press("ArrowRight");
  await expect(selected).toHaveAccessibleName(/Kabupaten (Gowa|Maros)/);
  await page.getByRole("button", { name: "Perbesar Sulawesi Selatan" }).click();
  await expect(page).toHaveURL(/provinsi=/);
  await expect(areas).toHaveCount(4);
  await expect(page.getByText(/^Kembali ke seluruh Indonesia$/)).toBeVisible();
  await looksRight(page);
  await areas.filter({ hasText: /Bulukumba/ }).focus();
  await expect(page.getByRole("link", { name: "Buka Kabupaten Bulukumba" })).toBeVisible();
  await page.getByRole("button", { name: "Kembali ke seluruh Indonesia" }).click();
  await expect(areas).toHaveCount(6);
  await areas.filter({ hasText: /Kabupaten Gowa/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/pusat\/kabupaten\/73\.06/);
});

test("tiles stay a choice that a link carries", async ({ page }) => {
  await open(page, "/pusat?tampilan=peta&keadaan=live");
  await page.getByRole("link", { name: "Petak", exact: true }).click();
  await expect(page).toHaveURL(/bentuk=petak/);
  await expect(page.getByRole("listbox", { name: "Peta petak kabupaten dan kota" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("link", { name: "Petak", exact: true })).toHaveAttribute(
    "aria-current",
    "page",
  );
  await looksRight(page);
  await page.getByRole("link", { name: "Batas wilayah", exact: true }).last().click();
  await expect(page.getByRole("listbox", { name: "Peta batas kabupaten dan kota" })).toBeVisible();
  await expect(page).toHaveURL(/keadaan=live/);
});

test("without boundaries the map is one of tiles again", async ({ page }) => {
  await open(page, "/pusat/batas-wilayah");
  await page.getByRole("button", { name: "Hapus batas wilayah" }).click();
  const dialog = page.getByRole("dialog");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Hapus batas wilayah" }).click();
  await expect(page.getByText("Batas wilayah dihapus.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Belum ada batas wilayah" })).toBeVisible();
  await page.goto(`${system.url}/pusat?tampilan=peta`);
  await expect(page.getByRole("listbox", { name: "Peta petak kabupaten dan kota" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Petak", exact: true })).toHaveCount(0);
  await page.goto(`${system.url}/pusat/jejak-audit`);
  const events = page.getByRole("list", { name: "Kejadian, yang terbaru lebih dahulu" });
  await expect(events.getByText("menghapus batas wilayah dari peta").first()).toBeVisible();
  await expect(events.getByText("memuat batas wilayah untuk peta").first()).toBeVisible();
});
