import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { everyPage } from "@/api/every-page";
import type { DistrictSummary } from "@/api/readiness";
import { useRegions } from "@/api/regions";
import { componentKey, PLACE_OF } from "@/lib/components";
import { csvBlob } from "@/lib/export/csv";
import { type Column, localDay, nameWith, type Table, tableOf } from "@/lib/export/table";
import { zoneName } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import type { Writers } from "@/ui/download-menu";

const route = getRouteApi("/kerja/pusat/kabupaten");
type Texts = TFunction<["supervision", "common"]>;

/** What narrows the list, as it stands in the address. */
interface Filters {
  provinsi?: string;
  keadaan?: string;
  cari?: string;
}

/** Every district that the filters leave, also those that the screen has not shown yet. */
function allDistricts(filters: Filters): Promise<DistrictSummary[]> {
  const query = { province: filters.provinsi, status: filters.keadaan, q: filters.cari };
  return everyPage((page) =>
    api.GET("/api/v1/oversight/districts", { params: { query: { ...query, ...page } } }),
  );
}

/** The name of the file and its writers: the whole list with the filters of the address, asked for anew. */
export function useDistrictExports(): { name: string; writers: Writers } {
  const { t } = useTranslation(["supervision", "common"]);
  const filters = route.useSearch();
  const client = useQueryClient();
  const province = useRegions("province").data?.find(({ code }) => code === filters.provinsi)?.name;
  const words = filterWords(t, filters, province);
  const load = async () =>
    districtTable(
      t,
      await client.fetchQuery({
        queryKey: ["oversight-districts", "all", filters],
        queryFn: () => allDistricts(filters),
        staleTime: 0,
        // Kept nowhere: the next file asks again.
        gcTime: 0,
      }),
    );
  return {
    name: nameWith(t("export.file"), words),
    writers: {
      csv: async () => csvBlob(await load()),
      xlsx: async () => {
        const [{ xlsxBlob }, table] = await Promise.all([import("@/lib/export/xlsx"), load()]);
        const zone = zoneName(Intl.DateTimeFormat().resolvedOptions().timeZone);
        const facts = [
          { label: t("export.as_of", { zone }), value: new Date() },
          { label: t("export.filters"), value: words.join("; ") || t("export.everything") },
          { label: t("export.count"), value: table.rows.length },
        ];
        const summary = { name: t("export.summary"), title: t("title"), facts, tables: [] };
        return xlsxBlob([summary, { name: t("export.districts"), table }], currentLanguage());
      },
    },
  };
}

/** What narrows the list, in words. */
export function filterWords(t: Texts, filters: Filters, province: string | undefined): string[] {
  return [
    filters.provinsi && (province ?? filters.provinsi),
    filters.keadaan && statusWord(t, filters.keadaan),
    filters.cari,
  ].filter((word): word is string => Boolean(word));
}

function statusWord(t: Texts, status: string): string {
  return status === "live" || status === "onboarding" ? t(`status.${status}`) : status;
}

/** The districts, one a row, with both scores of every component. */
export function districtTable(t: Texts, districts: DistrictSummary[]): Table {
  const kinds = [
    ...new Set(districts.flatMap((row) => row.components.map(({ component }) => component))),
  ];
  const scores = (score: "claimed" | "verified") =>
    kinds.map((kind): Column<DistrictSummary> => {
      const key = componentKey(kind);
      return {
        key: `${kind}.${score}`,
        label: t(`export.component_${score}`, { name: t(`common:component.${key}`) }),
        short: PLACE_OF[key].prefix,
        kind: "percent",
        of: (row) => row.components.find(({ component }) => component === kind)?.[score],
      };
    });
  const status = (row: DistrictSummary) => statusWord(t, row.status);
  return tableOf<DistrictSummary>(
    [
      { key: "code", label: t("export.code"), kind: "text", width: 9, of: (row) => row.code },
      { key: "name", label: t("col.name"), kind: "text", width: 30, of: (row) => row.name },
      {
        key: "province",
        label: t("filter.province"),
        kind: "text",
        of: (row) => row.province_name,
      },
      { key: "unit", label: t("export.unit"), kind: "text", width: 28, of: (row) => row.unit_name },
      { key: "status", label: t("filter.status"), kind: "text", width: 14, of: status },
      {
        key: "live",
        label: t("export.live_since"),
        kind: "day",
        of: (row) => row.live_at && localDay(new Date(row.live_at)),
      },
      {
        key: "phase",
        label: t("col.phase"),
        kind: "text",
        of: (row) => row.phase && t(`phase.${row.phase}`),
      },
      {
        key: "phase_since",
        label: t("export.phase_since"),
        kind: "day",
        of: (row) => row.phase_since,
      },
      { key: "claimed", label: t("export.claimed"), kind: "percent", of: (row) => row.claimed },
      { key: "verified", label: t("export.verified"), kind: "percent", of: (row) => row.verified },
      ...scores("claimed"),
      ...scores("verified"),
      { key: "blockers", label: t("export.blockers"), kind: "number", of: (row) => row.blockers },
    ],
    districts,
  );
}
