import { useTranslation } from "react-i18next";
import type { ReadinessReport } from "@/api/readiness";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { CardTable } from "@/ui/card-table";
import { Empty } from "@/ui/empty";
import { ItemAnchor } from "@/ui/readiness/item-anchor";
import { workloads } from "./next-steps";

/** People in charge, their items, and what is due first. */
export function Workloads({ report, code }: { report: ReadinessReport; code: string }) {
  const { t } = useTranslation("district");
  const rows = workloads(report);
  if (rows.length === 0) return <Empty title={t("who_none_title")}>{t("who_none")}</Empty>;
  return (
    <CardTable
      caption={t("who_table")}
      rows={rows}
      rowKey={(row) => row.name}
      columns={[
        { key: "name", label: t("who_name"), isName: true, render: (row) => row.name },
        {
          key: "items",
          label: t("who_items"),
          render: (row) =>
            row.items.map((item, index) => (
              <span key={item.code}>
                {index > 0 ? ", " : null}
                <ItemAnchor item={item} code={code}>
                  {item.title}
                </ItemAnchor>
              </span>
            )),
        },
        {
          key: "due",
          label: t("who_due"),
          render: (row) => (row.due ? formatDate(row.due, currentLanguage()) : "–"),
        },
      ]}
    />
  );
}
