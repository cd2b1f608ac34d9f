import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Fails with a readable list when axe finds any breach of WCAG A or AA, or of its best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  // What is still fading in has colours of its own.
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        (one) =>
          one.playState !== "running" || one.effect?.getComputedTiming().iterations === Infinity,
      ),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  const list = violations.map((v) => `${v.id}: ${v.help} (${v.nodes[0]?.html ?? ""})`);
  expect(list).toEqual([]);
}

/** Fails when the page is wider than the screen, also after the layout had time to follow it. */
export async function expectNoSideways(page: Page): Promise<void> {
  const excess = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  await expect.poll(excess, { timeout: 3_000 }).toBeLessThanOrEqual(0);
}

/** Accessible, and readable on a phone. */
export async function lookAt(page: Page): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);
  const size = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 760 });
  await expectNoSideways(page);
  if (size) await page.setViewportSize(size);
}
