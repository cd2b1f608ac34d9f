/** A value together with the version it was read at. Keep both while a form is open: sending the
 * version of a later background read would overwrite what the person never saw. */
export interface Versioned<T> {
  value: T;
  /** The service's `ETag`; null when it sent none (or a CORS setting hides it). */
  etag: string | null;
}

/** Pairs an answer of the plain client with its version. */
export function versioned<T>(answer: { data?: T; response: Response }): Versioned<T> {
  if (answer.data === undefined) throw new Error("an answer without a body has no version");
  return { value: answer.data, etag: answer.response.headers.get("ETag") };
}

/** The header that lets a change through only if nobody changed the thing meanwhile. Without a
 * version it names one that nothing has, and the service refuses: nothing is overwritten by
 * accident. */
export function ifMatch(etag: string | null): { "If-Match": string } {
  return { "If-Match": etag ?? '"unknown"' };
}
