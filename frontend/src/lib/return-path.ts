/** A path of this site to go back to after signing in. Anything else (another site, `//host`,
 * `javascript:`) is dropped: the value comes from the address bar. */
export function asReturnPath(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  return /^\/(?![/\\])/.test(value) ? value : undefined;
}
