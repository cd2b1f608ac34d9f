import type { ConflictField } from "./conflict-dialog";

/** Lists the fields in which two versions of a flat form differ, with texts for reading. */
export function conflictFields<T extends object>(
  mine: T,
  theirs: T,
  labels: Partial<Record<keyof T & string, string>>,
): ConflictField[] {
  return (Object.keys(labels) as (keyof T & string)[])
    .filter((name) => asText(mine[name]) !== asText(theirs[name]))
    .map((name) => ({
      name,
      label: labels[name] ?? name,
      mine: asText(mine[name]),
      theirs: asText(theirs[name]),
    }));
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return Array.isArray(value) ? value.map(asText).join("\n") : String(value);
}
