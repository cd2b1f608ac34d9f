import { Button, Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { may, oversightMembership, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { csvBlob } from "@/lib/export/csv";
import { fileName, nameWith } from "@/lib/export/table";
import { formatDate, formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { saveBlob } from "@/lib/save-blob";
import { Section } from "@/ui/page";
import { funnelTable } from "./columns";
import { DownloadButton } from "./download-button";
import classes from "./national.module.css";
import type { Overview } from "./overview";
import { PlanDialog } from "./plan-dialog";
import { narrowedBy } from "./words";

const route = getRouteApi("/kerja/pusat");

interface Props {
  overview: Overview;
  /** Nothing is filtered away, so the districts can be set against the plan. */
  isWhole: boolean;
}

/** The seven phases: how many districts came how far, and how long each phase takes. Table and chart in one. */
export function Funnel({ overview, isWhole }: Props) {
  const { t } = useTranslation(["national", "supervision", "common"]);
  const mayPlan = may(oversightMembership(useMe()), PERMISSION.planManage);
  const [editing, setEditing] = useState(false);
  const filters = route.useSearch();
  const { phases, plan } = overview;
  // "514 of 111" would say nothing.
  const isWithin = plan && phases.every(({ reached }) => reached <= plan.districts);
  const whole = isWhole && isWithin ? plan.districts : undefined;
  const longest = Math.max(1, whole ?? 0, ...phases.map(({ reached }) => reached));
  const number = (value: number) => formatNumber(value, currentLanguage());
  const name = nameWith(t("file.funnel"), narrowedBy(t, filters, overview));
  const save = () => saveBlob(csvBlob(funnelTable(t, phases)), fileName(name, "csv"));
  return (
    <Section
      title={t("funnel.title")}
      aside={<DownloadButton onClick={save} what={t("funnel.title")} />}
    >
      {plan && isWhole ? (
        <Text mb="md">
          {t("funnel.plan", {
            count: plan.districts,
            number: number(plan.districts),
            source: plan.announced_on
              ? t("funnel.announced", {
                  source: plan.source,
                  day: formatDate(plan.announced_on, currentLanguage()),
                })
              : plan.source,
          })}{" "}
          {mayPlan ? (
            <Button
              variant="subtle"
              size="compact-md"
              className="sp-screen-only"
              onClick={() => setEditing(true)}
            >
              {t("plan.edit")}
            </Button>
          ) : null}
        </Text>
      ) : null}
      <table className={classes.funnel}>
        <caption className={classes.hidden}>{t("funnel.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("funnel.phase")}</th>
            <th scope="col">{t("funnel.reached")}</th>
            <th scope="col">{t("funnel.current")}</th>
            <th scope="col">{t("funnel.median")}</th>
          </tr>
        </thead>
        <tbody>
          {phases.map((row) => (
            <tr key={row.phase}>
              <th scope="row">{t(`supervision:phase.${row.phase}`)}</th>
              <td data-label={t("funnel.reached")}>
                <span className={classes.bar} aria-hidden="true">
                  <span style={{ width: `${(row.reached / longest) * 100}%` }} />
                </span>
                {whole
                  ? t("funnel.of", { reached: number(row.reached), planned: number(whole) })
                  : number(row.reached)}
              </td>
              <td data-label={t("funnel.current")}>{number(row.current)}</td>
              <td data-label={t("funnel.median")}>
                {row.median_days == null
                  ? t("funnel.unknown")
                  : t("funnel.days", {
                      count: row.median_days,
                      number: number(row.median_days),
                      left: number(row.left),
                    })}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {editing ? <PlanDialog onClose={() => setEditing(false)} /> : null}
    </Section>
  );
}
