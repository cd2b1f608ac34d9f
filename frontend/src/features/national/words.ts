import type { TFunction } from "i18next";
import { formatDate, formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import type { NationalFilters } from "./filters";
import type { Overview, OverviewDistrict, OverviewWave } from "./overview";
import { waveName } from "./wave-name";
import { waveState } from "./wave-state";

/** The texts of the national page. */
export type Texts = TFunction<["national", "supervision", "common"]>;

/** What narrows the figures of this page, in words; nothing when all are shown. */
export function narrowedBy(
  t: Texts,
  filters: NationalFilters,
  { provinces, waves }: Pick<Overview, "provinces" | "waves">,
): string[] {
  const wave = waves.find(({ id }) => id === filters.gelombang);
  return filterWords(t, filters, {
    province: provinces.find(({ code }) => code === filters.provinsi)?.name,
    wave: wave && waveName(t, wave),
  });
}

/** How a wave stands against what was planned, in sentences. */
export function waveWords(t: Texts, wave: OverviewWave, now: Date): string {
  const number = (value: number) => formatNumber(value, currentLanguage());
  const said = (key: "unregistered" | "late", count: number) =>
    count > 0 ? t(`wave.${key}`, { count, number: number(count) }) : "";
  const state = waveState(wave, now);
  return [
    t(`wave.state.${state.key}`, { count: state.days, number: number(state.days) }),
    said("unregistered", wave.districts - wave.registered),
    said("late", wave.reached - wave.on_time),
  ]
    .filter(Boolean)
    .join(" ");
}

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
