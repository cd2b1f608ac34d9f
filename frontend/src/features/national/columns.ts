import { componentKey, PLACE_OF } from "@/lib/components";
import { type Column, localDay, type Table, tableOf } from "@/lib/export/table";
import { PHASES } from "@/lib/phases";
import type { Overview, OverviewDistrict, OverviewWave, Score } from "./overview";
import { waveName } from "./wave-name";
import { reasonWords, type Texts, waveWords } from "./words";

/** The districts with all that is known of each; every writer takes its columns from here. */
export function districtTable(
  t: Texts,
  districts: OverviewDistrict[],
  waves: OverviewWave[],
): Table {
  return tableOf(districtColumns(t, districts, waves), districts);
}

/** Keys of the columns that hold a component's score, in the order of the components. */
export function scoreKeys(districts: OverviewDistrict[], score: Score): string[] {
  return kindsOf(districts).map((kind) => `${kind}.${score}`);
}

/** The components that any of them has a score for, in order. */
export function kindsOf(districts: OverviewDistrict[]) {
  return [...new Set(districts.flatMap((row) => row.components.map((c) => c.component)))];
}

function districtColumns(
  t: Texts,
  districts: OverviewDistrict[],
  waves: OverviewWave[],
): Column<OverviewDistrict>[] {
  const waveNames = new Map(waves.map((wave) => [wave.id, waveName(t, wave)]));
  const kinds = kindsOf(districts);
  const scores = (score: Score) =>
    kinds.map((kind): Column<OverviewDistrict> => {
      const key = componentKey(kind);
      const name = t(`common:component.${key}`);
      return {
        key: `${kind}.${score}`,
        label: t(`column.component_${score}`, { name }),
        short: PLACE_OF[key].prefix,
        kind: "percent",
        of: (row) => row.components.find(({ component }) => component === kind)?.[score],
      };
    });
  return [
    ...whoColumns(t),
    { key: "unit", label: t("column.unit"), kind: "text", width: 28, of: (row) => row.unit_name },
    statusColumn(t),
    phaseColumn(t),
    {
      key: "phase_since",
      label: t("column.phase_since"),
      kind: "day",
      of: (row) => row.phase_since,
    },
    {
      key: "wave",
      label: t("column.wave"),
      kind: "text",
      of: (row) => row.wave_id && waveNames.get(row.wave_id),
    },
    overall(t, "claimed"),
    overall(t, "verified"),
    ...scores("claimed"),
    ...scores("verified"),
    { key: "blockers", label: t("column.blockers"), kind: "number", of: (row) => row.blockers },
    { key: "idle", label: t("column.idle_days"), kind: "number", of: (row) => row.idle_days },
    { key: "expired", label: t("column.expired"), kind: "number", of: (row) => row.expired },
    {
      key: "expiring",
      label: t("column.expiring_soon"),
      kind: "number",
      of: (row) => row.expiring,
    },
  ];
}

function overall(t: Texts, score: Score): Column<OverviewDistrict> {
  const [label, short] = [t(`column.${score}`), t("column.overall")];
  return { key: score, label, short, kind: "percent", of: (row) => row[score] };
}

function whoColumns(t: Texts): Column<OverviewDistrict>[] {
  return [
    { key: "code", label: t("column.code"), kind: "text", width: 9, of: (row) => row.code },
    { key: "name", label: t("column.name"), kind: "text", width: 30, of: (row) => row.name },
    { key: "province", label: t("column.province"), kind: "text", of: (row) => row.province_name },
  ];
}

function statusColumn(t: Texts): Column<OverviewDistrict> {
  const of = (row: OverviewDistrict) => t(`status.${row.status}`);
  return { key: "status", label: t("column.status"), kind: "text", width: 14, of };
}

function phaseColumn(t: Texts): Column<OverviewDistrict> {
  const of = (row: OverviewDistrict) => row.phase && t(`supervision:phase.${row.phase}`);
  return { key: "phase", label: t("column.phase"), kind: "text", of };
}

