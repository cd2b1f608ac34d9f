import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { boundariesQuery, topologyQuery } from "./boundaries";
import { setApiBaseUrl } from "./config";

const HASH = "ab".repeat(32);
const TOPOLOGY = { type: "Topology" };

let client: QueryClient;

beforeEach(() => {
  setApiBaseUrl("http://api.test");
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(boundariesQuery.queryKey, { value: { loaded: null }, etag: '"1"' });
});
afterEach(() => vi.unstubAllGlobals());

function answer(body: unknown, status: number, etag: string | null) {
  const headers = new Headers({
    "Content-Type": status < 400 ? "application/json" : "application/problem+json",
  });
  if (etag) headers.set("ETag", etag);
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(body), { status, headers }));
}

const asksAgain = () => client.getQueryState(boundariesQuery.queryKey)?.isInvalidated;

test("shapes with the hash asked for are taken, also when a proxy marks the tag", async () => {
  const tag = HASH.slice(0, 32);
  for (const etag of [`"${tag}"`, `W/"${tag}"`, `"${tag}-gzip"`, null]) {
    answer(TOPOLOGY, 200, etag);
    client.removeQueries({ queryKey: topologyQuery(HASH).queryKey });
    expect(await client.fetchQuery(topologyQuery(HASH))).toEqual(TOPOLOGY);
    expect(asksAgain()).toBe(false);
  }
});

test("shapes of another file are not taken, and the page asks what is loaded", async () => {
  answer(TOPOLOGY, 200, `"${"cd".repeat(16)}"`);
  await expect(client.fetchQuery(topologyQuery(HASH))).rejects.toThrow("other boundaries");
  expect(asksAgain()).toBe(true);
});

test("when the shapes are gone the page asks what is loaded", async () => {
  answer(
    { type: "about:blank", title: "x", status: 404, code: "not_found", request_id: "r" },
    404,
    null,
  );
  await expect(client.fetchQuery(topologyQuery(HASH))).rejects.toMatchObject({ status: 404 });
  expect(asksAgain()).toBe(true);
});

test("when the service fails nothing else is asked", async () => {
  answer(
    { type: "about:blank", title: "x", status: 500, code: "internal", request_id: "r" },
    500,
    null,
  );
  await expect(client.fetchQuery(topologyQuery(HASH))).rejects.toMatchObject({ status: 500 });
  expect(asksAgain()).toBe(false);
});
