import { defineConfig } from "@playwright/test";
import tests from "./playwright.config";

/** Pictures: the README's by `make screenshots`, the national page's to be looked at by `make screens`; no test of anything. */
export default defineConfig({
  ...tests,
  testDir: "screenshots",
  retries: 0,
  use: { ...tests.use, contextOptions: { reducedMotion: "reduce" }, colorScheme: "light" },
  projects: [{ name: "pictures" }],
});
