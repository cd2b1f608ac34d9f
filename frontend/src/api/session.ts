import { currentLanguage } from "@/lib/i18n";
import { apiBaseUrl } from "./config";
import { ConnectionError, problemOf } from "./problem";
import type { TokenPair } from "./types";

/**
 * Who is signed in on this page. The access token lives in this module only; the refresh token is
 * a cookie scripts cannot read. A hint in localStorage (no secret) tells a returning visitor's
 * public pages whether asking for a new token is worth a request.
 */
export type SessionState =
  | "unknown"
  | "signed_in"
  | "signed_out"
  /** In another tab: whoever writes here writes what nobody takes. */
  | "signed_out_elsewhere"
  | "expired";

const HINT = "satupintu.signed_in";
const LOCK = "satupintu.refresh";
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("satupintu");

let token: string | null = null;
let state: SessionState = "unknown";
let account: string | null = null;
let refreshing: Promise<string | null> | null = null;
const listeners = new Set<() => void>();

function become(next: SessionState, nextToken: string | null): void {
  state = next;
  token = nextToken;
  for (const listener of listeners) listener();
}

channel?.addEventListener("message", (event) => {
  if (event.data === "signed_out") become("signed_out_elsewhere", null);
});

export const session = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  state: (): SessionState => state,
  token: (): string | null => token,
  /** Id of the account that is signed in, or was until the session expired. */
  account: (): string | null => account,
  /** Takes the tokens of a sign-in that succeeded. */
  open(pair: TokenPair): void {
    storeHint(true);
    account = subjectOf(pair.access_token);
    become("signed_in", pair.access_token);
  },
  /** Forgets the user on this page and in the other open tabs. */
  close(): void {
    storeHint(false);
    become("signed_out", null);
    account = null;
    channel?.postMessage("signed_out");
  },
};

/** Whose token it is; only to keep apart what is stored on this device. */
function subjectOf(jwt: string): string | null {
  try {
    const payload = jwt.split(".")[1] ?? "";
    const claims: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    const { sub } = claims as { sub?: unknown };
    return typeof sub === "string" ? sub : null;
  } catch {
    return null;
  }
}

/** True when somebody signed in on this device and did not sign out. Not proof, only a hint. */
export function wasSignedIn(): boolean {
  try {
    return localStorage.getItem(HINT) === "1";
  } catch {
    return false;
  }
}

function storeHint(on: boolean): void {
  try {
    if (on) localStorage.setItem(HINT, "1");
    else localStorage.removeItem(HINT);
  } catch {
    // Without storage a reload of a public page shows "Masuk"; private pages still find the cookie.
  }
}

/**
 * Asks for a new access token. Many callers share one request, and tabs take turns: refresh tokens
 * rotate, and two tabs using the same one would look like theft. Null when the session is over.
 */
export function refreshSession(): Promise<string | null> {
  refreshing ??= inTurn(requestRefresh).finally(() => {
    refreshing = null;
  });
  return refreshing;
}

async function inTurn(work: () => Promise<string | null>): Promise<string | null> {
  if (typeof navigator === "undefined" || !navigator.locks) return work();
  return await navigator.locks.request(LOCK, work);
}

async function requestRefresh(): Promise<string | null> {
  let response: Response;
  try {
    response = await fetch(`${apiBaseUrl()}/api/v1/auth/refresh`, {
      method: "POST",
      credentials: "include",
      headers: { "Accept-Language": currentLanguage() },
    });
  } catch {
    throw new ConnectionError();
  }
  if (response.ok) {
    session.open((await response.json()) as TokenPair);
    return token;
  }
  // Only the service's own "no" ends the session; an outage must not throw people out.
  if (response.status !== 401) throw await problemOf(response);
  const wasOpen = state === "signed_in";
  storeHint(false);
  become(wasOpen ? "expired" : "signed_out", null);
  return null;
}

/** Makes sure of the state before a private page is shown. True when signed in. */
export async function ensureSession(): Promise<boolean> {
  if (token) return true;
  return (await refreshSession()) !== null;
}
