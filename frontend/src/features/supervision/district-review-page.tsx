import { Alert, Anchor, List, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { districtQuery } from "@/api/district";
import { may, oversightMembership, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { componentKey, type ReadinessReport, readinessQuery } from "@/api/readiness";
import { AnchorLink, BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { Checklist } from "@/ui/readiness/checklist";
import { ReadinessRing } from "@/ui/readiness-ring";
import { componentLink } from "@/ui/record/record-link";
import { ScoreBar } from "@/ui/score-bar";
import { DistrictParts } from "./district-parts";
import { StandingSection } from "./standing-section";

const route = getRouteApi("/kerja/pusat/kabupaten/$wilayah");

/** One district as its reviewer sees it: what waits for a decision first, then everything. */
export function DistrictReviewPage() {
  const { t } = useTranslation(["supervision", "common"]);
  const { wilayah: code } = route.useParams();
  const membership = oversightMembership(useMe());
  const reviews = may(membership, PERMISSION.setupReview);
  const district = useQuery(districtQuery(code));
  const report = useQuery(readinessQuery(code));
  const [butir, setButir] = useState<string | undefined>();
  if (district.error) throw district.error;
  if (report.error) throw report.error;
  if (!district.data || !report.data) return <PageSkeleton />;
  const { name, unit_name, province_name } = district.data;
  const parts = report.data.components.map((component) => {
    const key = componentKey(component.component);
    return { key, label: t(`common:component.${key}`), percent: component.claimed };
  });
  return (
    <Page
      width="wide"
      title={t("review.title", { district: name })}
      lead={`${unit_name}, ${province_name}`}
    >
      <BackLink to="/pusat/kabupaten">{t("review.back")}</BackLink>
      <DistrictParts code={code} shown="readiness" />
      {reviews ? null : <Text c="dimmed">{t("review.read_only")}</Text>}
      <Section>
        <ReadinessRing parts={parts} overall={report.data.claimed} />
        <AnchorLink
          to="/pusat/kabupaten/$wilayah/keadaan"
          params={{ wilayah: code }}
          className="sp-screen-only"
        >
          {t("review.past")}
        </AnchorLink>
      </Section>
      <Waiting report={report.data} onOpen={setButir} />
      {reviews ? (
        <AnchorLink
          to="/pusat/antrean"
          search={{ daerah: code }}
          style={{ alignSelf: "flex-start" }}
        >
          {t("review.queue")}
        </AnchorLink>
      ) : null}
      {report.data.components.map((component) => {
        const key = componentKey(component.component);
        return (
          <Section
            key={key}
            title={t(`common:component.${key}`)}
            aside={
              <AnchorLink {...componentLink(key, code)} className="sp-screen-only">
                {t("review.entries", { component: t(`common:component.${key}`) })}
              </AnchorLink>
            }
          >
            <ScoreBar
              label={t(`common:component.${key}`)}
              claimed={component.claimed}
              verified={component.verified}
            />
            <div style={{ height: "1rem" }} />
            <Checklist
              code={code}
              component={component}
              mode={reviews ? "review" : "read"}
              butir={component.items.some((item) => item.code === butir) ? butir : undefined}
            />
          </Section>
        );
      })}
      <StandingSection district={district.data} />
      {may(membership, PERMISSION.successionRequest) ? (
        <AnchorLink to="/d/$code/pergantian" params={{ code }} style={{ alignSelf: "flex-start" }}>
          {t("review.succession")}
        </AnchorLink>
      ) : null}
    </Page>
  );
}

interface WaitingProps {
  report: ReadinessReport;
  onOpen: (item: string) => void;
}

/** What waits for this reader's decision. */
function Waiting({ report, onOpen }: WaitingProps) {
  const { t } = useTranslation("supervision");
  const items = report.components
    .flatMap((component) => component.items)
    .filter(
      (item) =>
        (item.evidence.submitted > 0 && item.evidence.latest_id) ||
        (item.confirmed_by_review && item.state === "present"),
    );
  if (items.length === 0) return <Text>{t("review.waiting_none")}</Text>;
  return (
    <Alert color="kunyit" variant="light">
      <Title order={2} mb="xs">
        {t("review.waiting", { count: items.length })}
      </Title>
      <List>
        {items.map((item) => (
          <List.Item key={item.code}>
            <Anchor
              href={`#butir-${item.code}`}
              onClick={(event) => {
                event.preventDefault();
                onOpen(item.code);
              }}
            >
              {t("review.waiting_item", { code: item.code, title: item.title })}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
