import { MINISTRY_ADMIN, signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";
import { expect, type Page, test } from "../support/test";

// A wave that lacks something.
test.use({
  expected: /^422 POST .*\/oversight\/waves$/,
});

/** Both sizes plan in the same installation: each has its own year. */
const year = (page: Page) => (page.viewportSize()?.width === 360 ? "2031" : "2032");

test("a wave is planned, stands against what happened, filters and is given up", async ({
  page,
}) => {
  await signIn(page, MINISTRY_ADMIN);
  await page.goto("/pusat");
  await page.getByRole("button", { name: "Rencanakan gelombang" }).click();
  const dialog = page.getByRole("dialog", { name: "Rencanakan gelombang" });
  await dialog.getByLabel("Tahun").fill(year(page));
  await dialog.getByLabel("Gelombang ke-").fill("1");
  await dialog.getByLabel("Mulai").fill(`1/2/${year(page)}`);
  await dialog.getByLabel("Paling lambat").fill(`31/1/${year(page)}`);
  const district = year(page) === "2031" ? "Kabupaten Maros" : "Kota Parepare";
  await dialog.getByRole("combobox", { name: "Kabupaten/kota" }).fill(district.split(" ")[1] ?? "");
  await page.getByRole("option", { name: district }).click();
  await dialog.getByRole("button", { name: "Simpan" }).click();
  await expect(dialog.getByText("Tanggal target tidak boleh sebelum tanggal mulai.")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Paling lambat").fill(`31/12/${year(page)}`);
  await dialog.getByRole("button", { name: "Simpan" }).click();
  await expect(dialog).toBeHidden();

  const name = `Gelombang 1 tahun ${year(page)}`;
  const wave = page.getByRole("listitem").filter({ hasText: name });
  await expect(wave.getByText("dari 1 daerah")).toBeVisible();
  await expect(wave.getByText(/Mulai [\d.]+ hari lagi\./)).toBeVisible();
  await expectNoSideways(page);
  await wave.getByRole("link", { name }).click();
  await expect(page).toHaveURL(/gelombang=/);
  await expect(page.getByRole("heading", { name: "1 kabupaten/kota" })).toBeVisible();
  await expect(page.getByRole("combobox", { name: "Gelombang" })).toHaveValue(name);
  await expectAccessible(page);

  await page.getByRole("button", { name: `Ubah ${name}` }).click();
  const edit = page.getByRole("dialog", { name: "Ubah gelombang" });
  await edit.getByRole("button", { name: "Hapus gelombang" }).click();
  const sure = page.getByRole("dialog", { name: "Hapus gelombang ini?" });
  await sure.getByRole("button", { name: "Hapus gelombang" }).click();
  await expect(sure).toBeHidden();
  await page.goto("/pusat");
  await expect(page.getByRole("heading", { name: "Gelombang replikasi" })).toBeVisible();
  await expect(page.getByText(name)).toBeHidden();
});
