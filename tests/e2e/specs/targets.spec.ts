import { GOWA_ADMIN, MINISTRY_ADMIN, signIn } from "../support/accounts";
import { expect, type Page, test } from "../support/test";

// Whether there is a draft of the next standard is asked by reading it.
test.use({ expected: /^404 GET .*\/oversight\/standard-draft$/ });

/** The main screens of those who oversee and of those who prepare. */
const SCREENS: Record<string, readonly string[]> = {
  [MINISTRY_ADMIN]: [
    "/pusat",
    "/pusat?tampilan=tabel",
    "/pusat?tampilan=tertahan",
    "/pusat/antrean",
    "/pusat/permohonan",
    "/pusat/kabupaten",
    "/pusat/kabupaten/73.06",
    "/pusat/pengumuman",
    "/pusat/kalender",
    "/pusat/paket",
    "/pusat/standar",
    "/pusat/jejak-audit",
  ],
  [GOWA_ADMIN]: [
    "/d/73.06",
    "/d/73.06/regulasi",
    "/d/73.06/kelembagaan",
    "/d/73.06/mekanisme-kerja",
    "/d/73.06/rentang-layanan",
    "/d/73.06/sdm",
    "/d/73.06/sistem-data",
    "/d/73.06/tinjauan",
    "/d/73.06/paket",
    "/d/73.06/pengumuman",
    "/d/73.06/kalender",
    "/d/73.06/anggota",
    "/d/73.06/peran",
    "/d/73.06/jejak-audit",
    "/d/73.06/profil",
  ],
};

/** CSS px: WCAG 2.2, 2.5.8 asks for 24; on a phone, a link that names a card is for a thumb. */
const LEAST = 24;
const THUMB = 44;

/** Links and buttons in sight that are lower than they may be, each with its height. */
function tooLow(page: Page, [least, thumb]: readonly [number, number]) {
  return page.evaluate(
    ([least, thumb]) => {
      const found: string[] = [];
      for (const target of document.querySelectorAll<HTMLElement>("main a[href], main button")) {
        const style = getComputedStyle(target);
        const lines = [...target.getClientRects()];
        const height = Math.max(0, ...lines.map((line) => line.height));
        const isShown = height > 1 && style.visibility !== "hidden" && target.checkVisibility();
        // A link within a sentence is as high as its line, one in a matrix as its row; what names a card is not.
        const head = target.closest("th[scope=row]");
        const heads = head !== null && getComputedStyle(head).display !== "table-cell";
        const wanted = heads && target.matches("a") ? thumb : least;
        if (isShown && Math.ceil(height) < wanted) {
          found.push(`${Math.round(height)} of ${wanted}: ${target.textContent?.trim()}`);
        }
      }
      return found;
    },
    [least, thumb] as const,
  );
}

for (const [account, paths] of Object.entries(SCREENS)) {
  test(`links can be hit: ${account}`, async ({ page }, info) => {
    test.slow();
    const least =
      info.project.name === "phone" ? ([LEAST, THUMB] as const) : ([LEAST, LEAST] as const);
    await signIn(page, account);
    const found: Record<string, string[]> = {};
    for (const path of paths) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("main .mantine-Skeleton-root")).toHaveCount(0);
      const low = await tooLow(page, least);
      if (low.length > 0) found[path] = low;
    }
    expect(found).toEqual({});
  });
}
