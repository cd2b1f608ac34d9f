import { Group, Paper, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import type { ReadinessReport } from "@/api/readiness";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { AnchorLink, ButtonLink } from "@/ui/links";
import { itemLink } from "@/ui/readiness/item-link";
import classes from "./home.module.css";
import { type NextStep, nextSteps, restReason, returnComment } from "./next-steps";

/** As many as a person can take in at once. */
const SHOWN = 5;

interface Props {
  report: ReadinessReport;
  code: string;
  /** Whether the service has gone live. */
  isLive: boolean;
}

/** What to do now; the first is the page's one primary action. Who may only read is offered to look. */
export function NextSteps({ report, code, isLive }: Props) {
  const { t } = useTranslation("district");
  const membership = membershipOf(useMe(), code);
  const writes = may(membership, PERMISSION.setupWrite);
  const launches = may(membership, PERMISSION.setupGoLive);
  const steps = nextSteps(report);
  const rest = restReason(report, isLive);
  const none = rest === "launch" && !launches ? "wait" : rest;
  return (
    <Paper p={{ base: "md", sm: "lg" }} bg="laut.0" component="section">
      <Title order={2}>{t(writes ? "next_title" : "next_title_read")}</Title>
      {steps.length === 0 ? (
        <Text mt="xs">{t(`next_none.${none}`, { count: report.go_live.blockers.length })}</Text>
      ) : (
        <ol className={classes.steps}>
          {steps.slice(0, SHOWN).map((step, index) => (
            <li key={step.item.code}>
              <div className={classes.stepText}>
                <Text fw={600}>{step.item.title}</Text>
                <Reason step={step} />
                {index === 0 && step.item.next_step ? <Text>{step.item.next_step}</Text> : null}
              </div>
              <OpenStep step={step} code={code} writes={writes} isFirst={index === 0} />
            </li>
          ))}
        </ol>
      )}
      {isLive ? null : (
        <Group mt="xs">
          <AnchorLink to="/d/$code/tinjauan" params={{ code }}>
            {t("next_all")}
          </AnchorLink>
        </Group>
      )}
    </Paper>
  );
}

interface OpenStepProps {
  step: NextStep;
  code: string;
  writes: boolean;
  isFirst: boolean;
}

/** The way to the item; none when this program has no screen for it. */
function OpenStep({ step, code, writes, isFirst }: OpenStepProps) {
  const { t } = useTranslation("district");
  const link = itemLink(step.item, code);
  if (!link) return null;
  return (
    <ButtonLink
      {...link}
      variant={writes && isFirst ? "filled" : "default"}
      aria-label={t(writes ? "next_open_of" : "next_look_of", { item: step.item.title })}
    >
      {t(writes ? "next_open" : "next_look")}
    </ButtonLink>
  );
}

function Reason({ step: { item, urgency } }: { step: NextStep }) {
  const { t } = useTranslation("district");
  const day = item.assignment.due_on ? formatDate(item.assignment.due_on, currentLanguage()) : "";
  const comment = returnComment(item);
  const words =
    urgency === "returned"
      ? comment
        ? t("reason.returned", { comment })
        : t("reason.returned_plain")
      : urgency === "late" || urgency === "due"
        ? t(`reason.${urgency}`, { day })
        : t(`reason.${urgency}`);
  return (
    <Text c="kunyit.9">{[words, item.assignment.assignee_name].filter(Boolean).join(" · ")}</Text>
  );
}
