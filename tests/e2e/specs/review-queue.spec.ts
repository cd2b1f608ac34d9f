import { DEMO_PASSWORD, MINISTRY_ADMIN, signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways, lookAt } from "../support/axe";
import { type APIRequestContext, expect, type Page, type TestInfo, test } from "../support/test";

const REVIEWER = "sulsel@demo.satupintu.example";
const DISTRICT_ADMIN = "admin.bulukumba@demo.satupintu.example";
const DISTRICT = "/api/v1/districts/73.02";

/** A PDF of one empty page, as small as one can be. */
const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`;

/** The district hands in documents, each for an item, and gives their ids. */
async function handIn(request: APIRequestContext, documents: Record<string, [string, string]>) {
  const credentials = { email: DISTRICT_ADMIN, password: DEMO_PASSWORD };
  const session = await request.post("/api/v1/auth/login", { data: credentials });
  const { access_token } = await session.json();
  const headers = { Authorization: `Bearer ${access_token}` };
  const ids: Record<string, string> = {};
  for (const [title, [item_code, kind]] of Object.entries(documents)) {
    const file = { name: `${title}.pdf`, mimeType: "application/pdf", buffer: Buffer.from(PDF) };
    const uploaded = await request.post(`${DISTRICT}/files`, { headers, multipart: { file } });
    expect(uploaded.status()).toBe(201);
    const { id: file_id } = await uploaded.json();
    const evidence = await request.post(`${DISTRICT}/evidence`, {
      headers,
      data: { item_code, kind, title, document_date: "2026-01-05", file_id, note: "Mohon dilihat" },
    });
    expect(evidence.status()).toBe(201);
    ids[title] = (await evidence.json()).id;
  }
  return ids;
}

/** Titles of this run of the test: both projects, and a second try, share one service. */
function own({ project, retry }: TestInfo): string {
  return `${project.name} ${retry} ${STARTED}`;
}

const STARTED = Date.now().toString(36);

/** The row of the queue with that title: on phones its card. */
function row(page: Page, title: string) {
  return page.getByRole("row").filter({ hasText: title });
}

test("a reviewer decides with the document beside the item, and the district reads it", async ({
  page,
  request,
  browser,
}, info) => {
  const [kept, returned] = [`Berita acara ${own(info)}`, `SK layanan ${own(info)}`];
  const ids = await handIn(request, {
    [kept]: ["LEM-8", "minutes"],
    [returned]: ["LAY-4", "decree"],
  });
  await signIn(page, REVIEWER);
  // On phones the bottom bar; the menu lies beside the screen there.
  const menu = info.project.name === "phone" ? "Menu" : "Navigasi utama";
  await page.getByRole("navigation", { name: menu }).getByText("Antrean", { exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Antrean verifikasi" })).toBeVisible();
  await expect(row(page, kept)).toBeVisible();
  await lookAt(page);

  // The filter lives in the address and narrows the list.
  await page.getByRole("combobox", { name: "Komponen" }).click();
  await page.getByRole("option", { name: "Kelembagaan" }).click();
  await expect(page).toHaveURL(/komponen=institution/);
  await expect(row(page, returned)).toBeHidden();
  await page.goto("/pusat/antrean?daerah=73.02");
  await expect(page.getByText("Hanya Kabupaten Bulukumba")).toBeVisible();

  // One is verified, by key where there is a keyboard.
  await row(page, kept).getByRole("link").click();
  await expect(page.locator("canvas[data-drawn]")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("LEM-8");
  await expect(page.getByText("Mengapa penting")).toBeVisible();
  await expect(page.getByText("Mohon dilihat")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Unduh dokumen/ })).toBeVisible();
  await lookAt(page);
  if (info.project.name === "desktop") await page.keyboard.press("v");
  else await page.getByRole("button", { name: "Verifikasi", exact: true }).click();
  const accept = page.getByRole("dialog", { name: "Verifikasi bukti ini?" });
  await expect(accept.getByText("terverifikasi atas nama Anda")).toBeVisible();
  await expect(accept.getByLabel("Catatan untuk daerah (boleh kosong)")).toBeVisible();
  await expectAccessible(page);
  await accept.getByRole("button", { name: "Verifikasi" }).click();
  await expect(page.getByText("LEM-8 Kabupaten Bulukumba diverifikasi.")).toBeVisible();

  // The other goes back with a comment; without one it does not.
  await page.goto(`/pusat/antrean/73.02/${ids[returned]}?daerah=73.02`);
  await page.getByRole("button", { name: "Kembalikan dengan catatan" }).click();
  const back = page.getByRole("dialog", { name: "Kembalikan dengan catatan" });
  await back.getByRole("button", { name: "Kembalikan dengan catatan" }).click();
  await expect(back.getByText("Tulis apa yang perlu diperbaiki.")).toBeVisible();
  await back.getByLabel("Catatan untuk daerah").fill("Halaman pengesahan belum dipindai.");
  await back.getByRole("button", { name: "Kembalikan dengan catatan" }).click();
  await expect(page.getByText("LAY-4 Kabupaten Bulukumba dikembalikan")).toBeVisible();

  // Who comes late is told so.
  await page.goto(`/pusat/antrean/73.02/${ids[kept]}`);
  await expect(page.getByText("Bukti ini sudah diverifikasi")).toBeVisible();
  await expect(page.getByText(/^Oleh Contoh Peninjau Sulawesi Selatan/)).toBeVisible();
  await lookAt(page);

  // The district reads the comment where it works on the item.
  const district = await browser.newPage({ viewport: page.viewportSize() });
  await signIn(district, DISTRICT_ADMIN);
  await district.goto("/d/73.02/rentang-layanan?bagian=daftar-periksa&butir=LAY-4");
  await expect(district.getByText("Halaman pengesahan belum dipindai.").first()).toBeVisible();
  await district.close();
});

test("plain cases are verified together, each of them named", async ({ page, request }, info) => {
  const titles = [1, 2].map((number) => `Rencana ${own(info)} ${number}`);
  await handIn(
    request,
    Object.fromEntries(titles.map((title) => [title, ["REG-3", "annual_plan"]])),
  );
  await signIn(page, REVIEWER);
  await page.goto("/pusat/antrean?daerah=73.02&sekaligus=true");
  for (const title of titles) await row(page, title).getByRole("checkbox").check();
  await page.getByRole("button", { name: "Verifikasi 2 bukti" }).click();
  const dialog = page.getByRole("dialog", { name: "Verifikasi 2 bukti sekaligus?" });
  for (const title of titles) await expect(dialog.getByText(title)).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Verifikasi 2 bukti" }).click();
  await expect(page.getByText("2 bukti diverifikasi.")).toBeVisible();
  for (const title of titles) await expect(row(page, title)).toBeHidden();
});

/** Opens the entry and the list of those who can be asked about it. */
async function askAbout(page: Page, id: string | undefined) {
  await page.goto(`/pusat/antrean/73.02/${id}`);
  await page.getByRole("button", { name: "Minta peninjau lain" }).click();
  const dialog = page.getByRole("dialog", { name: "Minta peninjau lain" });
  await dialog.getByRole("combobox", { name: "Peninjau" }).click();
  return dialog;
}

test("another reviewer is asked, and sees what is asked of whom", async ({
  page,
  request,
}, info) => {
  const title = `Perdes ${own(info)}`;
  const ids = await handIn(request, { [title]: ["REG-7", "village_regulation"] });
  await signIn(page, REVIEWER);
  const dialog = await askAbout(page, ids[title]);
  await page.getByRole("option", { name: /saya sendiri/ }).click();
  await dialog.getByRole("button", { name: "Minta", exact: true }).click();
  await expect(page.getByText(/diminta melihat REG-7 Kabupaten Bulukumba/)).toBeVisible();
  await page.goto("/pusat/antrean?milik=saya");
  await expect(row(page, title).getByText("Diminta kepada Anda")).toBeVisible();
  await page.getByText("Lihat per peninjau").click();
  await expect(page.getByRole("table", { name: "Beban tiap peninjau" })).toBeVisible();
  await lookAt(page);
});

test("somebody else is asked, and finds it among what is asked of them", async ({
  page,
  request,
  browser,
}, info) => {
  const [title, note] = [`Perbup ${own(info)}`, `Mohon dilihat pasal 4 (${own(info)})`];
  const ids = await handIn(request, { [title]: ["REG-7", "village_regulation"] });
  await signIn(page, REVIEWER);
  const dialog = await askAbout(page, ids[title]);
  const ministry = page.getByRole("option", { name: /\(kementerian\)$/ });
  await expect(ministry).not.toContainText("saya sendiri");
  const other = ((await ministry.textContent()) ?? "").replace(/ \(.*$/, "");
  await ministry.click();
  await dialog.getByLabel("Pesan (boleh kosong)").fill(note);
  await dialog.getByRole("button", { name: "Minta", exact: true }).click();
  await expect(page.getByText(`${other} diminta melihat REG-7 Kabupaten Bulukumba`)).toBeVisible();
  // It is no longer the asker's own to do.
  await page.goto("/pusat/antrean?milik=saya");
  await expect(page.getByRole("heading", { level: 1, name: "Antrean verifikasi" })).toBeVisible();
  await expect(row(page, title)).toBeHidden();

  const colleague = await browser.newPage({ viewport: page.viewportSize() });
  await signIn(colleague, MINISTRY_ADMIN);
  await expect(colleague.getByRole("button", { name: `Akun ${other}` })).toBeVisible();
  await colleague.goto("/pusat/antrean?milik=saya");
  await expect(row(colleague, title).getByText("Diminta kepada Anda")).toBeVisible();
  await row(colleague, title).getByRole("link").click();
  await expect(colleague.getByText(note)).toBeVisible();
  await expectNoSideways(colleague);
  await colleague.close();
});

test("a district is seen as it sees itself, to be read", async ({ page }) => {
  await signIn(page, REVIEWER);
  await page.goto("/pusat/kabupaten/73.02");
  await page.getByRole("link", { name: "Lihat isian Kelembagaan" }).click();
  await expect(page.getByText(/hanya untuk dibaca/)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "Kelembagaan" })).toBeVisible();
  await expect(page.getByRole("button", { name: /^Tambah/ })).toHaveCount(0);
  await lookAt(page);
  await page.getByRole("link", { name: "Kembali ke laman peninjau" }).click();
  for (const [part, title] of [
    ["Riwayat", "Riwayat Kabupaten Bulukumba"],
    ["Surat-menyurat", "Surat-menyurat dengan Kabupaten Bulukumba"],
  ] as const) {
    await page.getByRole("navigation", { name: "Laman daerah ini" }).getByText(part).click();
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await lookAt(page);
  }
  await expectNoSideways(page);
});
