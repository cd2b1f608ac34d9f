import { Alert, Box, Button, Group, Paper, Select, Stack, Text } from "@mantine/core";
import { IconChevronDown, IconHistory } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemError } from "@/api/problem";
import {
  componentKey,
  type PastComponent,
  type PastItem,
  type PastReadiness,
  pastReadinessQuery,
} from "@/api/readiness";
import { editionsQuery } from "@/api/standards";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { shownPercent } from "@/lib/readiness";
import { DayInput } from "../day-input";
import { PageSkeleton } from "../loading";
import { Section } from "../page";
import { ProblemAlert } from "../problem-alert";
import { ReadinessRing } from "../readiness-ring";
import { ScoreBar } from "../score-bar";
import classes from "./checklist.module.css";
import { documentKindName } from "./evidence-dialog";
import { ItemStateBadge } from "./item-state";

interface Props {
  code: string;
  /** The day asked for (ISO); none before one is chosen. */
  date: string | undefined;
  /** The version asked for; none for what counted on that day. */
  standard: string | undefined;
  onChange: (search: { tanggal: string | undefined; standar: string | undefined }) => void;
}

const day = (value: string) => formatDate(value, currentLanguage());

/** How ready a district was on a past day: to be read, never to be worked on. */
export function PastView({ code, date, standard, onChange }: Props) {
  const { t } = useTranslation("past");
  const editions = useQuery(editionsQuery);
  const past = useQuery({ ...pastReadinessQuery(code, date ?? "", standard), enabled: !!date });
  // What is wrong with the day or the version is said at its field, everything else above the answer.
  const wrong = past.error instanceof ProblemError ? past.error.fieldErrors() : {};
  const versions = (editions.data ?? []).map(({ version }) => ({
    value: version,
    label: t("version", { version }),
  }));
  return (
    <>
      <Group align="flex-start" gap="md">
        <Box pos="relative" w={{ base: "100%", xs: "14rem" }}>
          <DayInput
            label={t("date")}
            description={t("choose")}
            value={date ?? null}
            error={wrong.date}
            onChange={(tanggal) => onChange({ tanggal: tanggal ?? undefined, standar: standard })}
          />
        </Box>
        <Select
          w={{ base: "100%", xs: "22rem" }}
          label={t("standard")}
          description={t("standard_hint")}
          allowDeselect={false}
          data={[{ value: "", label: t("of_the_day") }, ...versions]}
          value={standard ?? ""}
          error={wrong.standard}
          onChange={(value) => onChange({ tanggal: date, standar: value || undefined })}
        />
      </Group>
      <ProblemAlert
        error={wrong.date || wrong.standard ? null : past.error}
        onRetry={() => past.refetch()}
      />
      {past.isLoading ? <PageSkeleton /> : null}
      {past.data ? <Past past={past.data} /> : null}
    </>
  );
}

function Past({ past }: { past: PastReadiness }) {
  const { t } = useTranslation(["past", "common"]);
  const parts = past.components.map((component) => {
    const key = componentKey(component.component);
    return { key, label: t(`common:component.${key}`), percent: component.claimed };
  });
  return (
    <>
      <Alert
        color="kunyit"
        variant="light"
        icon={<IconHistory aria-hidden />}
        title={t("marked", { day: day(past.date) })}
        styles={{ title: { fontSize: "1rem", color: "var(--mantine-color-black)" } }}
      >
        <Text>{t("marked_body")}</Text>
        <Text>{t("facts_of", { day: day(past.facts_of) })}</Text>
      </Alert>
      <Section>
        <Group gap="lg" align="center">
          <ReadinessRing parts={parts} overall={past.claimed} />
          <Stack gap="xs" flex={1} miw="14rem">
            <Text fw={600}>
              {t("complete", { count: past.complete_components, total: past.components.length })}
            </Text>
            <Text>{t("verified", { percent: shownPercent(past.verified) })}</Text>
            <Text>{measuredBy(past, t)}</Text>
            {past.is_measure_of_the_day && past.measure_changed_since ? (
              <Text>{t("changed_since")}</Text>
            ) : null}
          </Stack>
        </Group>
      </Section>
      {past.components.map((component) => (
        <Component key={component.component} component={component} />
      ))}
    </>
  );
}

function measuredBy(past: PastReadiness, t: ReturnType<typeof useTranslation<["past"]>>["t"]) {
  const standard = past.standard.title;
  if (past.is_measure_of_the_day) return t("by_measure", { standard });
  return past.measure_of_the_day
    ? t("by_other", { standard, version: past.measure_of_the_day })
    : t("by_other_alone", { standard });
}

const STATES = ["verified", "present", "in_progress", "expired", "missing"] as const;

function Component({ component }: { component: PastComponent }) {
  const { t } = useTranslation(["past", "common", "readiness"]);
  const [open, setOpen] = useState(false);
  const list = useId();
  const name = t(`common:component.${componentKey(component.component)}`);
  return (
    <Section>
      <Stack gap="sm">
        <ScoreBar label={name} claimed={component.claimed} verified={component.verified} />
        <Text>
          {STATES.filter((state) => component.counts[state] > 0)
            .map((state) => `${t(`readiness:state.${state}`)}: ${component.counts[state]}`)
            .join(" · ")}
        </Text>
        <Group>
          <Button
            variant="default"
            aria-label={t(open ? "hide_items_of" : "show_items_of", { component: name })}
            aria-expanded={open}
            aria-controls={open ? list : undefined}
            rightSection={
              <IconChevronDown
                size={20}
                aria-hidden
                className={classes.chevron}
                data-open={open || undefined}
              />
            }
            onClick={() => setOpen(!open)}
          >
            {t(open ? "hide_items" : "show_items")}
          </Button>
        </Group>
        {open ? (
          <ul id={list} className={classes.list}>
            {component.items.map((item) => (
              <Item key={item.code} item={item} />
            ))}
          </ul>
        ) : null}
      </Stack>
    </Section>
  );
}

function Item({ item }: { item: PastItem }) {
  const { t } = useTranslation(["past", "readiness"]);
  const facts = [
    t(item.mandatory ? "readiness:mandatory" : "readiness:optional"),
    item.counts_from
      ? t("not_counted", { day: day(item.counts_from) })
      : t("weight", { weight: item.weight }),
    item.progress && item.state !== "verified" ? t("readiness:progress", item.progress) : "",
    item.valid_until ? t("until", { day: day(item.valid_until) }) : "",
  ];
  return (
    <Paper component="li" withBorder p="md">
      <Stack gap={4}>
        <Group justify="space-between" gap="xs">
          <Text fw={600} flex={1} miw="12rem">
            {item.code} {item.title}
          </Text>
          <ItemStateBadge state={item.state} />
        </Group>
        <Text c="dimmed">{facts.filter(Boolean).join(" · ")}</Text>
        {item.documents.map((document, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: what is over keeps its order, and documents have no name here
          <Text key={place}>
            {[
              documentKindName(document.kind),
              document.issued_on ? t("dated", { day: day(document.issued_on) }) : "",
              t(`document.${document.status}`),
            ]
              .filter(Boolean)
              .join(", ")}
          </Text>
        ))}
        {item.review ? (
          <Text>{t(`review.${item.review.decision}`, { day: day(item.review.decided_on) })}</Text>
        ) : null}
      </Stack>
    </Paper>
  );
}
