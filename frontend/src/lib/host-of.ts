/** The host of an address; undefined when it cannot be read. Not `URL.parse`: phones of two years ago lack it. */
export function hostOf(link: string): string | undefined {
  try {
    return new URL(link).host;
  } catch {
    return undefined;
  }
}
