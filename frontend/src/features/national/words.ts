import type { TFunction } from "i18next";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import type { NationalFilters } from "./filters";
import type { OverviewDistrict } from "./overview";

/** The texts of the national page. */
export type Texts = TFunction<["national", "supervision", "common"]>;

/** What narrows the figures, in words; nothing when all are shown. */
export function filterWords(
  t: Texts,
  filters: NationalFilters,
  names: { province?: string | undefined; wave?: string | undefined },
): string[] {
  return [
    filters.provinsi && (names.province ?? filters.provinsi),
    filters.gelombang && (names.wave ?? t("filter.wave")),
    filters.tahap && t(`supervision:phase.${filters.tahap}`),
    filters.keadaan && t(`status.${filters.keadaan}`),
    filters.tertahan && t("filter.stuck_days", { count: filters.tertahan }),
    filters.hambatan && t(`obstacle.${filters.hambatan}`),
    filters.kedaluwarsa && t("filter.expiring"),
    filters.cari && t("filter.searched", { text: filters.cari }),
  ].filter((word): word is string => Boolean(word));
}

/** What the system sees in a district's way, a sentence each. */
export function reasonWords(t: Texts, { obstacles }: OverviewDistrict): string[] {
  return obstacles.map(({ kind, count, since, items }) => {
    const reason = t(`stuck.reason.${kind}`, { count, items: items.join(", ") });
    if (!since) return reason;
    const day = formatDate(since, currentLanguage());
    return `${reason} (${t(kind === "expiring" ? "stuck.until" : "stuck.from", { day })})`;
  });
}
