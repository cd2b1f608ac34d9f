import { Alert, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { query } from "@/api/client";
import { formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { CardTable } from "@/ui/card-table";
import { Facts } from "@/ui/facts";
import { PageSkeleton } from "@/ui/loading";
import { Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { codeName } from "@/ui/record/texts";

/** How many people for how many cases, and which kecamatan have nobody. */
export function StaffSummaryPart({ code }: { code: string }) {
  const { t } = useTranslation("staff");
  const answer = query.useQuery("get", "/api/v1/districts/{code}/setup/staff/summary", {
    params: { path: { code } },
  });
  if (answer.error) return <ProblemAlert error={answer.error} onRetry={() => answer.refetch()} />;
  if (!answer.data) return <PageSkeleton />;
  const summary = answer.data;
  const number = (value: number) => formatNumber(value, currentLanguage());
  const uncovered = summary.subdistricts.filter((area) => area.people === 0).length;
  const withLimit = summary.case_carriers - summary.without_limit;
  const facts = [
    { label: t("summary.people"), value: number(summary.people) },
    { label: t("summary.with_decree"), value: number(summary.with_decree) },
    { label: t("summary.with_pledge"), value: number(summary.with_pledge) },
    { label: t("summary.with_account"), value: number(summary.with_account) },
    { label: t("summary.case_carriers"), value: number(summary.case_carriers) },
    { label: t("summary.without_limit"), value: number(summary.without_limit) },
    { label: t("summary.capacity"), value: number(summary.case_capacity) },
  ];
  return (
    <>
      <Section>
        <Facts items={facts} />
        {withLimit > 0 ? (
          <Text mt="sm">
            {t("summary.per_carrier", { n: number(Math.round(summary.case_capacity / withLimit)) })}
          </Text>
        ) : null}
        <Text c="dimmed">{t("summary.ratio")}</Text>
      </Section>
      {summary.roles.length > 0 ? (
        <Section title={t("summary.roles")}>
          <CardTable
            caption={t("summary.roles")}
            rows={summary.roles}
            rowKey={(row) => row.role}
            columns={[
              {
                key: "role",
                label: t("summary.role"),
                isName: true,
                render: (row) => codeName("staff_role", row.role),
              },
              { key: "people", label: t("summary.count"), render: (row) => number(row.people) },
            ]}
          />
        </Section>
      ) : null}
      <Section title={t("summary.areas")}>
        {uncovered > 0 ? (
          <Alert color="kunyit" variant="light" mb="md">
            {t("summary.uncovered", { count: uncovered })}
          </Alert>
        ) : null}
        <CardTable
          caption={t("summary.areas")}
          rows={summary.subdistricts}
          rowKey={(row) => row.code}
          columns={[
            { key: "area", label: t("summary.area"), isName: true, render: (row) => row.name },
            {
              key: "people",
              label: t("summary.count"),
              render: (row) => (row.people === 0 ? t("summary.nobody") : number(row.people)),
            },
          ]}
        />
      </Section>
    </>
  );
}
