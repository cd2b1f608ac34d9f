import { Button, Group, Select, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { oversightMembership, useMe } from "@/api/me";
import type { RegistrationStatus, RegistrationSummary } from "@/api/types";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { CardTable, type Column } from "@/ui/card-table";
import { Empty } from "@/ui/empty";
import { AnchorLink } from "@/ui/links";
import { Listed } from "@/ui/listed";
import { Page } from "@/ui/page";
import { ProvinceSelect } from "@/ui/province-select";
import { RegistrationState } from "@/ui/registration-state";

const route = getRouteApi("/kerja/pusat/permohonan");

const STATUSES: RegistrationStatus[] = [
  "submitted",
  "endorsed",
  "returned",
  "approved",
  "rejected",
  "draft",
  "awaiting_email_confirmation",
  "expired",
];

/** Applications of districts, for ministry and province. Filters live in the address. */
export function ApplicationsPage() {
  const { t } = useTranslation(["oversight", "registration", "common"]);
  const filters = route.useSearch();
  const applications = useInfiniteQuery({
    queryKey: ["applications", filters],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const { data } = await api.GET("/api/v1/oversight/registrations", {
        params: {
          query: {
            status: filters.keadaan,
            province: filters.provinsi,
            q: filters.cari,
            cursor,
            limit: 50,
          },
        },
        signal,
      });
      return data;
    },
    getNextPageParam: (page) => page?.next_cursor ?? undefined,
  });

  const columns: Column<RegistrationSummary>[] = [
    {
      key: "district",
      label: t("list.district"),
      isName: true,
      render: (row) => (
        <>
          <AnchorLink
            to="/pusat/permohonan/$registrationId"
            params={{ registrationId: row.id }}
            display="inline-block"
            py={10}
          >
            {row.district_name}
          </AnchorLink>
          <Text c="dimmed" fw={400} mt={-8}>
            {row.province_name}
          </Text>
        </>
      ),
    },
    {
      key: "unit",
      label: t("list.unit"),
      render: (row) => (
        <>
          {row.unit_name}
          <Text c="dimmed">{row.office_name}</Text>
        </>
      ),
    },
    {
      key: "status",
      label: t("list.status"),
      hideLabel: false,
      render: (row) => <RegistrationState status={row.status} />,
    },
    {
      key: "submitted",
      label: t("list.submitted"),
      render: (row) =>
        row.submitted_at
          ? formatDate(row.submitted_at, currentLanguage())
          : t("list.not_submitted"),
    },
  ];
  const filtered = Boolean(filters.keadaan ?? filters.provinsi ?? filters.cari);
  return (
    <Page title={t("list.title")} lead={t("list.lead")} width="wide">
      <Filters />
      <Listed
        list={applications}
        empty={
          <Empty title={t("list.empty_title")}>
            {t(filtered ? "list.empty_filtered" : "list.empty")}
          </Empty>
        }
      >
        {(rows) => (
          <CardTable
            sticky
            caption={t("list.table")}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
          />
        )}
      </Listed>
    </Page>
  );
}

function Filters() {
  const { t } = useTranslation(["oversight", "registration", "common"]);
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const seesAllProvinces = oversightMembership(useMe())?.scope === "nation";
  const [text, setText] = useState(filters.cari ?? "");
  const search = useDebouncedCallback((cari: string) => {
    void navigate({ search: (old) => ({ ...old, cari: cari || undefined }), replace: true });
  }, 300);
  const filtered = Boolean(filters.keadaan ?? filters.provinsi ?? filters.cari);

  return (
    <Group component="search" align="flex-end" gap="sm">
      <TextInput
        label={t("list.search")}
        type="search"
        leftSection={<IconSearch size={20} aria-hidden />}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          search(event.currentTarget.value.trim());
        }}
        flex="1 1 16rem"
      />
      <Select
        label={t("list.status")}
        placeholder={t("list.all")}
        clearable
        clearButtonProps={{ "aria-label": t("list.all") }}
        flex="1 1 14rem"
        data={STATUSES.map((value) => ({ value, label: t(`registration:state.${value}`) }))}
        value={filters.keadaan ?? null}
        onChange={(value) =>
          navigate({ search: (old) => ({ ...old, keadaan: value ?? undefined }) })
        }
      />
      {seesAllProvinces ? (
        <ProvinceSelect
          label={t("list.province")}
          placeholder={t("list.all_provinces")}
          clearButtonProps={{ "aria-label": t("list.all_provinces") }}
          flex="1 1 14rem"
          value={filters.provinsi}
          onChange={(provinsi) => navigate({ search: (old) => ({ ...old, provinsi }) })}
        />
      ) : null}
      {filtered ? (
        <Button
          variant="subtle"
          onClick={() => {
            setText("");
            void navigate({ search: {} });
          }}
        >
          {t("list.clear")}
        </Button>
      ) : null}
    </Group>
  );
}
