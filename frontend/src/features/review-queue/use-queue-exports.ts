import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { districtQuery } from "@/api/district";
import { useRegions } from "@/api/regions";
import { COMPONENT_OF } from "@/lib/components";
import { csvBlob } from "@/lib/export/csv";
import { type Column, localDay, type Table, tableOf } from "@/lib/export/table";
import { zoneName } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import type { Writers } from "@/ui/download-menu";
import type { QueueFilters } from "./filters";
import { allEntries, asCaution, QUEUE_KEY, type QueueEntry } from "./queue";

const route = getRouteApi("/kerja/pusat/antrean");
type Texts = TFunction<["review_queue", "common"]>;

/** Writers of the whole queue with the filters of the address, also of what the screen has not shown yet. */
export function useQueueExports(): Writers {
  const { t } = useTranslation(["review_queue", "common"]);
  const filters = route.useSearch();
  const client = useQueryClient();
  const province = useRegions("province").data?.find(({ code }) => code === filters.provinsi)?.name;
  const district = useQuery({ ...districtQuery(filters.daerah ?? ""), enabled: !!filters.daerah });
  const load = async () =>
    queueTable(
      t,
      await client.fetchQuery({
        queryKey: [QUEUE_KEY, "all", filters],
        queryFn: () => allEntries(filters),
        staleTime: 0,
        // Kept nowhere: the next file asks again.
        gcTime: 0,
      }),
    );
  return {
    csv: async () => csvBlob(await load()),
    xlsx: async () => {
      const [{ xlsxBlob }, table] = await Promise.all([import("@/lib/export/xlsx"), load()]);
      const zone = zoneName(Intl.DateTimeFormat().resolvedOptions().timeZone);
      const words = filterWords(t, filters, { province, district: district.data?.name });
      const facts = [
        { label: t("export.as_of", { zone }), value: new Date() },
        { label: t("export.filters"), value: words.join("; ") || t("export.everything") },
        { label: t("export.count"), value: table.rows.length },
      ];
      const summary = { name: t("export.summary"), title: t("title"), facts, tables: [] };
      return xlsxBlob([summary, { name: t("export.queue"), table }], currentLanguage());
    },
  };
}

/** What narrows the queue, in words. */
export function filterWords(
  t: Texts,
  filters: QueueFilters,
  names: { province?: string; district?: string },
): string[] {
  return [
    filters.provinsi && (names.province ?? filters.provinsi),
    filters.daerah && (names.district ?? filters.daerah),
    filters.komponen && t(`common:component.${filters.komponen}`),
    filters.milik && t(`owner.${filters.milik}`),
    filters.sekaligus && t("filter.safe"),
  ].filter((word): word is string => Boolean(word));
}

/** What waits, an entry a row. */
export function queueTable(t: Texts, entries: QueueEntry[]): Table {
  const columns: Column<QueueEntry>[] = [
    { key: "item", label: t("export.item"), kind: "text", width: 10, of: (row) => row.item_code },
    {
      key: "item_title",
      label: t("item.title"),
      kind: "text",
      width: 40,
      of: (row) => row.item_title,
    },
    {
      key: "component",
      label: t("filter.component"),
      kind: "text",
      of: (row) => componentName(t, row),
    },
    {
      key: "evidence",
      label: t("export.evidence"),
      kind: "text",
      width: 40,
      of: (row) => (row.subject === "item" ? t("entered") : row.title),
    },
    {
      key: "code",
      label: t("export.code"),
      kind: "text",
      width: 9,
      of: (row) => row.district_code,
    },
    {
      key: "district",
      label: t("col.district"),
      kind: "text",
      width: 30,
      of: (row) => row.district_name,
    },
    { key: "province", label: t("filter.province"), kind: "text", of: (row) => row.province_name },
    {
      key: "since",
      label: t("export.since"),
      kind: "day",
      of: (row) => localDay(new Date(row.waiting_since)),
    },
    { key: "days", label: t("export.days"), kind: "number", of: (row) => row.waiting_days },
    { key: "by", label: t("evidence.by"), kind: "text", of: (row) => row.submitted_by_name },
    { key: "reviewer", label: t("col.reviewer"), kind: "text", of: (row) => row.reviewer_name },
    {
      key: "caution",
      label: t("evidence.caution"),
      kind: "text",
      width: 40,
      of: (row) => caution(t, row),
    },
  ];
  return tableOf(columns, entries);
}

function componentName(t: Texts, { component }: QueueEntry): string {
  const place = Object.entries(COMPONENT_OF).find(([kind]) => kind === component)?.[1];
  return place ? t(`common:component.${place.key}`) : component;
}

function caution(t: Texts, entry: QueueEntry): string | undefined {
  if (entry.has_conflict) return t("caution.conflict_of_interest");
  const word = asCaution(entry.caution);
  return word && t(`caution.${word}`);
}
