/** A machine key from a name: lower-case ASCII words joined by underscores, at most 40 characters. */
export function keyOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const key = plain.replace(/[^a-z0-9]+/g, "_").replace(/^_+|_+$/g, "");
  return key.slice(0, 40).replace(/_+$/, "") || "role";
}
