import type { TFunction } from "i18next";

/** What people call a wave: its number and year, and its name when it has one. */
export function waveName(
  t: TFunction<"national">,
  { number, year, name }: { number: number; year: number; name?: string },
): string {
  const place = t("wave.number", { number, year: String(year) });
  return name ? `${place}: ${name}` : place;
}
