import type { District } from "@/api/types";

/** What a district may change of its profile. */
export type Profile = Pick<District, "unit_name" | "office_name" | "address" | "hotline">;

/** The part of a district that the form edits. */
export function profileOf({ unit_name, office_name, address, hotline }: District): Profile {
  return { unit_name, office_name, address, hotline };
}

/** The fields in which `now` differs from `opened`, trimmed; null when there are none. */
export function changedOf(opened: Profile, now: Profile): Partial<Profile> | null {
  const names = Object.keys(opened) as (keyof Profile)[];
  const changed = names.filter((name) => now[name].trim() !== opened[name].trim());
  if (changed.length === 0) return null;
  return Object.fromEntries(changed.map((name) => [name, now[name].trim()]));
}
