import { Box, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { readinessStep, shownPercent } from "@/lib/readiness";
import classes from "./readiness.module.css";

interface Props {
  label: string;
  /** Percent of weight that is present, 0 to 100. */
  claimed: number;
  /** Percent of weight that a reviewer verified, 0 to 100, never above `claimed`. */
  verified?: number;
}

/** One score with its word and number; the verified part is solid, the claimed part hatched. */
export function ScoreBar({ label, claimed, verified }: Props) {
  const { t } = useTranslation();
  const step = readinessStep(claimed);
  const percent = shownPercent(claimed);
  const sure = shownPercent(Math.min(verified ?? claimed, claimed));
  const words = t(`readiness.${step}`);
  const spoken =
    verified === undefined
      ? t("readiness.spoken", { percent, words })
      : t("readiness.spoken_verified", { percent, words, verified: sure });
  return (
    <Box className="sp-keep-together">
      <Group justify="space-between" gap="0 0.5rem" mb={4}>
        <Text fw={600}>{label}</Text>
        <Text style={{ whiteSpace: "nowrap" }}>
          {percent}% · {words}
        </Text>
      </Group>
      {/* biome-ignore lint/a11y/useSemanticElements: a native meter cannot show two parts */}
      <div
        role="meter"
        aria-label={label}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={spoken}
        className={classes.track}
      >
        <div className={classes.claimed} style={{ width: `${percent}%` }} />
        <div className={classes.verified} data-step={step} style={{ width: `${sure}%` }} />
      </div>
      {verified === undefined ? null : (
        <Text size="sm" c="dimmed" mt={4}>
          {t("readiness.verified", { percent: sure })}
        </Text>
      )}
    </Box>
  );
}
