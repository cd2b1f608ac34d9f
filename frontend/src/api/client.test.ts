import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { api } from "./client";
import { setApiBaseUrl } from "./config";
import { ConnectionError, ProblemError } from "./problem";
import { session } from "./session";
import { versioned } from "./versioned";

const BASE = "http://api.test";
type Answer = (request: Request) => Response | Promise<Response>;
const seen: Request[] = [];

/** Answers every request of the page from a table of paths. */
function service(answers: Record<string, Answer>): void {
  vi.stubGlobal("fetch", async (input: Request | string, init?: RequestInit) => {
    const request = new Request(input, init);
    seen.push(request.clone());
    const answer = answers[new URL(request.url).pathname];
    if (!answer) throw new TypeError("network");
    return answer(request);
  });
}

const json = (body: unknown, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": status < 400 ? "application/json" : "application/problem+json",
      ...headers,
    },
  });
const problem = (status: number, code: string, more = {}, headers = {}) =>
  json(
    { type: "about:blank", title: code, status, code, request_id: "r1", ...more },
    status,
    headers,
  );
const pair = (access_token: string) => ({ access_token, token_type: "Bearer", expires_in: 900 });

beforeEach(() => {
  setApiBaseUrl(`${BASE}/`);
  seen.length = 0;
});
afterEach(() => {
  session.close();
  vi.unstubAllGlobals();
});

describe("a call", () => {
  test("carries language, token and the run-time origin, and keeps the version", async () => {
    session.open(pair("t1"));
    service({ "/api/v1/me": () => json({ name: "Rahma Contoh" }, 200, { ETag: '"7"' }) });
    const me = versioned(await api.GET("/api/v1/me"));
    expect(me).toMatchObject({ value: { name: "Rahma Contoh" }, etag: '"7"' });
    expect(seen[0]?.url).toBe(`${BASE}/api/v1/me`);
    expect(seen[0]?.headers.get("Authorization")).toBe("Bearer t1");
    expect(seen[0]?.headers.get("Accept-Language")).toBe("id");
  });

  test("renews an old token once for many callers and repeats the body", async () => {
    session.open(pair("old"));
    let refreshes = 0;
    const bodies: string[] = [];
    service({
      "/api/v1/auth/refresh": () => {
        refreshes += 1;
        return json(pair("new"));
      },
      "/api/v1/me/password": async (request) => {
        if (request.headers.get("Authorization") !== "Bearer new") {
          return problem(401, "unauthenticated");
        }
        bodies.push(await request.text());
        return new Response(null, { status: 204 });
      },
    });
    const body = { current_password: "a", new_password: "b" };
    await Promise.all([1, 2, 3].map(() => api.POST("/api/v1/me/password", { body })));
    expect(refreshes).toBe(1);
    expect(bodies).toEqual([1, 2, 3].map(() => JSON.stringify(body)));
  });

  test("a session that is over is told, and tried once only", async () => {
    session.open(pair("old"));
    service({
      "/api/v1/auth/refresh": () => problem(401, "session_expired"),
      "/api/v1/me": () => problem(401, "unauthenticated"),
    });
    await expect(api.GET("/api/v1/me")).rejects.toMatchObject({ code: "unauthenticated" });
    expect(session.state()).toBe("expired");
    expect(seen.map((r) => new URL(r.url).pathname)).toEqual([
      "/api/v1/me",
      "/api/v1/auth/refresh",
    ]);
  });

  test("an outage while renewing does not sign anybody out", async () => {
    session.open(pair("old"));
    service({ "/api/v1/me": () => problem(401, "unauthenticated") });
    await expect(api.GET("/api/v1/me")).rejects.toBeInstanceOf(ConnectionError);
    expect(session.state()).toBe("signed_in");
  });

  test("a refused sign-in is not mistaken for an old token", async () => {
    session.open(pair("t1"));
    service({ "/api/v1/auth/login": () => problem(401, "invalid_credentials") });
    const login = api.POST("/api/v1/auth/login", { body: { email: "a@b.id", password: "x" } });
    await expect(login).rejects.toMatchObject({ code: "invalid_credentials" });
    expect(seen).toHaveLength(1);
  });
});

describe("a refusal", () => {
  test("brings its field errors by dotted path, and when to try again", async () => {
    const errors = [
      { field: "steps.0.actor", code: "required", message: "Pilih pelaksana." },
      { field: "steps.0.actor", code: "other", message: "Kedua." },
    ];
    service({
      "/api/v1/me": () => problem(422, "invalid_input", { errors }, { "Retry-After": "30" }),
    });
    const error = await api.GET("/api/v1/me").catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ProblemError);
    expect((error as ProblemError).fieldErrors()).toEqual({ "steps.0.actor": "Pilih pelaksana." });
    expect((error as ProblemError).retryAfter).toBe(30);
  });

  test("a proxy's page for a service that is down counts as not reached", async () => {
    service({ "/api/v1/me": () => new Response("<html>", { status: 502 }) });
    await expect(api.GET("/api/v1/me")).rejects.toBeInstanceOf(ConnectionError);
  });

  test("any other unreadable answer becomes a problem of its own", async () => {
    service({ "/api/v1/me": () => new Response("<html>", { status: 500 }) });
    await expect(api.GET("/api/v1/me")).rejects.toMatchObject({ code: "unexpected_answer" });
  });
});
