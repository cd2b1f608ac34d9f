import { Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { csvBlob } from "@/lib/export/csv";
import { fileName, nameWith } from "@/lib/export/table";
import { formatMonth, formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { PHASES } from "@/lib/phases";
import { saveBlob } from "@/lib/save-blob";
import { Section } from "@/ui/page";
import { trendTable } from "./columns";
import { DownloadButton } from "./download-button";
import classes from "./national.module.css";
import type { Overview } from "./overview";
import { trendAreas, yearEnds, yearMarks } from "./trend-areas";
import { narrowedBy } from "./words";

const route = getRouteApi("/kerja/pusat");

const BOX = { width: 720, height: 200 };
/** Years written below the chart. */
const MARKS = 5;

/** How many districts were in each phase, month by month: a drawing, and its numbers below. */
export function Trend({ overview }: { overview: Overview }) {
  const { t } = useTranslation(["national", "supervision", "common"]);
  const filters = route.useSearch();
  const months = overview.trend;
  const last = months.at(-1);
  if (!last) return null;
  const phaseName = (place: number) => {
    const phase = PHASES[place];
    return phase ? t(`supervision:phase.${phase}`) : "";
  };
  const sum = (districts: number[]) => districts.reduce((a, b) => a + b, 0);
  const top = Math.max(...months.map(({ districts }) => sum(districts)));
  const name = nameWith(t("file.trend"), narrowedBy(t, filters, overview));
  const save = () => saveBlob(csvBlob(trendTable(t, months)), fileName(name, "csv"));
  const ends = yearEnds(months);
  return (
    <Section
      title={t("trend.title")}
      aside={<DownloadButton onClick={save} what={t("trend.title")} />}
    >
      <figure className={classes.figure}>
        <div className={classes.chart}>
          <span className={classes.top} aria-hidden="true">
            {formatNumber(top, currentLanguage())}
          </span>
          <svg
            viewBox={`0 0 ${BOX.width} ${BOX.height}`}
            preserveAspectRatio="none"
            role="img"
            aria-label={t("trend.spoken", {
              from: formatMonth(months[0]?.month ?? last.month, currentLanguage()),
              count: sum(last.districts),
            })}
          >
            {trendAreas(months, PHASES.length, BOX).map((path, place) => (
              <path key={PHASES[place]} d={path} className={classes.area} data-phase={place} />
            ))}
          </svg>
          <div className={classes.years} aria-hidden="true">
            {yearMarks(months, MARKS).map(({ index, year }) => (
              <span key={year} style={{ left: `${(index / months.length) * 100}%` }}>
                {year}
              </span>
            ))}
          </div>
        </div>
        <ul className={classes.keys}>
          {PHASES.map((phase, place) => (
            <li key={phase}>
              <span className={classes.swatch} data-phase={place} aria-hidden="true" />
              {phaseName(place)} {formatNumber(last.districts[place] ?? 0, currentLanguage())}
            </li>
          ))}
        </ul>
      </figure>
      <details className={classes.details}>
        <summary>{t("trend.table")}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <section className={classes.scroll} tabIndex={0} aria-label={t("trend.table")}>
          <table className={classes.plain}>
            <caption className={classes.hidden}>{t("trend.caption")}</caption>
            <thead>
              <tr>
                <th scope="col">{t("trend.month")}</th>
                {PHASES.map((phase, place) => (
                  <th key={phase} scope="col">
                    {phaseName(place)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {ends.map(({ month, districts }) => (
                <tr key={month}>
                  <th scope="row">{formatMonth(month, currentLanguage())}</th>
                  {PHASES.map((phase, place) => (
                    <td key={phase}>{formatNumber(districts[place] ?? 0, currentLanguage())}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
      <Text c="dimmed" mt="sm">
        {t("trend.notice")}
      </Text>
    </Section>
  );
}
