import { expect, test } from "../support/test";

test("who writes a program for the API finds every operation described", async ({ page }) => {
  await page.goto("/api/docs");
  // Hundreds of operations take a busy machine long to draw.
  await expect(page.getByRole("heading", { name: /Satu Pintu/ })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText("/api/v1/auth/login", { exact: true })).toBeVisible();
});
