import { GOWA_ADMIN, MINISTRY_ADMIN, signIn } from "../support/accounts";
import { expectAccessible, lookAt } from "../support/axe";
import { choose } from "../support/form";
import { expect, test } from "../support/test";

// What the service finds wrong with a form.
test.use({ expected: /^422 POST .*\/oversight\/announcements$/ });

const WORKER = "peksos.gowa@demo.satupintu.example";

test("an announcement is written, read, confirmed, and its sender sees it", async ({
  browser,
}, info) => {
  const title = `Contoh pengumuman (${info.project.name})`;
  const [senders, readers] = [await browser.newContext(), await browser.newContext()];
  const sender = await senders.newPage();
  await signIn(sender, MINISTRY_ADMIN);
  await sender.goto("/pusat/pengumuman");
  await sender.getByRole("link", { name: "Tulis pengumuman" }).click();
  await sender.getByLabel("Judul").fill(title);
  await sender.getByLabel("Isi").fill("Alinea pertama.\n\nAlinea kedua.");
  await sender.getByLabel("Tautan").fill("javascript:alert(1)");
  await sender.getByRole("switch", { name: "Minta konfirmasi sudah dibaca" }).check();
  await sender.getByRole("radio", { name: "Daerah tertentu" }).check();
  // Nothing chosen is not everybody.
  await expect(sender.getByRole("button", { name: "Periksa sebelum mengirim" })).toBeDisabled();
  const districts = sender.getByRole("combobox", { name: "Kabupaten/kota" });
  await choose(sender, districts, "Kabupaten Gowa, Sulawesi Selatan");
  await expect(sender.getByText(/Akan diterima \d+ orang di 1 daerah/)).toBeVisible();
  await lookAt(sender);
  await sender.getByRole("button", { name: "Periksa sebelum mengirim" }).click();
  const dialog = sender.getByRole("dialog", { name: "Kirim pengumuman ini?" });
  await expect(dialog.getByText(title)).toBeVisible();
  await expectAccessible(sender);
  // What is wrong is said at its field, and nothing was sent.
  await dialog.getByRole("button", { name: "Kirim pengumuman" }).click();
  await expect(sender.getByText("Tulis alamat lengkap yang diawali https://")).toBeVisible();
  await sender.getByLabel("Tautan").fill("https://contoh.example/panduan");
  await sender.getByRole("button", { name: "Periksa sebelum mengirim" }).click();
  await dialog.getByRole("button", { name: "Kirim pengumuman" }).click();
  await expect(sender.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(sender.getByText("Dibuka: 0 dari 1 daerah.")).toBeVisible();
  await lookAt(sender);

  // The bell leads the coordinator to it.
  const reader = await readers.newPage();
  await signIn(reader, GOWA_ADMIN);
  await reader.getByRole("button", { name: /^Pemberitahuan/ }).click();
  await reader.getByRole("link", { name: `Pengumuman: ${title}` }).click();
  await expect(reader.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(reader.getByText("Alinea kedua.")).toBeVisible();
  const outside = reader.getByRole("link", { name: /Buka contoh.example/ });
  await expect(outside).toHaveAttribute("rel", "noopener noreferrer");
  await lookAt(reader);
  await reader.getByRole("button", { name: "Sudah kami baca" }).click();
  await expect(reader.getByText(/^Dikonfirmasi oleh /)).toBeVisible();
  await reader.getByRole("link", { name: "Semua pengumuman" }).click();
  await expect(reader.getByRole("link", { name: title })).toBeVisible();
  await lookAt(reader);

  await sender.reload();
  await expect(sender.getByText("Dikonfirmasi: 1 dari 1 daerah.")).toBeVisible();
  await expect(sender.getByText(/\(Koordinator \(admin daerah\)\), /)).toBeVisible();
  await lookAt(sender);
  await sender.getByRole("link", { name: "Belum dibuka" }).click();
  await expect(sender.getByText("Tidak ada daerah yang tersisa")).toBeVisible();

  // Taken back, it says so where it is opened.
  await sender.getByRole("button", { name: "Tarik", exact: true }).click();
  const withdraw = sender.getByRole("dialog", { name: "Tarik pengumuman ini?" });
  await withdraw.getByLabel("Alasan").fill("Contoh alasan.");
  await withdraw.getByRole("button", { name: "Tarik", exact: true }).click();
  await expect(sender.getByText(/Alasan: Contoh alasan\./)).toBeVisible();
  await sender.getByRole("link", { name: "Semua pengumuman" }).click();
  await expect(sender.getByRole("row", { name: title })).toContainText("Ditarik");
  await lookAt(sender);
  await reader.getByRole("link", { name: title }).click();
  await expect(reader.getByText("Pengumuman ini ditarik")).toBeVisible();
  await expect(reader.getByText("Alinea kedua.")).toHaveCount(0);
  await Promise.all([senders.close(), readers.close()]);
});

test("a social worker reads it, and only a coordinator confirms", async ({
  browser,
  page,
}, info) => {
  const title = `Contoh untuk semua (${info.project.name})`;
  const senders = await browser.newContext();
  const sender = await senders.newPage();
  await signIn(sender, "sulsel@demo.satupintu.example");
  await sender.goto("/pusat/pengumuman/tulis");
  await sender.getByLabel("Judul").fill(title);
  await sender.getByLabel("Isi").fill("Isi contoh.");
  await sender.getByRole("switch", { name: "Minta konfirmasi sudah dibaca" }).check();
  await sender.getByRole("button", { name: "Periksa sebelum mengirim" }).click();
  await sender.getByRole("button", { name: "Kirim pengumuman" }).click();
  await expect(sender.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await senders.close();

  await signIn(page, WORKER);
  await page.goto("/d/73.06/pengumuman");
  await page.getByRole("link", { name: title }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await expect(page.getByText(/^Provinsi Sulawesi Selatan \(/)).toBeVisible();
  await expect(page.getByText(/koordinator daerah yang dapat memberikannya/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Sudah kami baca" })).toHaveCount(0);
  await lookAt(page);
});
