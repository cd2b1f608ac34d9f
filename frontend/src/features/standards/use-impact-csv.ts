import { useTranslation } from "react-i18next";
import type { StandardImpact } from "@/api/standards";
import { componentKey } from "@/lib/components";
import { saveCsv } from "@/lib/csv";

/** Hands out what the draft would do to districts as a table, every component included. */
export function useImpactCsv(): (rows: StandardImpact[]) => void {
  const { t } = useTranslation(["standards", "common"]);
  return (rows) => {
    const kinds = rows[0]?.detail.components.map(({ component }) => component) ?? [];
    const name = (kind: (typeof kinds)[number]) => t(`common:component.${componentKey(kind)}`);
    const both = (label: string) => [t("csv.before", { label }), t("csv.after", { label })];
    const head = [
      t("csv.code"),
      t("impact.district"),
      t("csv.province"),
      ...both(t("impact.verified")),
      ...both(t("impact.claimed")),
      ...kinds.flatMap((kind) => both(t("csv.of", { component: name(kind) }))),
      t("impact.newly_missing"),
      t("csv.new_blockers"),
      t("effect.loses_complete"),
      t("csv.live"),
      t("csv.as_of"),
    ];
    const yes = (holds: boolean) => t(holds ? "csv.yes" : "csv.no");
    const table = rows.map((row) => [
      row.code,
      row.name,
      row.province_name,
      row.verified_before,
      row.verified_after,
      row.claimed_before,
      row.claimed_after,
      ...row.detail.components.flatMap((one) => [one.verified_before, one.verified_after]),
      row.detail.newly_missing.join(" "),
      row.detail.new_blockers.join(" "),
      yes(row.loses_complete),
      yes(row.is_live),
      row.as_of,
    ]);
    saveCsv(t("csv.file"), head, table);
  };
}
