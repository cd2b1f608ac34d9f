import { Button, Group, Text } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { may, oversightMembership, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { nameWith } from "@/lib/export/table";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { DownloadMenu } from "@/ui/download-menu";
import { Empty } from "@/ui/empty";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { SubNav, SubNavLink } from "@/ui/sub-nav";
import { Counts } from "./counts";
import { DistrictTable } from "./district-table";
import { FilterBar } from "./filter-bar";
import { isNarrowed, VIEWS } from "./filters";
import { Funnel } from "./funnel";
import { Legend } from "./legend";
import { MapView } from "./map-view";
import { Matrix } from "./matrix";
import { type Overview, overviewQuery, type Score } from "./overview";
import { StuckList } from "./stuck-list";
import { Trend } from "./trend";
import { useNationalExports } from "./use-national-exports";
import { WaitingApplications } from "./waiting-applications";
import { Waves } from "./waves";
import { narrowedBy } from "./words";

const route = getRouteApi("/kerja/pusat");

/** Everything at once: who is where, who is stuck, since when. The address holds what is shown. */
export function NationalPage() {
  const { t } = useTranslation(["national", "supervision", "common"]);
  const filters = route.useSearch();
  const membership = oversightMembership(useMe());
  const overview = useQuery(overviewQuery(filters));
  const writers = useNationalExports();
  const province = membership?.scope === "province";
  return (
    <Page
      width="wide"
      title={province ? t("title_province", { province: membership.area_name }) : t("title")}
      lead={overview.data?.as_of ? t("as_of", { moment: moment(overview.data.as_of) }) : t("lead")}
      action={
        <Group gap="sm" className="sp-screen-only">
          <Button
            variant="default"
            leftSection={<IconPrinter size={20} aria-hidden />}
            onClick={() => window.print()}
          >
            {t("print")}
          </Button>
          <DownloadMenu
            what={t("download_page")}
            name={
              overview.data
                ? nameWith(t("file.districts"), narrowedBy(t, filters, overview.data))
                : t("file.districts")
            }
            writers={writers.page}
            disabled={!overview.data}
          />
        </Group>
      }
    >
      {may(membership, PERMISSION.registrationsRead) ? <WaitingApplications /> : null}
      <FilterBar />
      <ProblemAlert error={overview.error} onRetry={() => overview.refetch()} />
      {overview.isPending ? <PageSkeleton /> : null}
      {overview.data ? <Figures overview={overview.data} /> : null}
    </Page>
  );
}

const moment = (value: string) => formatMoment(value, currentLanguage());

function Figures({ overview }: { overview: Overview }) {
  const { t } = useTranslation("national");
  const filters = route.useSearch();
  if (overview.districts.length === 0) {
    return (
      <Empty title={t("empty_title")}>{t(isNarrowed(filters) ? "empty_filter" : "empty")}</Empty>
    );
  }
  return (
    <>
      <Counts overview={overview} />
      <Funnel overview={overview} isWhole={!isNarrowed(filters)} />
      <Waves overview={overview} />
      <Trend overview={overview} />
      <Districts overview={overview} />
    </>
  );
}

/** The districts one by one, in one of three views. */
function Districts({ overview }: { overview: Overview }) {
  const { t } = useTranslation("national");
  const filters = route.useSearch();
  const view = filters.tampilan ?? "matriks";
  const score: Score = filters.angka ? "verified" : "claimed";
  return (
    <Section title={t("districts.title", { count: overview.districts.length })} id="daerah">
      <Group justify="space-between" align="flex-end" gap="md" mb="md" className="sp-screen-only">
        <SubNav label={t("districts.views")}>
          {VIEWS.map((key) => (
            <SubNavLink
              key={key}
              to="/pusat"
              search={{ ...filters, tampilan: key === "matriks" ? undefined : key }}
              resetScroll={false}
              isShown={view === key}
            >
              {t(`districts.view.${key}`)}
            </SubNavLink>
          ))}
        </SubNav>
      </Group>
      {view === "tertahan" ? <StuckList overview={overview} /> : null}
      {view === "tabel" ? <DistrictTable districts={overview.districts} score={score} /> : null}
      {view === "matriks" || view === "peta" ? (
        <>
          <Legend score={score} withInvited={view === "peta"} />
          {view === "matriks" ? (
            <Matrix districts={overview.districts} score={score} />
          ) : (
            <MapView overview={overview} score={score} />
          )}
        </>
      ) : null}
      <Text c="dimmed" mt="md">
        {t("districts.notice")}
      </Text>
    </Section>
  );
}
