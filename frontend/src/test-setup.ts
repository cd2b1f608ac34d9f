import { cleanup } from "@testing-library/react";
import { afterEach, beforeAll } from "vitest";
import { startTexts } from "@/lib/i18n";

// jsdom has none of these and Mantine asks for them.
window.matchMedia ??= (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: () => false,
    onchange: null,
  }) as MediaQueryList;
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
// Fields that grow with their text measure it anew when fonts have come.
if (!("fonts" in document)) {
  Object.defineProperty(document, "fonts", { value: new EventTarget() });
}

beforeAll(startTexts);
afterEach(cleanup);
