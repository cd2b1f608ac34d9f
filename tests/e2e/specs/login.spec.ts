import { DEMO_PASSWORD, fillSignIn, GOWA_ADMIN, MINISTRY_ADMIN, signIn } from "../support/accounts";
import { expectAccessible, expectNoSideways } from "../support/axe";
import { type APIRequestContext, expect, test } from "../support/test";

// Refused sign-ins, a session that was ended elsewhere, and a district that is as good as not there.
test.use({
  expected:
    /^(401 (POST .*\/auth\/login|GET .*\/districts\/73\.06\/.*)|404 GET .*\/districts\/33\.10|said ProblemError: (Laman atau data ini tidak ada|Not found).*)/,
});

test("the front page leads to sign-in, both readable by everyone", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);
  await expectNoSideways(page);
  await page.getByRole("banner").getByRole("link", { name: "Masuk" }).click();
  await expect(page.getByRole("heading", { name: "Masuk ke Satu Pintu" })).toBeVisible();
  await expectAccessible(page);
  await expectNoSideways(page);
});

test("a wrong password is refused in words, without saying whether the account exists", async ({
  page,
}) => {
  await page.goto("/masuk");
  await fillSignIn(page, GOWA_ADMIN, "bukan-kata-sandinya");
  const known = await page.getByRole("alert").innerText();
  await fillSignIn(page, "tidak.ada@demo.satupintu.example", "bukan-kata-sandinya");
  await expect(page.getByRole("alert")).toHaveText(known);
  await expect(page).toHaveURL(/\/masuk/);
});

test("a district admin reaches the district and stays signed in over a reload", async ({
  page,
}) => {
  await signIn(page, GOWA_ADMIN);
  await expect(page).toHaveURL(/\/d\/73\.06$/);
  await expect(page.getByText("Kabupaten Gowa, Sulawesi Selatan")).toBeVisible();
  await expectAccessible(page);
  await expectNoSideways(page);
  await page.reload();
  await expect(page.getByRole("button", { name: /^Akun / })).toBeVisible();
});

test("the access token is nowhere a script of another time could find it", async ({ page }) => {
  await signIn(page, GOWA_ADMIN);
  const stored = await page.evaluate(() =>
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
  );
  expect(stored).not.toMatch(/eyJ/);
});

test("ministry staff land on the nation", async ({ page }) => {
  await signIn(page, MINISTRY_ADMIN);
  await expect(page).toHaveURL(/\/pusat$/);
  await expect(page.getByRole("heading", { level: 1, name: "Nasional" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Tahapan replikasi" })).toBeVisible();
  await expectAccessible(page);
});

test("a private page asks to sign in and then opens", async ({ page }) => {
  await page.goto("/d/73.06/anggota");
  await expect(page.getByRole("heading", { name: "Masuk ke Satu Pintu" })).toBeVisible();
  await fillSignIn(page, GOWA_ADMIN, DEMO_PASSWORD);
  await expect(page).toHaveURL(/\/d\/73\.06\/anggota$/);
  await expect(page.getByRole("heading", { level: 1, name: /^Anggota/ })).toBeVisible();
});

test("another district is as good as not there", async ({ page }) => {
  await signIn(page, GOWA_ADMIN);
  await page.goto("/d/33.10");
  await expect(page.getByRole("heading", { name: "Laman tidak ditemukan" })).toBeVisible();
  // Nor is a record of a kind that there is not.
  await page.goto("/d/73.06/regulasi/nope/123");
  await expect(page.getByRole("heading", { name: "Laman tidak ditemukan" })).toBeVisible();
});

test("signing out closes the private pages", async ({ page }) => {
  await signIn(page, GOWA_ADMIN);
  await page.getByRole("button", { name: /^Akun / }).click();
  await page.getByRole("menuitem", { name: "Keluar" }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Masuk" })).toBeVisible();
  await page.goto("/d/73.06");
  await expect(page.getByRole("heading", { name: "Masuk ke Satu Pintu" })).toBeVisible();
});

test("signing out in one tab ends the other", async ({ page, context }) => {
  await signIn(page, GOWA_ADMIN);
  const other = await context.newPage();
  await other.goto("/d/73.06/profil");
  await expect(other.getByRole("heading", { level: 1 })).toBeVisible();
  await page.getByRole("button", { name: /^Akun / }).click();
  await page.getByRole("menuitem", { name: "Keluar" }).click();
  await expect(other.getByRole("heading", { name: "Masuk ke Satu Pintu" })).toBeVisible();
  await expect(other).toHaveURL(/\/masuk$/);
});

test("whoever's session is ended while they look comes back to the page", async ({
  page,
  request,
}) => {
  await signIn(page, GOWA_ADMIN);
  await page.goto("/d/73.06/anggota");
  await expect(page.getByRole("heading", { level: 1, name: /^Anggota/ })).toBeVisible();
  await endOtherSessions(request, GOWA_ADMIN);
  // On phones the link may lie outside of the screen, in the drawer: pressed without looking.
  const home = page.getByRole("link", { name: "Beranda", exact: true }).first();
  await home.evaluate((link: HTMLElement) => link.click());
  await expect(page.getByRole("heading", { name: "Masuk ke Satu Pintu" })).toBeVisible();
  await expect(page).toHaveURL(/\/masuk\?kembali=%2Fd%2F73\.06(%2Fanggota)?&sesi=berakhir$/);
  await fillSignIn(page, GOWA_ADMIN, DEMO_PASSWORD);
  await expect(page).toHaveURL(/\/d\/73\.06(\/anggota)?$/);
});

/** From another device the same person ends all sessions but the new one. */
async function endOtherSessions(request: APIRequestContext, email: string): Promise<void> {
  const login = await request.post("/api/v1/auth/login", {
    data: { email, password: DEMO_PASSWORD },
  });
  const headers = { Authorization: `Bearer ${(await login.json()).access_token}` };
  const list = await request.get("/api/v1/me/sessions", { headers });
  for (const { id, current } of (await list.json()).items) {
    if (!current) await request.delete(`/api/v1/me/sessions/${id}`, { headers });
  }
}

test("sign-in works with the keyboard alone", async ({ page }) => {
  await page.goto("/masuk");
  await expect(page.getByLabel("Surel")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Langsung ke isi" })).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Surel")).toBeFocused();
  await page.keyboard.type(GOWA_ADMIN);
  await page.keyboard.press("Tab");
  await page.keyboard.type(DEMO_PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/d\/73\.06$/);
});

test("whoever goes to another page is taken to its heading, or to what the link names", async ({
  page,
}) => {
  await signIn(page, GOWA_ADMIN);
  await page.goto("/d/73.06/tinjauan");
  const review = page.getByRole("heading", { level: 1 });
  await expect(review).toBeVisible();
  await expect(review).not.toBeFocused();
  // What is printed for the regent says that its measure is proposed.
  await expect(page.getByText("usulan, belum ditetapkan kementerian")).toBeVisible();
  await page.getByRole("link", { name: /^REG-1 / }).click();
  await expect(page).toHaveURL(/butir=REG-1/);
  await expect(page.getByRole("button", { name: /REG-1/ }).first()).toBeFocused();
  await expect(page.getByText("usulan, belum ditetapkan kementerian")).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(/tinjauan$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await page.getByRole("button", { name: /^Akun / }).click();
  await page.getByRole("menuitem", { name: /Akun dan keamanan/ }).click();
  await expect(page).toHaveURL(/\/akun$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
});
