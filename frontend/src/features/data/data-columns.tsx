import { useTranslation } from "react-i18next";
import type {
  DataAgreement,
  DataForm,
  DataProtection,
  DataSource,
  FormField,
  Indicator,
  ReportPlan,
  RetentionRule,
  SetupRecord,
  VulnerabilityCategory,
} from "@/api/setup/content";
import { formatDate, formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import type { Column } from "@/ui/card-table";
import { codeName } from "@/ui/record/texts";

/** The lists of the data system. */
export type PartKey =
  | "categories"
  | "forms"
  | "fields"
  | "sources"
  | "indicators"
  | "reports"
  | "agreements"
  | "protection"
  | "retention";

type Columns<C> = Column<SetupRecord<C>>[];

/** What each list shows beside the name. */
export function useDataColumns() {
  const { t } = useTranslation("data");
  const day = (iso: string | null, none: string) =>
    iso ? formatDate(iso, currentLanguage()) : none;
  const categories: Columns<VulnerabilityCategory> = [
    {
      key: "set",
      label: t("column.set"),
      render: ({ content }) => (content.set ? codeName("category_set", content.set) : t("own_set")),
    },
    {
      key: "ages",
      label: t("column.ages"),
      render: ({ content: { min_age, max_age } }) =>
        min_age === null && max_age === null
          ? t("every_age")
          : t("ages", { from: min_age ?? 0, to: max_age ?? 17 }),
    },
    {
      key: "domains",
      label: t("column.domains"),
      render: ({ content }) =>
        content.domains.map((domain) => codeName("service_domain", domain)).join(", ") || "–",
    },
  ];
  const forms: Columns<DataForm> = [
    {
      key: "form",
      label: t("column.form"),
      render: ({ content }) => (content.form ? codeName("form_target", content.form) : "–"),
    },
    {
      key: "status",
      label: t("column.status"),
      render: ({ content }) => codeName("form_status", content.status ?? "draft"),
    },
  ];
  const fields: Columns<FormField> = [
    {
      key: "form",
      label: t("column.form"),
      render: ({ content }) => (content.form ? codeName("form_target", content.form) : "–"),
    },
    {
      key: "type",
      label: t("column.type"),
      render: ({ content }) => (content.type ? codeName("field_type", content.type) : "–"),
    },
  ];
  const sources: Columns<DataSource> = [
    {
      key: "kind",
      label: t("column.type"),
      render: ({ content }) => (content.kind ? codeName("data_source_type", content.kind) : "–"),
    },
    { key: "year", label: t("column.year"), render: ({ content }) => content.year ?? "–" },
  ];
  const indicators: Columns<Indicator> = [
    {
      key: "target",
      label: t("column.target"),
      render: ({ content: { target, unit, target_year } }) =>
        target === null
          ? t("not_set")
          : t("target_by", {
              target: formatNumber(target, currentLanguage()),
              unit,
              year: target_year ?? "–",
            }),
    },
    {
      key: "period",
      label: t("column.frequency"),
      render: ({ content }) => (content.period ? codeName("frequency", content.period) : "–"),
    },
  ];
  const reports: Columns<ReportPlan> = [
    {
      key: "frequency",
      label: t("column.frequency"),
      render: ({ content }) => (content.frequency ? codeName("frequency", content.frequency) : "–"),
    },
    {
      key: "due",
      label: t("column.due"),
      render: ({ content }) => day(content.next_due_on, t("not_set")),
    },
  ];
  const agreements: Columns<DataAgreement> = [
    {
      key: "purpose",
      label: t("column.purpose"),
      render: ({ content }) =>
        content.purpose ? codeName("agreement_kind", content.purpose) : "–",
    },
    {
      key: "until",
      label: t("column.until"),
      render: ({ content }) => day(content.valid_until, t("no_end")),
    },
  ];
  const protection: Columns<DataProtection> = [
    {
      key: "contact",
      label: t("column.contact"),
      render: ({ content }) => content.contact_name || t("not_set"),
    },
  ];
  const retention: Columns<RetentionRule> = [
    {
      key: "months",
      label: t("column.months"),
      render: ({ content }) =>
        content.months === null ? t("not_set") : t("months", { count: content.months }),
    },
  ];
  return {
    categories,
    forms,
    fields,
    sources,
    indicators,
    reports,
    agreements,
    protection,
    retention,
  };
}
