import { Alert, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { query } from "@/api/client";
import { districtQuery } from "@/api/district";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { componentKey, type ReadinessReport, readinessQuery } from "@/api/readiness";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { shownPercent } from "@/lib/readiness";
import { Empty } from "@/ui/empty";
import { AnchorLink, ButtonLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { StartOffer } from "@/ui/packages/start-offer";
import { UpdateNotice } from "@/ui/packages/update-notice";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { ReadinessRing } from "@/ui/readiness-ring";
import { Activity } from "./activity";
import { ComponentCards } from "./component-cards";
import classes from "./home.module.css";
import { NextSteps } from "./next-steps-list";
import { PhaseTrack } from "./phase-track";
import { Workloads } from "./workload-list";

/** Claimed readiness in percent below which starting from a package is offered first. */
const LITTLE = 25;

const route = getRouteApi("/kerja/d/$code");

/** A district's first page: how far we are, what is missing, who has it. */
export function HomePage() {
  const { t } = useTranslation(["district", "common"]);
  const { code } = route.useParams();
  const membership = membershipOf(useMe(), code);
  const district = useQuery(districtQuery(code));
  const report = useQuery({
    ...readinessQuery(code),
    enabled: may(membership, PERMISSION.setupRead),
  });

  // The page lives on the district; without it the route shows what went wrong, or "not found".
  if (district.error) throw district.error;
  if (!district.data) return <PageSkeleton />;
  const { name, unit_name, province_name, live_at, time_zone } = district.data;
  return (
    <Page
      title={t("title", { unit: unit_name })}
      lead={t("area", { district: name, province: province_name })}
      width="wide"
    >
      {live_at ? (
        <Group gap="sm">
          <Text>{t("live_since", { day: formatDate(live_at, currentLanguage(), time_zone) })}</Text>
          <AnchorLink to="/layanan/$code" params={{ code }}>
            {t("public_page")}
          </AnchorLink>
        </Group>
      ) : null}
      <ProblemAlert error={report.error} onRetry={() => report.refetch()} />
      {report.isLoading ? <PageSkeleton /> : null}
      <UpdateNotice code={code} />
      {report.data ? (
        <>
          {report.data.claimed < LITTLE ? <StartOffer code={code} /> : null}
          <Overview report={report.data} code={code} />
          <NextSteps report={report.data} code={code} isLive={Boolean(live_at)} />
          <ComponentCards report={report.data} code={code} />
          <TeamSection report={report.data} code={code} />
        </>
      ) : null}
      {membership && !may(membership, PERMISSION.setupRead) ? (
        <Empty title={t("no_task_title")}>
          {live_at ? null : `${t("no_task_preparing", { unit: unit_name })} `}
          {t("no_task")}
        </Empty>
      ) : null}
      {may(membership, PERMISSION.auditRead) ? <Activity code={code} timeZone={time_zone} /> : null}
    </Page>
  );
}

/** The ring, the phases, and by which measure they hold. */
function Overview({ report, code }: { report: ReadinessReport; code: string }) {
  const { t } = useTranslation(["district", "common"]);
  const parts = report.components.map((component) => {
    const key = componentKey(component.component);
    return { key, label: t(`common:component.${key}`), percent: component.claimed };
  });
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section">
      <div className={classes.overview}>
        <Stack gap="xs" align="center">
          <Title order={2}>{t("ring_title")}</Title>
          <ReadinessRing parts={parts} overall={report.claimed} />
          <Text ta="center">
            {t("ring_complete", {
              count: report.complete_components,
              total: report.components.length,
            })}
            <br />
            {t("ring_verified", { percent: shownPercent(report.verified) })}
          </Text>
          <AnchorLink to="/d/$code/keadaan" params={{ code }}>
            {t("past")}
          </AnchorLink>
        </Stack>
        <div>
          <PhaseTrack phase={report.phase} />
          {report.standard.status === "proposal" ? (
            <Text c="dimmed" mt="md">
              {t("standard_proposal", { standard: report.standard.title })}
            </Text>
          ) : null}
        </div>
      </div>
    </Paper>
  );
}

/** Who does what; a person alone is told to invite others first. */
function TeamSection({ report, code }: { report: ReadinessReport; code: string }) {
  const { t } = useTranslation("district");
  const membership = membershipOf(useMe(), code);
  const sees = may(membership, PERMISSION.membersRead);
  const invites = may(membership, PERMISSION.membersManage);
  const members = query.useQuery(
    "get",
    "/api/v1/districts/{code}/members",
    { params: { path: { code }, query: { limit: 2 } } },
    { enabled: sees },
  );
  const alone = invites && members.data?.items.length === 1;
  return (
    <Section
      title={t("who_title")}
      aside={
        alone ? (
          <ButtonLink variant="default" to="/d/$code/anggota" params={{ code }}>
            {t("who_invite")}
          </ButtonLink>
        ) : null
      }
    >
      {alone ? (
        <Alert color="kunyit" variant="light" mb="md">
          {t("team_alone")}
        </Alert>
      ) : null}
      <Workloads report={report} code={code} />
    </Section>
  );
}
