import { mkdirSync, statSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { GOWA_ADMIN, MINISTRY_ADMIN, signIn } from "../support/accounts";
import { settled } from "../support/pictures";

const IMAGES = new URL("../../../docs/images/", import.meta.url).pathname;
/** A README that people open on a phone must not weigh more. */
const MAX_BYTES = 200_000;

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 760 };

/** Takes the picture once everything that the page asked for has come. */
async function take(page: Page, name: string): Promise<void> {
  await settled(page);
  // Neither the pointer nor the focus of the click before.
  await page.mouse.move(0, 0);
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  mkdirSync(IMAGES, { recursive: true });
  const path = `${IMAGES}${name}.png`;
  await page.screenshot({ path, animations: "disabled", caret: "hide" });
  expect(statSync(path).size, `${name}.png in bytes`).toBeLessThan(MAX_BYTES);
}

test.describe("at a desk", () => {
  test.use({ viewport: WIDE });

  test("the ministry's list of districts", async ({ page }) => {
    await signIn(page, MINISTRY_ADMIN);
    await page.goto("/pusat/kabupaten");
    await expect(page.getByRole("table").getByRole("row").nth(1)).toBeVisible();
    await take(page, "districts");
  });

  test("the home of Gowa", async ({ page }) => {
    await signIn(page, GOWA_ADMIN);
    await page.goto("/d/73.06");
    await expect(page.getByRole("main").getByRole("list").first()).toBeVisible();
    await take(page, "district-home");
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: PHONE, hasTouch: true });

  test("working mechanism of Gowa: its first SOP, or the checklist while it has none", async ({
    page,
  }) => {
    // The list is asked for by the page itself, with its token.
    const sops = page.waitForResponse((answer) => answer.url().includes("/work-mechanism/sops"));
    await signIn(page, GOWA_ADMIN);
    await page.goto("/d/73.06/mekanisme-kerja");
    const { items } = (await (await sops).json()) as { items: { id: string }[] };
    const [sop] = items;
    if (sop) await page.goto(`/d/73.06/mekanisme-kerja/sop/${sop.id}/bagan`);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await take(page, "working-mechanism");
  });
});
