import type { TFunction } from "i18next";
import type { StandardItem } from "@/api/standards";
import { currentLanguage } from "@/lib/i18n";

/** The parts of an item that two versions may have differently, as text to read. */
export function sideOf(item: StandardItem, t: TFunction<"standards">) {
  const language = currentLanguage();
  return {
    title: item.title[language],
    why: item.why[language],
    next_step: item.next_step[language],
    evidence: item.evidence[language],
    weight: String(item.weight),
    mandatory: t(
      item.must_be_verified_for_go_live
        ? "demand.verified"
        : item.mandatory
          ? "demand.mandatory"
          : "demand.optional",
    ),
    validity: item.validity_months ? t("months", { count: item.validity_months }) : t("no_end"),
  };
}

export type Part = keyof ReturnType<typeof sideOf>;

/** The parts that differ, both sides; all parts of the one side when there is only one. */
export function differingParts(
  before: StandardItem | null | undefined,
  after: StandardItem | null | undefined,
  t: TFunction<"standards">,
): { part: Part; before: string; after: string }[] {
  const old = before ? sideOf(before, t) : null;
  const now = after ? sideOf(after, t) : null;
  const parts = Object.keys(old ?? now ?? {}) as Part[];
  return parts
    .map((part) => ({ part, before: old?.[part] ?? "", after: now?.[part] ?? "" }))
    .filter((row) => row.before !== row.after);
}
