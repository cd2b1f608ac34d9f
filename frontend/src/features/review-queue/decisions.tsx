import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import type { Decision } from "./queue";
import classes from "./review-queue.module.css";

const WORDS = ["verified", "confirmed", "returned"] as const;

interface Props {
  decisions: Decision[];
  error: unknown;
  onRetry: () => void;
}

/** What was decided on the item before, the newest first. */
export function DecisionList({ decisions, error, onRetry }: Props) {
  const { t } = useTranslation("review_queue");
  return (
    <Section title={t("decisions.title")}>
      <ProblemAlert error={error} onRetry={onRetry} />
      {decisions.length === 0 && !error ? <Text c="dimmed">{t("decisions.none")}</Text> : null}
      <ul className={classes.decisions}>
        {decisions.map((decision) => (
          <li key={decision.id}>
            <Text fw={600}>
              {t(`decisions.${WORDS.find((word) => word === decision.decision) ?? "verified"}`, {
                name: decision.reviewer_name,
              })}
            </Text>
            {decision.title ? <Text>{decision.title}</Text> : null}
            {decision.comment ? <Text>“{decision.comment}”</Text> : null}
            <Text c="dimmed">{formatMoment(decision.decided_at, currentLanguage())}</Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}
