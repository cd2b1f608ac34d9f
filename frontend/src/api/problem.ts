import type { components } from "./schema.gen";

type ProblemBody = components["schemas"]["Problem"];

/** What the service refused, as it said it (RFC 9457). Texts are already in the user's language. */
export class ProblemError extends Error {
  override readonly name = "ProblemError";
  /** Seconds until another try makes sense, from `Retry-After`. */
  readonly retryAfter: number | null;

  constructor(
    readonly problem: ProblemBody,
    retryAfter: string | null = null,
  ) {
    super(problem.detail ?? problem.title);
    const seconds = Number(retryAfter);
    this.retryAfter = retryAfter !== null && Number.isFinite(seconds) ? seconds : null;
  }

  get code(): string {
    return this.problem.code;
  }

  get status(): number {
    return this.problem.status;
  }

  /** What stands now, where that is why the service refused; the operation says what it is. */
  current<T>(): T | undefined {
    return (this.problem.current ?? undefined) as T | undefined;
  }

  /** Field errors keyed by dotted path: the shape Mantine's `form.setErrors` takes. */
  fieldErrors(): Record<string, string> {
    const errors: Record<string, string> = {};
    for (const { field, message } of this.problem.errors ?? []) errors[field] ??= message;
    return errors;
  }
}

/** The service could not be reached: no signal, or it is down. Nothing was decided. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";
}

/** True when `error` is the refusal with this code. */
export function isProblem(error: unknown, code: string): error is ProblemError {
  return error instanceof ProblemError && error.code === code;
}

/** Builds the error of a refused response; a body that is no problem document (a proxy's page)
 * becomes one with the code `unexpected_answer`. */
export async function problemOf(response: Response): Promise<ProblemError | ConnectionError> {
  const isJson = response.headers.get("Content-Type")?.includes("json") ?? false;
  const body: unknown = isJson ? await response.json().catch(() => null) : null;
  if (isProblemBody(body)) return new ProblemError(body, response.headers.get("Retry-After"));
  // 502 to 504 without a problem document come from a proxy before a service that is down.
  if (response.status >= 502 && response.status <= 504) return new ConnectionError();
  return new ProblemError({
    type: "about:blank",
    title: response.statusText || `HTTP ${response.status}`,
    status: response.status,
    code: "unexpected_answer",
    request_id: response.headers.get("X-Request-Id") ?? "",
  });
}

function isProblemBody(body: unknown): body is ProblemBody {
  return typeof body === "object" && body !== null && "code" in body && "title" in body;
}
