import { currentLanguage } from "@/lib/i18n";

/** A month in words: Desember 2018. `month` is the ISO date of one of its days. */
export function monthName(month: string): string {
  const tag = currentLanguage() === "id" ? "id-ID" : "en-GB";
  const words = new Intl.DateTimeFormat(tag, { month: "long", year: "numeric", timeZone: "UTC" });
  return words.format(new Date(month));
}
