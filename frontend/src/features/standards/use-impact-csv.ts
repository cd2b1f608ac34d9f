import { useTranslation } from "react-i18next";
import type { StandardImpact } from "@/api/standards";
import { componentKey } from "@/lib/components";
import { csvBlob } from "@/lib/export/csv";
import { type Column, fileName, tableOf, type Value } from "@/lib/export/table";
import { saveBlob } from "@/lib/save-blob";

type Read = (row: StandardImpact) => Value;

/** Hands out what the draft would do to districts as a table, every component included. */
export function useImpactCsv(): (rows: StandardImpact[]) => void {
  const { t } = useTranslation(["standards", "common"]);
  return (rows) => {
    const kinds = rows[0]?.detail.components.map(({ component }) => component) ?? [];
    const name = (kind: (typeof kinds)[number]) => t(`common:component.${componentKey(kind)}`);
    const text = (key: string, label: string, of: Read): Column<StandardImpact> => ({
      key,
      label,
      kind: "text",
      of,
    });
    const both = (
      key: string,
      label: string,
      before: Read,
      after: Read,
    ): Column<StandardImpact>[] => [
      { key: `${key}.before`, label: t("csv.before", { label }), kind: "percent", of: before },
      { key: `${key}.after`, label: t("csv.after", { label }), kind: "percent", of: after },
    ];
    const yes = (holds: boolean) => t(holds ? "csv.yes" : "csv.no");
    const ofKind = (kind: (typeof kinds)[number]) => (row: StandardImpact) =>
      row.detail.components.find(({ component }) => component === kind);
    const columns = [
      text("code", t("csv.code"), (row) => row.code),
      text("name", t("impact.district"), (row) => row.name),
      text("province", t("csv.province"), (row) => row.province_name),
      ...both(
        "verified",
        t("impact.verified"),
        (row) => row.verified_before,
        (row) => row.verified_after,
      ),
      ...both(
        "claimed",
        t("impact.claimed"),
        (row) => row.claimed_before,
        (row) => row.claimed_after,
      ),
      ...kinds.flatMap((kind) =>
        both(
          kind,
          t("csv.of", { component: name(kind) }),
          (row) => ofKind(kind)(row)?.verified_before,
          (row) => ofKind(kind)(row)?.verified_after,
        ),
      ),
      text("newly_missing", t("impact.newly_missing"), (row) => row.detail.newly_missing.join(" ")),
      text("new_blockers", t("csv.new_blockers"), (row) => row.detail.new_blockers.join(" ")),
      text("loses_complete", t("effect.loses_complete"), (row) => yes(row.loses_complete)),
      text("live", t("csv.live"), (row) => yes(row.is_live)),
      text("as_of", t("csv.as_of"), (row) => row.as_of),
    ];
    saveBlob(csvBlob(tableOf(columns, rows)), fileName(t("csv.file"), "csv"));
  };
}
