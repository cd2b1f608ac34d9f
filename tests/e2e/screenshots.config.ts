import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

/** The README's pictures: taken from the demo by `make screenshots`, no test of anything. */
export default defineConfig({
  ...tests,
  testDir: "screenshots",
  retries: 0,
  use: { ...tests.use, contextOptions: { reducedMotion: "reduce" }, colorScheme: "light" },
  projects: [{ name: "pictures" }],
});
