/** The token of a mailed link, which stands after the `#`: that part of an address is never sent to
 * a server, so no log keeps it. Undefined when the address was cut. */
export function tokenOfHash(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, "")).get("token") || undefined;
}
