import { expect, test } from "@playwright/test";
import { MINISTRY_ADMIN, signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";

const REASON = "Contoh: unit layanan sedang ditata ulang.";

test("the ministry suspends a workspace; its people read why, until it is active again", async ({
  page,
  browser,
}) => {
  const officer = await (await browser.newContext()).newPage();
  await signIn(page, MINISTRY_ADMIN);
  await signIn(officer, "admin.mataram@demo.satupintu.example");
  await page.goto("/pusat/kabupaten/52.71");

  await page.getByRole("button", { name: "Hentikan sementara" }).click();
  const dialog = page.getByRole("dialog", { name: "Hentikan sementara Kota Mataram?" });
  await dialog.getByLabel("Alasan").fill("bubar");
  await dialog.getByRole("button", { name: "Hentikan sementara" }).click();
  await expect(dialog.getByText("Tuliskan alasannya")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel("Alasan").fill(REASON);
  await dialog.getByRole("button", { name: "Hentikan sementara" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText("Ruang kerja ini dihentikan sementara.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Arsipkan" })).toBeVisible();
  await expectNoSideways(page);

  await officer.goto("/d/52.71");
  await expect(officer.getByText(`Alasan: ${REASON}`)).toBeVisible();
  await expectNoSideways(officer);
  await expectAccessible(officer);
  await officer.goto("/d/52.71/profil");
  await officer.getByLabel("Alamat").fill("Jalan Contoh 1");
  await officer.getByRole("button", { name: "Simpan profil" }).click();
  await expect(officer.getByText("Ruang kerja daerah ini sedang dihentikan").first()).toBeVisible();

  await page.getByRole("button", { name: "Aktifkan kembali" }).click();
  const back = page.getByRole("dialog", { name: "Aktifkan kembali Kota Mataram?" });
  await back.getByLabel("Alasan").fill("Contoh: penataan sudah selesai.");
  await back.getByRole("button", { name: "Aktifkan kembali" }).click();
  await expect(page.getByText("Ruang kerja ini aktif")).toBeVisible();
  await officer.reload();
  await expect(officer.getByText(`Alasan: ${REASON}`)).toBeHidden();
});
