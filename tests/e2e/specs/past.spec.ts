import { GOWA_ADMIN, MINISTRY_ADMIN, signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";
import { choose } from "../support/form";
import { expect, type Page, test } from "../support/test";

// A day that is not over, and one of which nothing is kept.
test.use({
  expected: /^(422|404) GET .*\/past-readiness\?date=/,
});

/** A day some days from now in Gowa (ISO): the demo's districts had handed in what they have, and nobody had looked at it. */
function inDays(count: number): string {
  const day = new Date(Date.now() + count * 86_400_000);
  return new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Makassar" }).format(day);
}

const typed = (iso: string) => iso.split("-").map(Number).reverse().join("/");
const long = (iso: string) =>
  new Intl.DateTimeFormat("id-ID", { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso));

async function looksRight(page: Page, shot: string): Promise<void> {
  await expectNoSideways(page);
  await expectAccessible(page);
  const folder = process.env.SHOTS;
  if (folder) {
    const width = page.viewportSize()?.width ?? 0;
    await page.screenshot({ path: `${folder}/${shot}-${width}.png`, fullPage: true });
  }
}

const marked = (page: Page, day: string) =>
  page.getByText(`Ini keadaan pada akhir ${long(day)}, bukan hari ini`);

test("a district looks at a past day, which its address names, and comes back to today", async ({
  page,
}) => {
  await signIn(page, GOWA_ADMIN);
  await page.goto("/d/73.06");
  await page.getByRole("link", { name: "Lihat keadaan pada tanggal lain" }).click();
  await expect(
    page.getByRole("heading", { level: 1, name: "Keadaan Kabupaten Gowa pada tanggal lain" }),
  ).toBeVisible();
  await looksRight(page, "keadaan-kosong");

  const day = inDays(-14);
  await page.getByLabel("Keadaan pada tanggal").fill(typed(day));
  await expect(marked(page, day)).toBeVisible();
  await expect(page).toHaveURL(new RegExp(`tanggal=${day}`));
  await expect(page.getByText("Diukur dengan Standar PKSAI 1.0, yang berlaku")).toBeVisible();
  await expect(page.getByText("0% terverifikasi").first()).toBeVisible();
  await looksRight(page, "keadaan");

  // What counted then, item by item; nothing to work on.
  const open = page.getByRole("button", { name: "Lihat butir Regulasi" });
  await open.focus();
  await page.keyboard.press("Enter");
  const item = page.getByRole("listitem").filter({ hasText: "REG-1 " });
  await expect(item.getByText("Ada, belum diverifikasi")).toBeVisible();
  await expect(item.getByText(/menunggu verifikasi$/)).toBeVisible();
  await expect(page.getByRole("button", { name: /Tambah bukti|Tarik|Tentukan/ })).toHaveCount(0);
  await looksRight(page, "keadaan-butir");

  // The version stays in the address too.
  await choose(
    page,
    page.getByRole("combobox", { name: "Diukur dengan" }),
    "Versi 1.0, dihitung penuh",
  );
  await expect(page).toHaveURL(/standar=/);
  await page.reload();
  await expect(marked(page, day)).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Diukur dengan" })).toHaveValue(
    "Versi 1.0, dihitung penuh",
  );

  // Days that are not over, and days of which nothing is kept.
  await page.getByLabel("Keadaan pada tanggal").fill(typed(inDays(0)));
  await expect(page.getByText("Pilih tanggal sebelum hari ini.").last()).toBeVisible();
  await expect(page.getByLabel("Keadaan pada tanggal")).toHaveAttribute("aria-invalid", "true");
  await page.goto("/d/73.06/keadaan?tanggal=2026-01-02");
  await expect(page.getByRole("alert")).toContainText("Keadaan pada hari itu tidak tersimpan");
  await looksRight(page, "keadaan-tidak-tersimpan");

  await page.getByRole("link", { name: "Kembali ke keadaan hari ini" }).click();
  await expect(page).toHaveURL(/\/d\/73\.06$/);
});

test("who oversees a district opens a past day from a link", async ({ page }) => {
  const day = inDays(-14);
  await signIn(page, MINISTRY_ADMIN);
  await page.goto("/pusat/kabupaten/73.06");
  await page.getByRole("link", { name: "Lihat keadaan pada tanggal lain" }).click();
  await expect(page.getByLabel("Keadaan pada tanggal")).toBeVisible();
  await page.goto(`/pusat/kabupaten/73.06/keadaan?tanggal=${day}`);
  await expect(marked(page, day)).toBeVisible();
  await looksRight(page, "keadaan-pusat");
  await page.getByRole("link", { name: "Kembali ke keadaan hari ini" }).click();
  await expect(
    page.getByRole("heading", { level: 1, name: "Kesiapan Kabupaten Gowa" }),
  ).toBeVisible();
});
