import { DEMO_PASSWORD, signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";
import { choose } from "../support/form";
import { type APIRequestContext, expect, test } from "../support/test";

// A damaged link of a digest.
test.use({
  expected: /^410 POST .*\/notifications\/digest-opt-out$/,
});

const DISTRICT = "/api/v1/districts/73.02";
const ADMIN = "admin.bulukumba@demo.satupintu.example";
const REVIEWER = "sulsel@demo.satupintu.example";

async function bearer(request: APIRequestContext, email: string): Promise<Record<string, string>> {
  const data = { email, password: DEMO_PASSWORD };
  const answer = await request.post("/api/v1/auth/login", { data });
  const { access_token } = (await answer.json()) as { access_token: string };
  return { Authorization: `Bearer ${access_token}` };
}

/** Bulukumba shows a document, and the province sends it back. */
async function sendBack(request: APIRequestContext, comment: string): Promise<void> {
  const headers = await bearer(request, ADMIN);
  const file = {
    name: "Contoh.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.7\n<</Type/Page>>\n%%EOF\n"),
  };
  const uploaded = await request.post(`${DISTRICT}/files`, { headers, multipart: { file } });
  const { id: file_id } = (await uploaded.json()) as { id: string };
  const document = {
    item_code: "REG-1",
    kind: "regent_regulation",
    title: "Perbup contoh",
    document_date: "2026-01-05",
    file_id,
  };
  const shown = await request.post(`${DISTRICT}/evidence`, { headers, data: document });
  const { id } = (await shown.json()) as { id: string };
  const review = await request.post(`${DISTRICT}/evidence/${id}/review`, {
    headers: { ...(await bearer(request, REVIEWER)), "If-Match": '"1"' },
    data: { decision: "returned", comment },
  });
  expect(review.status()).toBe(200);
}

test("news rings the bell by itself, and the bell leads to where one acts", async ({
  page,
  request,
}, info) => {
  const comment = `Halaman pengesahan belum dipindai (${info.project.name}).`;
  await signIn(page, ADMIN);
  const bell = page.getByRole("button", { name: /^Pemberitahuan/ });
  // Asked, not read from the bell: it shows nothing until it knows.
  const known = await request.get("/api/v1/notifications/unread", {
    headers: await bearer(request, ADMIN),
  });
  const before = Number((await known.json()).unread);
  if (before > 0) await expect(bell).toHaveAccessibleName(`Pemberitahuan, ${before} belum dibaca`);
  await sendBack(request, comment);
  // Without a reload: the stream tells.
  await expect(bell).toHaveAccessibleName(`Pemberitahuan, ${before + 1} belum dibaca`);
  await bell.click();
  const list = page.getByRole("dialog", { name: "Pemberitahuan" });
  await expect(list.getByRole("link", { name: /Butir REG-1 dikembalikan/ }).first()).toBeVisible();
  await expectNoSideways(page);
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(list).toBeHidden();
  await expect(bell).toBeFocused();

  await page.goto("/pemberitahuan");
  await expect(page.getByText(comment)).toBeVisible();
  await expectNoSideways(page);
  await expectAccessible(page);
  await page
    .getByRole("link", { name: /Butir REG-1 dikembalikan/ })
    .first()
    .click();
  await expect(page).toHaveURL(/REG-1/);
  await expect(bell).not.toHaveAccessibleName(`Pemberitahuan, ${before + 1} belum dibaca`);
  await page.goto("/pemberitahuan");
  // The button stands above the list, if anything is unread; without the list it is not there yet.
  await expect(page.getByText(comment)).toBeVisible();
  const all = page.getByRole("button", { name: "Tandai semua sudah dibaca" });
  if (await all.isVisible()) await all.click();
  await expect(bell).toHaveAccessibleName("Pemberitahuan, semua sudah dibaca");
});

test("one chooses what is mailed and when", async ({ page }) => {
  await signIn(page, "data.bulukumba@demo.satupintu.example");
  await page.goto("/pemberitahuan/pengaturan");
  await expect(page.getByRole("heading", { level: 1, name: "Atur pemberitahuan" })).toBeVisible();
  const decided = page.getByRole("combobox", { name: /^Bukti atau isian/ });
  await choose(page, decided, "Dalam ringkasan surel, dan di aplikasi");
  await page.getByRole("radio", { name: "Setiap Senin pukul 07.00" }).check();
  await page.getByRole("checkbox", { name: "Pakai jam tenang" }).setChecked(true);
  await expect(page.getByRole("combobox", { name: "Mulai" })).toHaveValue("20.00 WITA");
  await expectNoSideways(page);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Simpan pilihan" }).click();
  await expect(page.getByText("Pilihan Anda tersimpan.")).toBeVisible();
  await page.reload();
  await expect(decided).toHaveValue("Dalam ringkasan surel, dan di aplikasi");
  await expect(page.getByRole("radio", { name: "Setiap Senin pukul 07.00" })).toBeChecked();
});

test("the link of a digest asks before it ends it, and a damaged one says so", async ({ page }) => {
  await page.goto("/berhenti-ringkasan#token=rusak");
  await page.getByRole("button", { name: "Hentikan ringkasan" }).click();
  await expect(page.getByText("Tautan ini tidak lengkap.")).toBeVisible();
  await expectAccessible(page);
});
