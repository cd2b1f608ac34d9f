import { GOWA_ADMIN, signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";
import { addRow, fill } from "../support/form";
import { expect, type Page, test } from "../support/test";

// Who saves second is told so.
test.use({ expected: /^412 PUT .*\/setup\// });

const SUPERVISOR = "supervisor.gowa@demo.satupintu.example";
const MINE = "Anak diterima satu pintu, tanpa harus bercerita dua kali.";
const THEIRS = "Setiap pengaduan dicatat dan dijawab pada hari yang sama.";

async function saved(page: Page): Promise<void> {
  await expect(page.getByText(/^Tersimpan /)).toBeVisible();
}

test("two people write one SOP: the second sees both versions, and neither loses text", async ({
  page,
  browser,
}) => {
  const name = `SOP uji ${Date.now()}`;
  await signIn(page, GOWA_ADMIN);
  await page.goto("/d/73.06/mekanisme-kerja");
  await page.getByRole("button", { name: "Tambah SOP" }).click();
  const mine = page.getByRole("main");
  await fill(mine, { "Jenis SOP": "Pengaduan", "Nama SOP": name });
  await saved(page);
  await expect(page).not.toHaveURL(/baru=true/);

  const other = await (
    await browser.newContext({ viewport: page.viewportSize(), locale: "id-ID" })
  ).newPage();
  await signIn(other, SUPERVISOR);
  await other.goto(page.url());
  const theirs = other.getByRole("main");
  await expect(other.getByRole("textbox", { name: "Nama SOP" })).toHaveValue(name);
  await fill(theirs, { Tujuan: THEIRS, Catatan: "Ditinjau di rapat Pokja." });
  await saved(other);

  // The first goes on with what is on the screen, which is no longer what is stored.
  await fill(mine, { Tujuan: MINE });
  await addRow(mine, "Tambah langkah", { Simbol: "Mulai", Kegiatan: "Menerima anak" });
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Anda dan orang lain mengubah isian yang sama");
  await expect(dialog).toContainText(MINE);
  await expect(dialog).toContainText(THEIRS);
  await expectAccessible(page);
  await expectNoSideways(page);
  await dialog.getByRole("radio", { name: "Simpan keduanya" }).check();
  await dialog.getByRole("button", { name: "Simpan pilihan" }).click();
  await expect(dialog).toBeHidden();
  await saved(page);

  // Stored: both purposes, the other's note, and the step that was written meanwhile.
  await other.reload();
  const purpose = other.getByRole("textbox", { name: "Tujuan", exact: true });
  await expect(purpose).toHaveValue(new RegExp(MINE));
  await expect(purpose).toHaveValue(new RegExp(THEIRS));
  await expect(other.getByRole("textbox", { name: "Catatan", exact: true })).toHaveValue(
    "Ditinjau di rapat Pokja.",
  );
  await expect(other.getByText("1. Menerima anak")).toBeVisible();

  // Another field of the same SOP at the same time needs no choice at all.
  await fill(theirs, { "Nomor SOP": "07/contoh" });
  await saved(other);
  await fill(mine, { Peringatan: ["Tanpa SOP ini anak bercerita berulang."] });
  await expect(page.getByText(/baru saja mengubah .*Nomor SOP/)).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Nomor SOP" })).toHaveValue("07/contoh");

  await page.getByRole("button", { name: "Arsipkan" }).click();
  await expect(page.getByText(`“${name}” diarsipkan.`)).toBeVisible();
});
