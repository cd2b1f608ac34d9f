import { type BrowserContext, test as base, expect } from "@playwright/test";

export * from "@playwright/test";

/** A session that has ended is found out by asking: then the program signs in anew, or leads to sign-in. */
const ALWAYS = /^401 POST .*\/auth\/refresh$/;

/** The browser's own word for an answer, or for the lack of one, that is counted by itself. */
const OF_AN_ANSWER = /Failed to load resource: (the server responded with a status|net::)/;

/** A page that is left breaks off what it asked for. */
const BROKEN_OFF = /ERR_ABORTED/;

/**
 * The tests' `test`: every page of every context is watched, and a spec fails when the program writes an error to the
 * console, throws, or is refused something (an answer from 400 on) that the spec did not declare:
 * `test.use({ expected: /^409 POST .*\/nudges/ })`.
 */
export const test = base.extend<{ expected: RegExp; watched: undefined }>({
  expected: [/^$/, { option: true }],
  watched: [
    async ({ browser, expected }, use) => {
      const faults: string[] = [];
      const note = (fault: string) => {
        if (!ALWAYS.test(fault) && !expected.test(fault)) faults.push(fault);
      };
      const plain = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const context = await plain(options);
        watch(context, note);
        return context;
      };
      await use(undefined);
      browser.newContext = plain;
      expect(faults, "what the browser reported and the spec did not declare").toEqual([]);
    },
    { auto: true },
  ],
});

function watch(context: BrowserContext, note: (fault: string) => void): void {
  context.on("weberror", (error) => note(`thrown ${error.error().message}`));
  context.on("console", (said) => {
    if (said.type() === "error" && !OF_AN_ANSWER.test(said.text())) note(`said ${said.text()}`);
  });
  context.on("response", (answer) => {
    const request = answer.request();
    if (answer.status() >= 400) note(`${answer.status()} ${request.method()} ${answer.url()}`);
  });
  context.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    if (!BROKEN_OFF.test(reason)) note(`failed ${request.method()} ${request.url()} ${reason}`);
  });
}
