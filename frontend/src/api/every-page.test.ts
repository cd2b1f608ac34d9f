import { expect, test, vi } from "vitest";
import { everyPage } from "./every-page";

test("pages are asked for until there is no further one, and joined in order", async () => {
  const pages = [
    { items: [1, 2], next_cursor: "a" },
    { items: [3], next_cursor: "b" },
    { items: [], next_cursor: null },
  ];
  const load = vi.fn(async () => ({ data: pages.shift() }));
  expect(await everyPage(load)).toEqual([1, 2, 3]);
  expect(load.mock.calls.map(([page]: unknown[]) => page)).toEqual([
    { cursor: undefined, limit: 200 },
    { cursor: "a", limit: 200 },
    { cursor: "b", limit: 200 },
  ]);
});
