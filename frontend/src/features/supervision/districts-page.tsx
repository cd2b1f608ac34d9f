import { Button, Group, Select, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconPrinter, IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { oversightMembership, useMe } from "@/api/me";
import type { DistrictSummary } from "@/api/readiness";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { shownPercent } from "@/lib/readiness";
import { CardTable, type Column } from "@/ui/card-table";
import { DownloadMenu } from "@/ui/download-menu";
import { Empty } from "@/ui/empty";
import { AnchorLink } from "@/ui/links";
import { LoadMore } from "@/ui/load-more";
import { PageSkeleton } from "@/ui/loading";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { ProvinceSelect } from "@/ui/province-select";
import { InvitedDistricts } from "./invited-districts";
import { SixBars } from "./six-bars";
import { useDistrictExports } from "./use-district-exports";

const route = getRouteApi("/kerja/pusat/kabupaten");

/** Every district within reach: who is where, who is stuck, since when. Filters live in the address. */
export function DistrictsPage() {
  const { t } = useTranslation(["supervision", "common"]);
  const filters = route.useSearch();
  const districts = useInfiniteQuery({
    queryKey: ["oversight-districts", filters],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const { data } = await api.GET("/api/v1/oversight/districts", {
        params: {
          query: {
            province: filters.provinsi,
            status: filters.keadaan,
            q: filters.cari,
            cursor,
            limit: 100,
          },
        },
        signal,
      });
      return data;
    },
    getNextPageParam: (page) => page?.next_cursor ?? undefined,
  });
  const rows = districts.data?.pages.flatMap((page) => page?.items ?? []) ?? [];
  const columns = useColumns();
  const files = useDistrictExports();
  const filtered = Boolean(filters.provinsi ?? filters.keadaan ?? filters.cari);
  return (
    <Page
      width="wide"
      title={t("title")}
      lead={t("lead")}
      action={
        <Group gap="sm">
          <DownloadMenu what={t("table")} {...files} disabled={rows.length === 0} />
          <Button
            variant="default"
            leftSection={<IconPrinter size={20} aria-hidden />}
            onClick={() => window.print()}
          >
            {t("print")}
          </Button>
        </Group>
      }
    >
      <Filters />
      <ProblemAlert error={districts.error} onRetry={() => districts.refetch()} />
      {districts.isPending ? <PageSkeleton /> : null}
      {rows.length > 0 ? (
        <>
          <Text role="status">
            {t("totals", {
              count: rows.length,
              live: rows.filter((row) => row.status === "live").length,
            })}{" "}
            {t("legend")}
          </Text>
          <CardTable
            sticky
            caption={t("table")}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
          />
        </>
      ) : null}
      <LoadMore list={districts} />
      {districts.isSuccess && rows.length === 0 ? (
        <Empty title={t("empty_title")}>{t(filtered ? "empty_filter" : "empty")}</Empty>
      ) : null}
      {filters.keadaan ? null : (
        <InvitedDistricts province={filters.provinsi} search={filters.cari} />
      )}
    </Page>
  );
}

function useColumns(): Column<DistrictSummary>[] {
  const { t } = useTranslation("supervision");
  return [
    {
      key: "name",
      label: t("col.name"),
      isName: true,
      render: (row) => (
        <>
          <AnchorLink to="/pusat/kabupaten/$wilayah" params={{ wilayah: row.code }} fw={600}>
            {row.name}
          </AnchorLink>
          <Text c="dimmed" fw={400}>
            {row.unit_name}, {row.province_name}
          </Text>
        </>
      ),
    },
    {
      key: "phase",
      label: t("col.phase"),
      render: (row) => (
        <>
          {row.phase ? t(`phase.${row.phase}`) : t("no_phase")}
          {row.phase_since ? (
            <Text c="dimmed">
              {t("since", { day: formatDate(row.phase_since, currentLanguage()) })}
            </Text>
          ) : null}
        </>
      ),
    },
    {
      key: "components",
      label: t("col.components"),
      render: (row) => <SixBars scores={row.components} />,
    },
    {
      key: "overall",
      label: t("col.overall"),
      render: (row) =>
        t("overall", { claimed: shownPercent(row.claimed), verified: shownPercent(row.verified) }),
    },
    {
      key: "blockers",
      label: t("col.blockers"),
      render: (row) =>
        row.blockers === 0 ? t("none_blocked") : t("items", { count: row.blockers }),
    },
  ];
}

const STATUSES = ["onboarding", "live"] as const;

function Filters() {
  const { t } = useTranslation("supervision");
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const nation = oversightMembership(useMe())?.scope === "nation";
  const put = (part: Partial<typeof filters>) =>
    void navigate({ search: { ...filters, ...part }, replace: true });
  const search = useDebouncedCallback((cari: string) => put({ cari: cari || undefined }), 300);
  return (
    <Group align="flex-end" gap="md" className="sp-screen-only">
      <TextInput
        type="search"
        label={t("filter.search")}
        leftSection={<IconSearch size={20} aria-hidden />}
        defaultValue={filters.cari ?? ""}
        onChange={(event) => search(event.currentTarget.value)}
      />
      {nation ? (
        <ProvinceSelect
          label={t("filter.province")}
          placeholder={t("filter.every_province")}
          value={filters.provinsi}
          onChange={(provinsi) => put({ provinsi })}
        />
      ) : null}
      <Select
        label={t("filter.status")}
        placeholder={t("filter.every_status")}
        clearable
        data={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
        value={filters.keadaan ?? null}
        onChange={(keadaan) => put({ keadaan: keadaan ?? undefined })}
      />
    </Group>
  );
}
