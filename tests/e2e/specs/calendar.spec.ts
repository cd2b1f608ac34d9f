import { readFileSync } from "node:fs";
import { GOWA_ADMIN, MINISTRY_ADMIN, signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways, lookAt } from "../support/axe";
import { csvLines, take, workbook } from "../support/files";
import { choose } from "../support/form";
import { expect, type Page, test } from "../support/test";

// What the service finds wrong with a form, and who saves second.
test.use({ expected: /^(422 POST .*\/(events|answer)|412 PUT .*\/events\/[^/]+)$/ });

const WORKER = "peksos.gowa@demo.satupintu.example";
const PROVINCE = "sulsel@demo.satupintu.example";
const BULUKUMBA_ADMIN = "admin.bulukumba@demo.satupintu.example";

/** Fills what every event needs. */
async function fillEvent(page: Page, title: string): Promise<void> {
  await page.getByLabel("Nama kegiatan").fill(title);
  await page.getByRole("textbox", { name: "Mulai", exact: true }).fill("5/2/2030");
  await page.getByRole("textbox", { name: "Selesai", exact: true }).fill("5/2/2030");
  await page.getByRole("textbox", { name: "Batas pendaftaran", exact: true }).fill("1/2/2030");
  await page.getByLabel("Tempat").fill("Aula contoh");
}

/** The lines of the calendar file that the page hands out, unfolded. */
async function calendarFile(page: Page): Promise<string[]> {
  const waiting = page.waitForEvent("download");
  await page.getByRole("button", { name: "Simpan ke kalender" }).click();
  const file = await waiting;
  expect(file.suggestedFilename()).toBe("kegiatan-2030-02-05.ics");
  const text = readFileSync(await file.path(), "utf8");
  return text.replaceAll("\r\n ", "").split("\r\n");
}

