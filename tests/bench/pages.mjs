// How long a person with a slow phone waits for a page: cold cache, slow 4G, a processor four times slower.
import { createRequire } from "node:module";
import { median } from "./numbers.mjs";

const { chromium } = createRequire(new URL("../e2e/package.json", import.meta.url))(
  "@playwright/test",
);

/** What Chromium's developer tools call "Slow 4G": bytes a second, and milliseconds before each answer. */
const SLOW_4G = {
  offline: false,
  downloadThroughput: ((1.6e6 / 8) * 9) / 10,
  uploadThroughput: ((750e3 / 8) * 9) / 10,
  latency: 150 * 3.75,
};
const CPU_SLOWDOWN = 4;

/**
 * The pages. `control` is what the person came for; a click on `trigger` must show (`answer`). The page counts as
 * interactive when the control is there and the click has been answered on screen.
 */
export const PAGES = [
  {
    name: "sign-in",
    path: "/masuk",
    control: "main form button[type=submit]",
    trigger: "main form button[type=submit]",
    answer: "main form input[type=email][aria-invalid=true]", // the empty form is refused
  },
  {
    name: "district home",
    path: "/d/73.02",
    account: "admin.bulukumba@demo.satupintu.example",
    control: "main ol li a", // the first thing to do next
    trigger: "header button[aria-haspopup=menu][aria-label^=Akun]",
    answer: "header button[aria-haspopup=menu][aria-label^=Akun][aria-expanded=true]",
  },
];

/** Measures each of `pages` `runs` times; answers the medians, times in milliseconds, bytes as sent. */
export async function measurePages(url, { runs, executablePath, pages = PAGES }) {
  const browser = await chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
    ],
  });
  try {
    const results = [];
    for (const page of pages) {
      const all = [];
      for (let run = 0; run < runs; run++) all.push(await visit(browser, url, page));
      const middle = (field) => median(all.map((one) => one[field]));
      results.push({
        name: page.name,
        firstPaint: middle("firstPaint"),
        interactive: middle("interactive"),
        bytes: middle("bytes"),
        requests: middle("requests"),
        all: all.map((one) => one.interactive),
      });
    }
    return results;
  } finally {
    await browser.close();
  }
}

async function visit(browser, url, { path, account, control, trigger, answer, width = 360 }) {
  // A context of its own has an empty cache.
  const context = await browser.newContext({
    baseURL: url,
    locale: "id-ID",
    viewport: { width, height: 760 },
  });
  try {
    if (account) {
      const data = { email: account, password: "SatuPintu-Demo-2026" };
      const answer = await context.request.post("/api/v1/auth/login", { data });
      if (!answer.ok()) throw new Error(`sign-in of ${account}: ${answer.status()}`);
    }
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    const traffic = { bytes: 0, requests: 0 };
    devtools.on("Network.loadingFinished", ({ encodedDataLength }) => {
      traffic.bytes += encodedDataLength;
      traffic.requests += 1;
    });
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", SLOW_4G);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
    await page.goto(path, { waitUntil: "commit" });
    await seen(page, control);
    const { x, y } = await seen(page, trigger);
    await page.mouse.click(x, y);
    const { at } = await seen(page, answer);
    const firstPaint = await page.evaluate(
      () => performance.getEntriesByName("first-contentful-paint")[0].startTime,
    );
    return { firstPaint, interactive: at, ...traffic };
  } finally {
    await context.close();
  }
}

/** Waits until the element is on screen and enabled; answers its middle, and when that was since navigation began. */
async function seen(page, selector) {
  const handle = await page.waitForFunction(
    (selector) => {
      const element = document.querySelector(selector);
      if (
        !element ||
        element.disabled ||
        !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      )
        return null;
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) return null;
      return { x: box.x + box.width / 2, y: box.y + box.height / 2, at: performance.now() };
    },
    selector,
    { polling: "raf", timeout: 60_000 },
  );
  return handle.jsonValue();
}
