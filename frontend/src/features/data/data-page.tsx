import { getRouteApi } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { SetupRecord } from "@/api/setup/content";
import { KINDS, type RecordKind } from "@/api/setup/kinds";
import type { Column } from "@/ui/card-table";
import { type Part, PartPage } from "@/ui/record/part-page";
import { AddButton, RecordList } from "@/ui/record/record-list";
import { AdoptSets } from "./adopt-sets";
import { type PartKey, useDataColumns } from "./data-columns";

const route = getRouteApi("/kerja/d/$code/sistem-data");

/** Categories, forms, sources, figures, reports, and the protection of all of it. */
export function DataPage() {
  const { t } = useTranslation("data");
  const { code } = route.useParams();
  const search = route.useSearch();
  const columns = useDataColumns();

  function part<C extends object>(
    key: PartKey,
    kind: RecordKind<C>,
    shown: Column<SetupRecord<C>>[],
    before?: ReactNode,
  ): Part {
    return {
      key: kind.slug,
      name: t(`part.${key}`),
      action: (
        <AddButton kind={kind} code={code}>
          {t(`add.${key}`)}
        </AddButton>
      ),
      content: (
        <>
          {before}
          <RecordList
            key={key}
            kind={kind}
            code={code}
            caption={t(`part.${key}`)}
            nameLabel={t("name")}
            columns={shown}
            empty={{ title: t(`empty_title.${key}`), body: t(`empty.${key}`) }}
          />
        </>
      ),
    };
  }

  return (
    <PartPage
      component="data"
      code={code}
      search={search}
      title={t("title")}
      lead={t("lead")}
      parts={[
        part(
          "categories",
          KINDS.vulnerability_category,
          columns.categories,
          <AdoptSets code={code} />,
        ),
        part("forms", KINDS.data_form, columns.forms),
        part("fields", KINDS.form_field, columns.fields),
        part("sources", KINDS.data_source, columns.sources),
        part("indicators", KINDS.indicator, columns.indicators),
        part("reports", KINDS.report_plan, columns.reports),
        part("agreements", KINDS.data_agreement, columns.agreements),
        part("protection", KINDS.data_protection, columns.protection),
        part("retention", KINDS.retention_rule, columns.retention),
      ]}
    />
  );
}