test("an event is offered, answered, changed and cancelled", async ({ browser }, info) => {
  test.slow();
  const title = `Contoh pelatihan (${info.project.name})`;
  const [organisers, guests] = [await browser.newContext(), await browser.newContext()];
  const organiser = await organisers.newPage();
  await signIn(organiser, MINISTRY_ADMIN);
  await organiser.goto("/pusat/kalender");
  await lookAt(organiser);
  await organiser.getByRole("link", { name: "Buat kegiatan" }).click();
  await organiser.getByRole("button", { name: "Periksa sebelum mengundang" }).click();
  await expect(organiser.getByText("Isian ini wajib.").first()).toBeVisible();
  await expect(organiser.getByLabel("Nama kegiatan")).toBeFocused();
  await fillEvent(organiser, title);
  await organiser.getByLabel("Daring").fill("http://contoh.example");
  await organiser.getByRole("radio", { name: "Daerah tertentu" }).check();
  // Nothing chosen is not everybody.
  const check = organiser.getByRole("button", { name: "Periksa sebelum mengundang" });
  await expect(check).toBeDisabled();
  const districts = organiser.getByRole("combobox", { name: "Kabupaten/kota" });
  await choose(organiser, districts, "Kabupaten Gowa, Sulawesi Selatan");
  await lookAt(organiser);
  await check.click();
  const dialog = organiser.getByRole("dialog", { name: "Undang daerah ke kegiatan ini?" });
  await expect(dialog.getByText("5 Februari 2030, 08.00–16.00 WIB")).toBeVisible();
  await expect(dialog.getByText(/Akan diterima \d+ orang di 1 daerah/)).toBeVisible();
  await expectAccessible(organiser);
  // What is wrong is said at its field, and nobody was invited.
  await dialog.getByRole("button", { name: "Undang daerah" }).click();
  await expect(organiser.getByText("Tulis alamat lengkap yang diawali https://.")).toBeVisible();
  await organiser.getByLabel("Daring").fill("https://contoh.example/rapat");
  await check.click();
  await dialog.getByRole("button", { name: "Undang daerah" }).click();
  await expect(organiser.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(organiser.getByText(/^0 dari 1 daerah ikut, 0 tidak ikut, 1 belum/)).toBeVisible();
  await lookAt(organiser);

  // The bell leads the coordinator to it; the time is that of the district too.
  const guest = await guests.newPage();
  await signIn(guest, GOWA_ADMIN);
  await guest.getByRole("button", { name: /^Pemberitahuan/ }).click();
  await guest.getByRole("link", { name: `Undangan: ${title}` }).click();
  await expect(guest.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(guest.getByText("5 Februari 2030, 08.00–16.00 WIB")).toBeVisible();
  await expect(guest.getByText("09.00–17.00 WITA")).toBeVisible();
  await expect(guest.getByText("1 Februari 2030, pukul 17.00 WITA")).toBeVisible();
  await lookAt(guest);
  await guest.getByRole("button", { name: "Daftarkan peserta" }).click();
  await expect(guest.getByText("Wajib diisi.")).toBeVisible();
  await choose(
    guest,
    guest.getByRole("combobox", { name: "Nama peserta 1" }),
    "Contoh Pekerja sosial Gowa",
  );
  await expect(guest.getByLabel("Jabatan peserta 1")).toHaveValue("Pekerja sosial");
  await guest.getByRole("button", { name: "Tambah peserta" }).click();
  await expect(guest.getByRole("button", { name: "Tambah peserta" })).toBeDisabled();
  const second = guest.getByRole("combobox", { name: "Nama peserta 2" });
  await second.fill("Contoh Peserta Tanpa Akun");
  await second.press("Tab");
  await guest.getByLabel("Jabatan peserta 2").fill("Kepala seksi");
  await lookAt(guest);
  await guest.getByRole("button", { name: "Daftarkan peserta" }).click();
  await expect(guest.getByText("2 peserta terdaftar")).toBeVisible();
  await expect(
    guest.getByRole("status").filter({ hasText: "Jawaban Anda terkirim ke penyelenggara." }),
  ).toBeFocused();
  await expect(guest.getByText("Contoh Peserta Tanpa Akun, Kepala seksi")).toBeVisible();
  await lookAt(guest);
  const first = await calendarFile(guest);
  const uid = first.find((line) => line.startsWith("UID:"));
  expect(first).toEqual(
    expect.arrayContaining([
      "BEGIN:VCALENDAR",
      "SEQUENCE:1",
      "DTSTART:20300205T010000Z",
      "DTEND:20300205T090000Z",
      `SUMMARY:${title}`,
      "STATUS:CONFIRMED",
      "END:VCALENDAR",
    ]),
  );
  await guest.getByRole("link", { name: "Semua kegiatan" }).click();
  await expect(guest.getByRole("link", { name: title })).toBeVisible();
  await lookAt(guest);

  // The organiser sees who comes, and takes it along.
  await organiser.reload();
  await expect(organiser.getByText("Contoh Peserta Tanpa Akun, Kepala seksi")).toBeVisible();
  await lookAt(organiser);
  const csv = await take(organiser, "Jawaban daerah", "CSV");
  expect(csv.name).toMatch(/^peserta-kegiatan-\d{4}-\d{2}-\d{2}\.csv$/);
  const lines = csvLines(csv.bytes);
  expect(lines.slice(1).map((line) => line.slice(0, 6))).toEqual([
    [
      "73.06",
      "Kabupaten Gowa",
      "Sulawesi Selatan",
      "2 peserta terdaftar",
      "Contoh Pekerja sosial Gowa",
      "Pekerja sosial",
    ],
    [
      "73.06",
      "Kabupaten Gowa",
      "Sulawesi Selatan",
      "2 peserta terdaftar",
      "Contoh Peserta Tanpa Akun",
      "Kepala seksi",
    ],
  ]);
  const xlsx = workbook((await take(organiser, "Jawaban daerah", "XLSX")).bytes);
  expect(xlsx.get("Peserta")?.rows).toHaveLength(3);

  // Moved, it is told of; who looks sees the new place, and the calendar's own entry is replaced.
  await organiser.getByRole("link", { name: "Ubah" }).click();
  await expect(organiser.getByLabel("Nama kegiatan")).toHaveValue(title);
  await organiser.getByLabel("Tempat").fill("Aula contoh lain");
  await lookAt(organiser);
  await organiser.getByRole("button", { name: "Simpan perubahan" }).click();
  await expect(organiser.getByText("Aula contoh lain", { exact: true })).toBeVisible();
  await guest.getByRole("button", { name: /^Pemberitahuan/ }).click();
  await guest.getByRole("link", { name: `Perubahan kegiatan: ${title}` }).click();
  await expect(guest.getByText("Aula contoh lain", { exact: true })).toBeVisible();

  await organiser.getByRole("button", { name: "Batalkan kegiatan" }).click();
  const cancel = organiser.getByRole("dialog", { name: "Batalkan kegiatan ini?" });
  await cancel.getByLabel("Alasan").fill("Contoh alasan.");
  await expectAccessible(organiser);
  await expect(cancel.getByRole("button", { name: "Tutup, jangan batalkan" })).toBeVisible();
  await expect(cancel.getByRole("button", { name: "Batal", exact: true })).toHaveCount(0);
  await cancel.getByRole("button", { name: "Batalkan kegiatan" }).click();
  await expect(organiser.getByText("Kegiatan ini dibatalkan")).toBeVisible();
  await expect(organiser.getByRole("link", { name: "Ubah" })).toHaveCount(0);
  await guest.reload();
  await expect(guest.getByText("Alasan: Contoh alasan.")).toBeVisible();
  await expect(guest.getByRole("button", { name: "Ubah jawaban" })).toHaveCount(0);
  await lookAt(guest);
  const last = await calendarFile(guest);
  expect(last).toEqual(expect.arrayContaining([uid, "SEQUENCE:3", "STATUS:CANCELLED"]));
  await Promise.all([organisers.close(), guests.close()]);
});

test("a province invites its own; a district declines with a reason", async ({ browser }, info) => {
  const title = `Contoh rapat (${info.project.name})`;
  const [organisers, guests] = [await browser.newContext(), await browser.newContext()];
  const organiser = await organisers.newPage();
  await signIn(organiser, PROVINCE);
  await organiser.goto("/pusat/kalender/baru");
  await organiser.getByRole("radio", { name: "Rapat koordinasi" }).check();
  await choose(organiser, organiser.getByRole("combobox", { name: "Zona waktu kegiatan" }), "WITA");
  await fillEvent(organiser, title);
  await expect(organiser.getByRole("radio", { name: "Provinsi tertentu" })).toHaveCount(0);
  await organiser.getByRole("button", { name: "Periksa sebelum mengundang" }).click();
  await organiser.getByRole("button", { name: "Undang daerah", exact: true }).click();
  await expect(organiser.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(organiser.getByText(/^Provinsi Sulawesi Selatan \(/)).toBeVisible();
  await organiser.goto("/pusat/kalender");
  await expect(organiser.getByRole("link", { name: title })).toBeVisible();
  // What the ministry offers is not a province's to see.
  await expect(organiser.getByRole("link", { name: /pelatihan pencatatan/ })).toHaveCount(0);
  await lookAt(organiser);

  const guest = await guests.newPage();
  await signIn(guest, BULUKUMBA_ADMIN);
  await guest.goto("/d/73.02/kalender");
  await guest.getByRole("link", { name: title }).click();
  await guest.getByRole("radio", { name: "Tidak ikut" }).check();
  await guest.getByRole("button", { name: "Kirim jawaban" }).click();
  await expect(guest.getByText("Tulis alasannya.")).toBeVisible();
  await guest.getByLabel("Alasan tidak ikut").fill("Contoh: bertepatan dengan rapat.");
  await guest.getByRole("button", { name: "Kirim jawaban" }).click();
  await expect(guest.getByText("“Contoh: bertepatan dengan rapat.”")).toBeVisible();
  await lookAt(guest);
  await guest.goto("/d/73.02/kalender?lewat=true");
  await expect(guest.getByRole("link", { name: "Contoh: rapat koordinasi PKSAI" })).toBeVisible();
  await lookAt(guest);

  await organiser.getByRole("link", { name: title }).click();
  await expect(organiser.getByText("“Contoh: bertepatan dengan rapat.”")).toBeVisible();
  await Promise.all([organisers.close(), guests.close()]);
});

test("a social worker sees who comes and does not answer", async ({ page }) => {
  await signIn(page, WORKER);
  await page.goto("/d/73.06/kalender");
  await page.getByRole("link", { name: "Contoh: pelatihan pencatatan kasus" }).click();
  await expect(page.getByText("Koordinator daerah yang mendaftarkan peserta.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Daftarkan peserta" })).toHaveCount(0);
  await lookAt(page);
});

test.describe("two organisers of one event", () => {
  test("the second sees what the first has changed, and chooses", async ({
    page,
    browser,
  }, info) => {
    const title = `Contoh rapat berdua (${info.project.name})`;
    await signIn(page, PROVINCE);
    await page.goto("/pusat/kalender/baru");
    await fillEvent(page, title);
    await page.getByRole("button", { name: "Periksa sebelum mengundang" }).click();
    await page.getByRole("button", { name: "Undang daerah", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    const other = await (await browser.newContext({ viewport: page.viewportSize() })).newPage();
    await signIn(other, PROVINCE);
    await other.goto(page.url());
    const mine = page.getByLabel("Tempat");
    for (const one of [page, other]) await one.getByRole("link", { name: "Ubah" }).click();
    await expect(mine).toHaveValue("Aula contoh");
    await other.getByLabel("Tempat").fill("Aula pertama");
    await other.getByLabel("Keterangan").fill("Contoh: bawa berkas.");
    await other.getByRole("button", { name: "Simpan perubahan" }).click();
    await expect(other.getByText("Aula pertama", { exact: true })).toBeVisible();

    await mine.fill("Aula kedua");
    await page.getByRole("button", { name: "Simpan perubahan" }).click();
    const dialog = page.getByRole("dialog", { name: "Isian ini baru saja diubah orang lain" });
    await expect(dialog.getByRole("row", { name: /Tempat/ })).toContainText("Aula kedua");
    await expect(dialog.getByRole("row", { name: /Tempat/ })).toContainText("Aula pertama");
    await expect(dialog.getByRole("row", { name: /Keterangan/ })).toContainText("bawa berkas");
    await expect(dialog.getByRole("rowheader")).toHaveCount(2);
    await expectAccessible(page);
    await expectNoSideways(page);
    // Theirs is taken into the form, changed and saved: nothing of it is lost.
    await dialog.getByRole("button", { name: "Pakai yang tersimpan" }).click();
    await expect(mine).toHaveValue("Aula pertama");
    await expect(page.getByLabel("Keterangan")).toHaveValue("Contoh: bawa berkas.");
    await mine.fill("Aula ketiga");
    await page.getByRole("button", { name: "Simpan perubahan" }).click();
    await expect(page.getByText("Aula ketiga", { exact: true })).toBeVisible();
    await expect(page.getByText("Contoh: bawa berkas.")).toBeVisible();
  });
});