/** Those that do not come along: for how long, why, and what was done about it. */
export function stuckTable(t: Texts, stuck: OverviewDistrict[]): Table {
  const columns: Column<OverviewDistrict>[] = [
    ...whoColumns(t),
    statusColumn(t),
    phaseColumn(t),
    { key: "idle", label: t("column.idle_days"), kind: "number", of: (row) => row.idle_days },
    {
      key: "progress",
      label: t("column.last_progress"),
      kind: "day",
      of: (row) => row.last_progress_on,
    },
    {
      key: "reasons",
      label: t("column.reasons"),
      kind: "text",
      width: 60,
      of: (row) => reasonWords(t, row).join("\n") || t("stuck.no_reason"),
    },
    {
      key: "nudged",
      label: t("column.nudged"),
      kind: "day",
      of: ({ last_nudge }) => last_nudge && localDay(new Date(last_nudge.sent_at)),
    },
    {
      key: "nudged_by",
      label: t("column.nudged_by"),
      kind: "text",
      of: ({ last_nudge }) => last_nudge?.sent_by_name,
    },
    {
      key: "opened",
      label: t("column.opened"),
      kind: "day",
      of: ({ last_nudge }) => last_nudge?.opened_at && localDay(new Date(last_nudge.opened_at)),
    },
    {
      key: "progress_since",
      label: t("column.progress_since"),
      kind: "text",
      width: 30,
      of: ({ last_nudge }) =>
        last_nudge && t(last_nudge.progress_since ? "stuck.progress" : "stuck.no_progress"),
    },
  ];
  return tableOf(columns, stuck);
}

/** The seven phases: how many came how far, and how long each takes. */
export function funnelTable(t: Texts, phases: Overview["phases"]): Table {
  return tableOf<Overview["phases"][number]>(
    [
      {
        key: "phase",
        label: t("funnel.phase"),
        kind: "text",
        of: (row) => t(`supervision:phase.${row.phase}`),
      },
      { key: "reached", label: t("funnel.reached"), kind: "number", of: (row) => row.reached },
      { key: "current", label: t("funnel.current"), kind: "number", of: (row) => row.current },
      {
        key: "median",
        label: t("funnel.median_days"),
        kind: "number",
        of: (row) => row.median_days,
      },
      { key: "left", label: t("funnel.left"), kind: "number", of: (row) => row.left },
    ],
    phases,
  );
}

/** How many districts were in each phase, month by month; `name` says how a month is called. */
export function trendTable(
  t: Texts,
  months: Overview["trend"],
  name = (month: string) => month.slice(0, 7),
): Table {
  type Month = Overview["trend"][number];
  const phases = PHASES.map(
    (phase, place): Column<Month> => ({
      key: phase,
      label: t(`supervision:phase.${phase}`),
      kind: "number",
      of: ({ districts }) => districts[place],
    }),
  );
  const month = (row: Month) => name(row.month);
  return tableOf(
    [{ key: "month", label: t("trend.month"), kind: "text", of: month }, ...phases],
    months,
  );
}

/** The waves: what was planned for each, and how far its districts are on the day of `now`. */
export function waveTable(t: Texts, waves: OverviewWave[], now: Date): Table {
  const count = (key: "districts" | "registered" | "reached" | "on_time") => ({
    key,
    label: t(`wave.column.${key}`),
    short: t(`wave.column.${key}_short`),
    kind: "number" as const,
    of: (wave: OverviewWave) => wave[key],
  });
  return tableOf<OverviewWave>(
    [
      {
        key: "wave",
        label: t("column.wave"),
        kind: "text",
        width: 34,
        of: (wave) => waveName(t, wave),
      },
      {
        key: "phase",
        label: t("wave.target_phase"),
        kind: "text",
        of: (wave) => t(`supervision:phase.${wave.target_phase}`),
      },
      { key: "starts", label: t("wave.starts_on"), kind: "day", of: (wave) => wave.starts_on },
      { key: "target", label: t("wave.target_on"), kind: "day", of: (wave) => wave.target_on },
      count("districts"),
      count("registered"),
      count("reached"),
      count("on_time"),
      {
        key: "state",
        label: t("wave.column.state"),
        kind: "text",
        width: 60,
        of: (wave) => waveWords(t, wave, now),
      },
    ],
    waves,
  );
}
