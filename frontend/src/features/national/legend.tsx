import { Group } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { READINESS_STEPS } from "@/lib/readiness";
import { AnchorLink } from "@/ui/links";
import classes from "./national.module.css";
import type { Score } from "./overview";

const route = getRouteApi("/kerja/pusat");

interface Props {
  score: Score;
  /** Districts that are only invited are shown too. */
  withInvited: boolean;
}

/** What the five colours mean, and which of the two scores they show. */
export function Legend({ score, withInvited }: Props) {
  const { t } = useTranslation(["national", "common"]);
  const filters = route.useSearch();
  return (
    <Group justify="space-between" gap="xs" mb="sm">
      <ul className={classes.keys} aria-label={t("legend.label")}>
        {READINESS_STEPS.map((step, place) => (
          <li key={step}>
            <span className={classes.tile} data-step={step} aria-hidden="true">
              {withInvited ? place : ""}
            </span>
            {t(`common:readiness.${step}`)}
            <span className={classes.range}>{t(`legend.${step}`)}</span>
          </li>
        ))}
        {withInvited ? (
          <li>
            <span className={classes.tile} data-step="invited" aria-hidden="true" />
            {t("status.invited")}
          </li>
        ) : null}
      </ul>
      <p className={classes.which}>
        {t(`legend.shows_${score}`)}{" "}
        <AnchorLink
          to="/pusat"
          search={{ ...filters, angka: score === "claimed" ? "terverifikasi" : undefined }}
          resetScroll={false}
          className="sp-screen-only"
        >
          {t(score === "claimed" ? "legend.show_verified" : "legend.show_claimed")}
        </AnchorLink>
      </p>
    </Group>
  );
}
