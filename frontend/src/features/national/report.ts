import { type Table, tableOf } from "@/lib/export/table";
import type { Fact, Sheet } from "@/lib/export/xlsx";
import { formatDate, formatMoment, formatMonth, formatNumber, zoneName } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { districtTable, funnelTable, stuckTable, trendTable, waveTable } from "./columns";
import { isNarrowed, type NationalFilters, STATUSES } from "./filters";
import type { Overview } from "./overview";
import { readSort, sorted } from "./sort";
import { LEAST_DAYS, stuckOnes } from "./stuck";
import { yearEnds } from "./trend-areas";
import { narrowedBy, type Texts } from "./words";

/** What an export of the national page is made from. */
export interface ReportInput {
  overview: Overview;
  filters: NationalFilters;
  /** The province whose page it is; none for the nation's. */
  province?: string;
  /** When the figures were asked for. */
  asOf: Date;
}

/** The national page as tables and sentences, in the language of the screen. */
export interface Report extends ReportInput {
  letterhead: string;
  title: string;
  /** What narrows the figures, or that nothing does. */
  narrowed: string;
  /** Out of how many districts; only when all are shown. */
  plan?: string;
  counts: Table;
  funnel: Table;
  /** Month by month. */
  trend: Table;
  /** The same at the end of each year, and now. */
  trendEnds: Table;
  /** What was planned and what is. A filter chooses waves and changes no figure of them. */
  waves: Table;
  /** In the order of the screen. */
  districts: Table;
  stuck: Table;
  /** Who counts as stuck. */
  stuckLead: string;
}

export function reportOf(t: Texts, input: ReportInput): Report {
  const { overview, filters, province } = input;
  const score = filters.angka ? "verified" : "claimed";
  const rows = sorted(overview.districts, readSort(filters.urut), score);
  const least = filters.tertahan ?? LEAST_DAYS;
  const stuck = stuckOnes(overview.districts, least);
  const words = narrowedBy(t, filters, overview);
  return {
    ...input,
    letterhead: province ? t("title_province", { province }) : t("report.ministry"),
    title: province ? t("report.title_province", { province }) : t("report.title"),
    narrowed: words.length > 0 ? words.join("; ") : t("report.everything"),
    plan: isNarrowed(filters) ? undefined : planWords(t, overview),
    counts: countTable(t, overview),
    funnel: funnelTable(t, overview.phases),
    trend: trendTable(t, overview.trend),
    trendEnds: trendTable(t, yearEnds(overview.trend), (month) =>
      formatMonth(month, currentLanguage()),
    ),
    waves: waveTable(t, overview.waves, input.asOf),
    districts: districtTable(t, rows, overview.waves),
    stuck: stuckTable(t, stuck),
    stuckLead:
      stuck.length > 0
        ? t("stuck.lead", { count: stuck.length, days: least })
        : t("stuck.empty", { count: least }),
  };
}

function planWords(t: Texts, { plan }: Overview): string | undefined {
  if (!plan) return undefined;
  const language = currentLanguage();
  const { source, announced_on, districts } = plan;
  return t("funnel.plan", {
    count: districts,
    number: formatNumber(districts, language),
    source: announced_on
      ? t("funnel.announced", { source, day: formatDate(announced_on, language) })
      : source,
  });
}

function countTable(t: Texts, { counts, districts }: Overview): Table {
  const rows = [
    ...STATUSES.map((status): [string, number] => [t(`status.${status}`), counts[status]]),
    [t("report.total"), districts.length] as [string, number],
    [t("report.among", { what: t("filter.expiring") }), counts.expiring] as [string, number],
  ];
  return tableOf(
    [
      { key: "label", label: t("column.status"), kind: "text", of: ([label]) => label },
      { key: "count", label: t("report.count"), kind: "number", of: ([, count]) => count },
    ],
    rows,
  );
}

/** What has to be known to read the figures, as lines of a page. */
export function readingLines(t: Texts, report: Report): string[] {
  const language = currentLanguage();
  const { overview, asOf, narrowed, plan } = report;
  const moment = (value: string) => formatMoment(value, language);
  return [
    t("report.as_of", { moment: moment(asOf.toISOString()) }),
    overview.as_of ? t("report.changed", { moment: moment(overview.as_of) }) : "",
    t("filter.printed", { filters: narrowed }),
    plan ?? "",
  ].filter(Boolean);
}

function facts(t: Texts, { letterhead, overview, asOf, narrowed, plan }: Report): Fact[] {
  const zone = zoneName(Intl.DateTimeFormat().resolvedOptions().timeZone);
  return [
    { label: t("report.of"), value: letterhead },
    { label: t("report.as_of_zone", { zone }), value: asOf },
    ...(overview.as_of
      ? [{ label: t("report.changed_zone", { zone }), value: new Date(overview.as_of) }]
      : []),
    { label: t("filter.label"), value: narrowed },
    ...(plan ? [{ label: t("plan.title"), value: plan }] : []),
  ];
}

/** The workbook of the whole page. */
export function reportSheets(t: Texts, report: Report): Sheet[] {
  const { title, counts, funnel, trend, waves, districts, stuck } = report;
  return [
    {
      name: t("report.summary"),
      title,
      facts: facts(t, report),
      tables: [{ title: t("counts"), table: counts }],
    },
    { name: t("report.funnel"), table: funnel },
    { name: t("report.waves"), table: waves },
    { name: t("report.trend"), table: trend },
    { name: t("report.districts"), table: districts },
    { name: t("report.obstacles"), table: stuck },
  ];
}

/** The workbook of the stuck list alone. */
export function stuckSheets(t: Texts, report: Report): Sheet[] {
  return [
    {
      name: t("report.summary"),
      title: report.title,
      facts: [...facts(t, report), { label: t("report.obstacles"), value: report.stuckLead }],
      tables: [],
    },
    { name: t("report.obstacles"), table: report.stuck },
  ];
}
