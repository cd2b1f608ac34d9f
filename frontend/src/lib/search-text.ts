/** A text in the address, when it says anything. A bare number ("provinsi=73") is read as one by the router; codes are text. */
export function searchText(value: unknown): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  return typeof text === "string" && text !== "" ? text : undefined;
}
