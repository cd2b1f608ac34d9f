import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { componentKey, PLACE_OF } from "@/lib/components";
import { readinessStep, shownPercent } from "@/lib/readiness";
import { DistrictName } from "./district-name";
import classes from "./national.module.css";
import type { OverviewDistrict, Score } from "./overview";
import { readSort, sorted } from "./sort";
import { SortHeading } from "./sort-heading";
import { useFirstRows } from "./use-first-rows";

const route = getRouteApi("/kerja/pusat");

/** Districts by components: colour and number of each score. Every column sorts. */
export function Matrix({ districts, score }: { districts: OverviewDistrict[]; score: Score }) {
  const { t } = useTranslation(["national", "common"]);
  const sort = readSort(route.useSearch().urut);
  const kinds = [...new Set(districts.flatMap((row) => row.components.map((c) => c.component)))];
  const { first, rest } = useFirstRows(sorted(districts, sort, score));
  return (
    <>
      <table className={classes.matrix}>
        <caption className={classes.hidden}>{t("matrix.caption")}</caption>
        <thead>
          <tr>
            <SortHeading
              id="name"
              label={t("column.name")}
              short={t("column.name_short")}
              sort={sort}
            />
            {kinds.map((kind) => {
              const key = componentKey(kind);
              const name = t(`common:component.${key}`);
              return (
                <SortHeading
                  key={kind}
                  id={kind}
                  label={name}
                  short={PLACE_OF[key].prefix}
                  sort={sort}
                />
              );
            })}
            <SortHeading
              id="overall"
              label={t("column.overall")}
              short={t("column.overall")}
              sort={sort}
            />
          </tr>
        </thead>
        <tbody>
          {first.map((row) => (
            <tr key={row.code}>
              <th scope="row">
                <DistrictName district={row} isBrief />
              </th>
              {kinds.map((kind) => (
                <Cell
                  key={kind}
                  percent={row.components.find(({ component }) => component === kind)?.[score]}
                />
              ))}
              <Cell percent={row[score]} />
            </tr>
          ))}
        </tbody>
      </table>
      {rest}
    </>
  );
}

function Cell({ percent }: { percent: number | null | undefined }) {
  if (percent === null || percent === undefined) return <td className={classes.none}>–</td>;
  return (
    <td className={classes.cell} data-step={readinessStep(percent)}>
      {shownPercent(percent)}
    </td>
  );
}
