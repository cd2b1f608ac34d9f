import { Text, Title } from "@mantine/core";
import { IconCircle, IconCircleCheckFilled, IconCircleDotFilled } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { ReadinessReport } from "@/api/readiness";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import classes from "./home.module.css";

/** The seven phases from commitment to standing on one's own feet, with the days they were reached. */
export function PhaseTrack({ phase }: { phase: ReadinessReport["phase"] }) {
  const { t } = useTranslation("district");
  return (
    <>
      <Title order={2}>{t("phase.title")}</Title>
      <ol className={classes.phases} aria-label={t("phase.label")}>
        {phase.steps.map((step) => {
          const isNow = step.phase === phase.current;
          const isReached = step.reached_on !== null && step.reached_on !== undefined;
          return (
            <li key={step.phase} aria-current={isNow ? "step" : undefined}>
              {isNow ? (
                <IconCircleDotFilled size={20} aria-hidden />
              ) : isReached ? (
                <IconCircleCheckFilled size={20} aria-hidden />
              ) : (
                <IconCircle size={20} aria-hidden />
              )}
              <Text component="span" fw={isNow ? 650 : 400}>
                {step.name}
              </Text>
              <Text component="span" c="dimmed">
                {step.reached_on
                  ? formatDate(step.reached_on, currentLanguage())
                  : t("phase.ahead")}
              </Text>
            </li>
          );
        })}
      </ol>
    </>
  );
}
