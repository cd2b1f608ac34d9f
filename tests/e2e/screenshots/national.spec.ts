import { mkdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { DEMO_PASSWORD, fillSignIn, MINISTRY_ADMIN } from "../support/accounts";
import { expectNoSideways } from "../support/axe";
import { SQUARES } from "../support/boundaries";
import { settled } from "../support/pictures";
import { OwnSystem } from "../support/system";

/** Pictures to look at, not to keep: a folder that git does not see. */
const IMAGES = new URL("../results/screens/", import.meta.url).pathname;
/** Boundaries of the reader's own, keyed by Kemendagri code; without them the six squares of the tests. */
const { BOUNDARIES_FILE } = process.env;

const SIZES = {
  wide: { width: 1280, height: 800 },
  phone: { width: 360, height: 760 },
};

const system = new OwnSystem("--demo");
test.beforeAll(() => system.start());
test.afterAll(() => system.close());

test("the national page: few and all districts, tiles and boundaries, at a desk and on a phone", async ({
  page,
}) => {
  // Making five hundred districts takes minutes in a build that is not optimised.
  test.setTimeout(20 * 60_000);
  mkdirSync(IMAGES, { recursive: true });
  await page.goto(`${system.url}/masuk`);
  await fillSignIn(page, MINISTRY_ADMIN, DEMO_PASSWORD);
  await expect(page.getByRole("button", { name: /^Akun / })).toBeVisible();

  await test.step("14 districts", async () => {
    await take(page, 14, "tiles");
    await loadBoundaries();
    await take(page, 14, "boundaries");
  });
  await test.step("514 districts", async () => {
    await system.run("demo", "generate", "--districts", "514", "--seed", "1");
    await take(page, 514, "tiles");
    await take(page, 514, "boundaries");
  });
});

/** Loads the boundaries as a ministry would. */
async function loadBoundaries(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), "satupintu-boundaries-"));
  const squares = join(dir, SQUARES.name);
  await writeFile(squares, SQUARES.buffer);
  const terms = ["--source", "Peta untuk melihat layar", "--licence", "menurut berkasnya"];
  await system.run("boundaries", "load", BOUNDARIES_FILE ?? squares, ...terms);
  await rm(dir, { recursive: true });
}

/** The whole page with the map in one form, in both sizes. */
async function take(page: Page, districts: number, form: "tiles" | "boundaries"): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await page.goto(`${system.url}/pusat?tampilan=peta${form === "tiles" ? "&bentuk=petak" : ""}`);
    const name = form === "tiles" ? /^Peta petak/ : /^Peta batas/;
    await expect(page.getByRole("listbox", { name })).toBeVisible();
    await expect(page.getByRole("heading", { name: `${districts} kabupaten/kota` })).toBeVisible();
    await expectNoSideways(page);
    await settled(page);
    const path = join(IMAGES, `national-${districts}-${form}-${size}.png`);
    await page.screenshot({ path, fullPage: true, animations: "disabled", caret: "hide" });
  }
}
