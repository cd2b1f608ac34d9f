import { Button, Group } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { districtQuery } from "@/api/district";
import { componentKey, type ReadinessComponent, readinessQuery } from "@/api/readiness";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { CardTable } from "@/ui/card-table";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ItemAnchor } from "@/ui/readiness/item-anchor";
import { ItemStateBadge } from "@/ui/readiness/item-state";
import { ProposalLine } from "@/ui/readiness/proposal-line";
import { ScoreBar } from "@/ui/score-bar";
import { GoLive } from "./go-live";

const route = getRouteApi("/kerja/d/$code/tinjauan");

/** Everything in one place: what stands in the way, all components, and the way to go live. */
export function LaunchPage() {
  const { t } = useTranslation(["launch", "readiness", "common"]);
  const { code } = route.useParams();
  const district = useQuery(districtQuery(code));
  const report = useQuery(readinessQuery(code));
  if (district.error) throw district.error;
  if (report.error) throw report.error;
  if (!district.data || !report.data) return <PageSkeleton />;
  return (
    <Page
      width="wide"
      title={t("title")}
      lead={t("as_of", { day: formatDate(report.data.as_of, currentLanguage()) })}
      action={
        <Button
          variant="default"
          leftSection={<IconPrinter size={20} aria-hidden />}
          onClick={() => window.print()}
        >
          {t("print")}
        </Button>
      }
    >
      <ProposalLine standard={report.data.standard} />
      <GoLive code={code} district={district.data} report={report.data} />
      {report.data.components.map((component) => (
        <ComponentTable key={component.code} code={code} component={component} />
      ))}
    </Page>
  );
}

function ComponentTable({ code, component }: { code: string; component: ReadinessComponent }) {
  const { t } = useTranslation(["launch", "readiness", "common"]);
  const name = t(`common:component.${componentKey(component.component)}`);
  return (
    <Section title={name}>
      <ScoreBar
        label={t("readiness:score", { component: name })}
        claimed={component.claimed}
        verified={component.verified}
      />
      <Group mt="md" />
      <CardTable
        caption={t("table", { component: name })}
        rows={component.items}
        rowKey={(item) => item.code}
        columns={[
          {
            key: "item",
            label: t("col.item"),
            isName: true,
            render: (item) => (
              <ItemAnchor item={item} code={code}>
                {item.code} {item.title}
              </ItemAnchor>
            ),
          },
          {
            key: "state",
            label: t("col.state"),
            render: (item) => <ItemStateBadge state={item.state} />,
          },
          {
            key: "duty",
            label: t("col.duty"),
            render: (item) => t(item.mandatory ? "readiness:mandatory" : "readiness:optional"),
          },
          {
            key: "who",
            label: t("col.who"),
            render: (item) => item.assignment.assignee_name ?? "–",
          },
          {
            key: "due",
            label: t("col.due"),
            render: ({ assignment: { due_on } }) =>
              due_on ? formatDate(due_on, currentLanguage()) : "–",
          },
        ]}
      />
    </Section>
  );
}
