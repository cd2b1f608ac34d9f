import { expect, type Page } from "@playwright/test";

/**
 * Waits until nothing is on its way but the stream of notifications, which never ends: that is why the browser's own
 * notion of an idle network is of no use here.
 */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator(".mantine-Skeleton-root")).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}
