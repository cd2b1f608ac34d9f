import { expect, test } from "@playwright/test";

test("who writes a program for the API finds every operation described", async ({ page }) => {
  await page.goto("/api/docs");
  await expect(page.getByRole("heading", { name: /Satu Pintu/ })).toBeVisible();
  await expect(page.getByText("/api/v1/auth/login", { exact: true })).toBeVisible();
});
