import { DEMO_PASSWORD, signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";
import { type APIRequestContext, expect, type Page, test } from "../support/test";

// Who saves second, what the service finds wrong with a form, and who may not see the trail.
test.use({ expected: /^((412|422) PATCH .*\/districts\/[\d.]+|403 GET .*\/audit-events.*)$/ });

/** A district that no other test writes to. */
const CODE = "73.09";
const ADMIN = "admin.maros@demo.satupintu.example";
const DISTRICT = `/api/v1/districts/${CODE}`;

/** A text of its own for every run, so that runs do not meet. */
function fresh(what: string): string {
  return `${what} ${Date.now()}`;
}

async function bearer(request: APIRequestContext): Promise<Record<string, string>> {
  const answer = await request.post("/api/v1/auth/login", {
    data: { email: ADMIN, password: DEMO_PASSWORD },
  });
  const { access_token } = await answer.json();
  return { Authorization: `Bearer ${access_token}` };
}

/** Changes the profile as somebody else would, against the version that is stored now. */
async function changeProfile(
  request: APIRequestContext,
  headers: Record<string, string>,
  data: Record<string, string>,
): Promise<void> {
  const { etag } = (await request.get(DISTRICT, { headers })).headers();
  const answer = await request.patch(DISTRICT, {
    headers: { ...headers, "If-Match": etag ?? "" },
    data,
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** The events shown, the latest first. */
function events(page: Page) {
  return page
    .getByRole("list", { name: "Kejadian, yang terbaru lebih dahulu" })
    .locator(":scope > li");
}

test("a change of the profile stands in the trail with both values", async ({ page, request }) => {
  const before = fresh("Jalan Contoh Lama");
  const after = fresh("Jalan Contoh Baru");
  await changeProfile(request, await bearer(request), { address: before });

  await signIn(page, ADMIN);
  await page.goto(`/d/${CODE}/profil`);
  await expect(page.getByLabel("Alamat")).toHaveValue(before);
  await expectAccessible(page);
  await expectNoSideways(page);
  await page.getByLabel("Alamat").fill(after);
  await page.getByRole("button", { name: "Simpan profil" }).click();
  await expect(page.getByText("Profil tersimpan.")).toBeVisible();

  await page.goto(`/d/${CODE}/jejak-audit`);
  const latest = events(page).first();
  await expect(latest.getByRole("heading")).toContainText("mengubah profil unit");
  const row = latest.getByRole("row").filter({ hasText: "Alamat" });
  await expect(row).toContainText(before);
  await expect(row).toContainText(after);
  await latest.getByText(/isian lain tidak berubah/).click();
  await expect(latest.getByText("Nama unit layanan")).toBeVisible();
  await expectAccessible(page);
  await expectNoSideways(page);
});

test("the trail is filtered in the address, and paper carries the letterhead only", async ({
  page,
  request,
}) => {
  await changeProfile(request, await bearer(request), { address: fresh("Jalan Contoh") });
  await signIn(page, ADMIN);
  await page.goto(`/d/${CODE}/jejak-audit`);
  await page.getByRole("combobox", { name: "Jenis data" }).fill("profil");
  await page.getByRole("option", { name: "Profil unit" }).click();
  await expect(page).toHaveURL(/jenis=district/);
  await expect(page.getByText("Hanya perubahan pada profil unit.")).toBeVisible();
  await expect(events(page).first()).toContainText("profil unit");

  // A reload shows the same: the address carries the filter.
  await page.reload();
  await expect(page.getByRole("combobox", { name: "Jenis data" })).toHaveValue("Profil unit");
  await page.goto(`/d/${CODE}/jejak-audit?jenis=data_agreement`);
  await expect(page.getByRole("heading", { name: "Belum ada kejadian" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Kosongkan saringan" }).click();
  await expect(events(page).first()).toBeVisible();

  // By person and by day, in the district's own days; with the device that it came from.
  await page.getByRole("combobox", { name: "Oleh" }).fill("Koordinator");
  await page
    .getByRole("option", { name: /Koordinator/ })
    .first()
    .click();
  await expect(page).toHaveURL(/oleh=/);
  await expect(events(page).first()).toContainText("alamat 127.0.0.1");
  await page.getByRole("textbox", { name: "Sampai tanggal" }).fill("1/1/2020");
  await expect(page.getByRole("heading", { name: "Belum ada kejadian" })).toBeVisible();
  await page.getByRole("button", { name: "Kosongkan saringan" }).click();
  await expect(events(page).first()).toBeVisible();

  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("paragraph").filter({ hasText: "Kabupaten Maros" })).toBeVisible();
  for (const hidden of [
    page.getByRole("navigation"),
    page.getByRole("search"),
    page.getByRole("button"),
    page.getByRole("link"),
  ]) {
    await expect(hidden.filter({ visible: true })).toHaveCount(0);
  }
});

test("older events come page by page, none twice", async ({ page, request }) => {
  const headers = await bearer(request);
  const seen = await request.get(`${DISTRICT}/audit-events?limit=200`, { headers });
  const { items } = await seen.json();
  for (let n = items.length; n <= 51; n += 1) {
    await changeProfile(request, headers, { address: `Jalan Contoh ${n}` });
  }
  await signIn(page, ADMIN);
  await page.goto(`/d/${CODE}/jejak-audit`);
  await expect(events(page)).toHaveCount(50);
  await page.getByRole("button", { name: "Tampilkan berikutnya" }).click();
  await expect.poll(() => events(page).count()).toBeGreaterThan(50);
  const numbers = await events(page)
    .getByText(/catatan nomor \d+/)
    .allInnerTexts();
  expect(new Set(numbers.map((text) => text.match(/nomor (\d+)/)?.[1])).size).toBe(numbers.length);
});

test("two people change the profile: both versions are shown, the other's fields stay", async ({
  page,
  request,
}) => {
  const [mine, theirs] = [fresh("Dinas Sosial Contoh A"), fresh("Dinas Sosial Contoh B")];
  const address = fresh("Jalan Contoh Orang Lain");
  await signIn(page, ADMIN);
  await page.goto(`/d/${CODE}/profil`);
  await page.getByLabel("Dinas pengampu").fill(mine);
  await changeProfile(request, await bearer(request), { office_name: theirs, address });

  await page.getByRole("button", { name: "Simpan profil" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(mine);
  await expect(dialog).toContainText(theirs);
  await expectAccessible(page);
  await expectNoSideways(page);
  await dialog.getByRole("button", { name: "Simpan tulisan saya" }).click();
  await expect(page.getByText("Profil tersimpan.")).toBeVisible();
  await expect(page.getByLabel("Dinas pengampu")).toHaveValue(mine);
  await expect(page.getByLabel("Alamat")).toHaveValue(address);
});

test("a hotline that is no number is refused beside its field", async ({ page }) => {
  await signIn(page, ADMIN);
  await page.goto(`/d/${CODE}/profil`);
  const hotline = page.getByLabel("Nomor layanan");
  await hotline.fill("bukan nomor");
  await page.getByRole("button", { name: "Simpan profil" }).click();
  await expect(hotline).toHaveAttribute("aria-invalid", "true");
  await expect(hotline).toBeFocused();
  await expectAccessible(page);
});

test("who may not see them gets neither the links nor the trail", async ({ page }) => {
  await signIn(page, "pengamat.gowa@demo.satupintu.example");
  await page.goto("/d/73.06");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator('a[href$="/jejak-audit"], a[href$="/profil"]')).toHaveCount(0);
  await page.goto("/d/73.06/jejak-audit");
  await expect(page.getByRole("alert")).toContainText("Peran Anda");
  await expect(events(page)).toHaveCount(0);
});
