/** The token of a mailed link, which stands after the `#`: that part of an address is never sent to
 * a server, so no log keeps it. Undefined when the address was cut. */
export function tokenOfHash(hash: string): string | undefined {
  return fieldOfHash(hash, "token");
}

/** Another value that a mailed link carries after the `#`, such as the `id` of an application. */
export function fieldOfHash(hash: string, name: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, "")).get(name) || undefined;
}
