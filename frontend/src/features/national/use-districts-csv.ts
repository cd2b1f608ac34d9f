import { useTranslation } from "react-i18next";
import { componentKey } from "@/lib/components";
import { saveCsv } from "@/lib/csv";
import type { Overview } from "./overview";

/** Hands out the districts of an overview as a table, both scores of every component included. */
export function useDistrictsCsv(): (overview: Overview) => void {
  const { t } = useTranslation(["national", "supervision", "common"]);
  return ({ districts }) => {
    const kinds = [...new Set(districts.flatMap((row) => row.components.map((c) => c.component)))];
    const names = kinds.map((kind) => t(`common:component.${componentKey(kind)}`));
    const head = [
      t("column.code"),
      t("column.name"),
      t("column.province"),
      t("column.unit"),
      t("column.status"),
      t("column.phase"),
      t("column.phase_since"),
      t("column.claimed"),
      t("column.verified"),
      ...names.map((name) => t("column.component_claimed", { name })),
      ...names.map((name) => t("column.component_verified", { name })),
      t("column.blockers"),
      t("column.idle"),
      t("column.expired"),
      t("column.expiring_soon"),
    ];
    const rows = districts.map((row) => {
      const of = (score: "claimed" | "verified") =>
        kinds.map((kind) => row.components.find(({ component }) => component === kind)?.[score]);
      return [
        row.code,
        row.name,
        row.province_name,
        row.unit_name,
        t(`status.${row.status}`),
        row.phase ? t(`supervision:phase.${row.phase}`) : null,
        row.phase_since,
        row.claimed,
        row.verified,
        ...of("claimed"),
        ...of("verified"),
        row.blockers,
        row.idle_days,
        row.expired,
        row.expiring,
      ];
    });
    saveCsv(t("file.districts"), head, rows);
  };
}
