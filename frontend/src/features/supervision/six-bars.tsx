import { useTranslation } from "react-i18next";
import { componentKey, type DistrictSummary } from "@/api/readiness";
import { shownPercent } from "@/lib/readiness";
import classes from "./six-bars.module.css";

/** Six small bars in the order of the components; each says its numbers to who cannot see it. */
export function SixBars({ scores }: { scores: DistrictSummary["components"] }) {
  const { t } = useTranslation(["supervision", "common"]);
  if (scores.length === 0) return "–";
  return (
    <ul className={classes.bars}>
      {scores.map((score) => {
        const claimed = shownPercent(score.claimed);
        const verified = shownPercent(Math.min(score.verified, score.claimed));
        const label = t("bar", {
          component: t(`common:component.${componentKey(score.component)}`),
          claimed,
          verified,
        });
        return (
          <li key={score.component} title={label}>
            <span className={classes.spoken}>{label}</span>
            <span className={classes.track} aria-hidden="true">
              <span className={classes.claimed} style={{ height: `${claimed}%` }} />
              <span className={classes.verified} style={{ height: `${verified}%` }} />
            </span>
            <span className={classes.number} aria-hidden="true">
              {claimed}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
