import { MINISTRY_ADMIN, signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";
import { expect, test } from "../support/test";

// A suspension without a reason.
test.use({
  expected: /^422 PUT .*\/districts\/52\.71\/standing$/,
});

const REASON = "Contoh: unit layanan sedang ditata ulang.";

test("the ministry suspends a workspace; its people read why, until it is active again", async ({
  page,
  browser,
}) => {
  const officer = await (await browser.newContext()).newPage();
  await signIn(page, MINISTRY_ADMIN);
  await signIn(officer, "admin.mataram@demo.satupintu.example");
  await page.goto("/pusat/kabupaten/52.71");

  await page.getByRole("button", { name: "Tangguhkan" }).click();
  const dialog = page.getByRole("dialog", { name: "Tangguhkan Kota Mataram?" });
  await dialog.getByLabel("Alasan").fill("bubar");
  await dialog.getByRole("button", { name: "Tangguhkan" }).click();
  await expect(dialog.getByText("Tuliskan alasannya")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Alasan").fill(REASON);
  await dialog.getByRole("button", { name: "Tangguhkan" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Ruang kerja ini ditangguhkan.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Arsipkan" })).toBeVisible();
  await expectNoSideways(page);

  await officer.goto("/d/52.71");
  await expect(officer.getByText(`Alasan: ${REASON}`)).toBeVisible();
  await expectNoSideways(officer);
  await expectAccessible(officer);
  await officer.goto("/d/52.71/profil");
  await expect(officer.getByRole("heading", { level: 1, name: "Profil unit" })).toBeVisible();
  await expect(officer.getByRole("button", { name: "Simpan profil" })).toHaveCount(0);

  await page.getByRole("button", { name: "Aktifkan kembali" }).click();
  const back = page.getByRole("dialog", { name: "Aktifkan kembali Kota Mataram?" });
  await back.getByLabel("Alasan").fill("Contoh: penataan sudah selesai.");
  await back.getByRole("button", { name: "Aktifkan kembali" }).click();
  await expect(page.getByText("Ruang kerja ini aktif")).toBeVisible();
  await officer.reload();
  await expect(officer.getByText(`Alasan: ${REASON}`)).toBeHidden();
});
