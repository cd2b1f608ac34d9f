import createFetchClient, { type Middleware } from "openapi-fetch";
import createQueryHooks from "openapi-react-query";
import { currentLanguage } from "@/lib/i18n";
import { apiBaseUrl } from "./config";
import { ConnectionError, problemOf } from "./problem";
import type { paths } from "./schema.gen";
import { refreshSession, session } from "./session";

/** A request whose address is completed when it is made: the API's origin is known only at run time. */
class ApiRequest extends Request {
  constructor(input: RequestInfo | URL, init?: RequestInit) {
    super(typeof input === "string" ? `${apiBaseUrl()}${input}` : input, init);
  }
}

async function reach(request: Request): Promise<Response> {
  const token = session.token();
  if (token) request.headers.set("Authorization", `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ConnectionError();
  }
}

/** Sends a request and, when the access token has run out, once more with a new one. */
async function send(request: Request): Promise<Response> {
  // Its body can be read once only; keep a second copy for the second try.
  const again = request.clone();
  const hadToken = session.token() !== null;
  const response = await reach(request);
  // A sign-in that is refused is an answer, not an old token.
  if (response.status !== 401 || !hadToken || request.url.includes("/api/v1/auth/")) {
    return response;
  }
  return (await refreshSession()) ? reach(again) : response;
}

const manners: Middleware = {
  onRequest({ request }) {
    request.headers.set("Accept-Language", currentLanguage());
  },
  async onResponse({ response }) {
    if (!response.ok) throw await problemOf(response);
  },
};

/** A client over a document of paths, with sign-in, language and errors as everywhere. */
export function clientOf<Paths extends object>() {
  const client = createFetchClient<Paths>({
    Request: ApiRequest,
    fetch: send,
    credentials: "include",
  });
  client.use(manners);
  return client;
}

/** The API as plain calls. They throw `ProblemError` or `ConnectionError`. */
export const api = clientOf<paths>();

/** The same API as query hooks. */
export const query = createQueryHooks(api);

/** A fresh key for one intended creation. Keep it while the person retries the same form, so that a
 * lost answer does not create the thing twice. */
export function idempotencyKey(): string {
  return crypto.randomUUID();
}
