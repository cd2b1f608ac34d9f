import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formatDate, formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { shownPercent } from "@/lib/readiness";
import { DistrictName } from "./district-name";
import classes from "./national.module.css";
import type { OverviewDistrict, Score } from "./overview";
import { readSort, sorted } from "./sort";
import { SortHeading } from "./sort-heading";
import { useFirstRows } from "./use-first-rows";

const route = getRouteApi("/kerja/pusat");
const COLUMNS = ["name", "status", "phase", "overall", "blockers", "idle", "expiring"] as const;

/** Every district with its figures in words: for reading aloud, for paper, for sorting by one of them. */
export function DistrictTable({
  districts,
  score,
}: {
  districts: OverviewDistrict[];
  score: Score;
}) {
  const { t } = useTranslation("national");
  const sort = readSort(route.useSearch().urut);
  const { first, rest } = useFirstRows(sorted(districts, sort, score));
  return (
    <>
      <table className={classes.list}>
        <caption className={classes.hidden}>{t("table.caption")}</caption>
        <thead>
          <tr>
            {COLUMNS.map((key) => (
              <SortHeading key={key} id={key} label={t(`column.${key}`)} sort={sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {first.map((row) => (
            <Row key={row.code} row={row} />
          ))}
        </tbody>
      </table>
      {rest}
    </>
  );
}

function Row({ row }: { row: OverviewDistrict }) {
  const { t } = useTranslation(["national", "supervision"]);
  const number = (value: number) => formatNumber(value, currentLanguage());
  const expiring = [
    row.expired ? t("table.expired", { count: row.expired }) : null,
    row.expiring ? t("table.expiring", { count: row.expiring }) : null,
  ].filter(Boolean);
  return (
    <tr>
      <th scope="row">
        <DistrictName district={row} />
      </th>
      <td data-label={t("column.status")}>{t(`status.${row.status}`)}</td>
      <td data-label={t("column.phase")}>
        {row.phase ? t(`supervision:phase.${row.phase}`) : "–"}
        {row.phase_since ? (
          <span className={classes.province}>
            {t("table.since", { day: formatDate(row.phase_since, currentLanguage()) })}
          </span>
        ) : null}
      </td>
      <td data-label={t("column.overall")}>
        {row.claimed == null
          ? "–"
          : t("table.scores", {
              claimed: shownPercent(row.claimed),
              verified: shownPercent(row.verified ?? 0),
            })}
      </td>
      <td data-label={t("column.blockers")}>{row.blockers == null ? "–" : number(row.blockers)}</td>
      <td data-label={t("column.idle")}>
        {row.idle_days == null
          ? "–"
          : t("table.days", { count: row.idle_days, number: number(row.idle_days) })}
      </td>
      <td data-label={t("column.expiring")}>{expiring.length > 0 ? expiring.join(", ") : "–"}</td>
    </tr>
  );
}
