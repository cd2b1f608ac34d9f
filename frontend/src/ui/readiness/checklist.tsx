import { Badge, Button, Group, Paper, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { type ReadinessComponent, type ReadinessItem, standardQuery } from "@/api/readiness";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { ButtonLink } from "../links";
import { PageSkeleton } from "../loading";
import { AssignDialog } from "./assign-dialog";
import classes from "./checklist.module.css";
import { EvidenceList } from "./evidence-list";
import { ItemReviewPart } from "./item-review";
import { ItemStateBadge } from "./item-state";
import type { ChecklistMode } from "./mode";
import { screenLink } from "./screen-link";

interface Props {
  code: string;
  component: ReadinessComponent;
  mode: ChecklistMode;
  /** The item that a link names; it opens. */
  butir?: string | undefined;
}

/** The items of a component: state, what to do next, who has it, evidence. */
export function Checklist({ code, component, mode, butir }: Props) {
  const [open, setOpen] = useState<string | null>(butir ?? null);
  // Examples come before the buttons of an item: were they to arrive later, the buttons would move under a finger.
  const ready = !useQuery(standardQuery).isPending;
  useEffect(() => {
    if (!butir || !ready) return;
    setOpen(butir);
    const head = document.getElementById(`butir-${butir}`);
    head?.scrollIntoView({ block: "center" });
    head?.focus({ preventScroll: true });
  }, [butir, ready]);
  if (!ready) return <PageSkeleton />;
  return (
    <ul className={classes.list}>
      {component.items.map((item) => (
        <Item
          key={item.code}
          code={code}
          item={item}
          mode={mode}
          isOpen={open === item.code}
          onToggle={() => setOpen(open === item.code ? null : item.code)}
        />
      ))}
    </ul>
  );
}

interface ItemProps {
  code: string;
  item: ReadinessItem;
  mode: ChecklistMode;
  isOpen: boolean;
  onToggle: () => void;
}

function Item({ code, item, mode, isOpen, onToggle }: ItemProps) {
  return (
    <Paper component="li" withBorder className={classes.item}>
      <UnstyledButton
        id={`butir-${item.code}`}
        className={classes.head}
        aria-expanded={isOpen}
        onClick={onToggle}
      >
        <span className={classes.name}>
          <Text component="span" c="dimmed">
            {item.code}
          </Text>
          <Text component="span" fw={600}>
            {item.title}
          </Text>
          <InCharge item={item} />
        </span>
        <span className={classes.state}>
          <ItemStateBadge state={item.state} />
          <Progress item={item} />
        </span>
        <IconChevronDown
          size={20}
          aria-hidden
          className={classes.chevron}
          data-open={isOpen || undefined}
        />
      </UnstyledButton>
      {isOpen ? <Details code={code} item={item} mode={mode} /> : null}
    </Paper>
  );
}

function Progress({ item }: { item: ReadinessItem }) {
  const { t } = useTranslation("readiness");
  if (!item.progress || item.state === "verified") return null;
  return (
    <Text component="span" c="dimmed">
      {t("progress", item.progress)}
    </Text>
  );
}

function InCharge({ item }: { item: ReadinessItem }) {
  const { t } = useTranslation("readiness");
  const { assignee_name, due_on } = item.assignment;
  if (!assignee_name && !due_on) return null;
  const late =
    due_on && item.state !== "verified" && due_on < new Date().toISOString().slice(0, 10);
  const day = due_on ? formatDate(due_on, currentLanguage()) : "";
  return (
    <Text component="span" c={late ? "kunyit.8" : "dimmed"}>
      {[assignee_name ?? t("nobody"), due_on ? t(late ? "late" : "due", { day }) : ""]
        .filter(Boolean)
        .join(" · ")}
    </Text>
  );
}

function Details({ code, item, mode }: Omit<ItemProps, "isOpen" | "onToggle">) {
  const { t } = useTranslation("readiness");
  const [assigns, setAssigns] = useState(false);
  const good = useExample(item.code);
  const { assignment } = item;
  const screen = screenLink(item.screen, code);
  return (
    <Stack p="md" gap="md" className={classes.body}>
      <Group gap="xs">
        <Badge color="gray" c="dark.8" variant="light">
          {t(item.mandatory ? "mandatory" : "optional")}
        </Badge>
        {item.counts_from ? (
          <Badge color="laut" variant="light" style={{ minWidth: "max-content" }}>
            {t("counts_from", { day: formatDate(item.counts_from, currentLanguage()) })}
          </Badge>
        ) : null}
        {item.must_be_verified_for_go_live ? (
          <Badge color="gray" c="dark.8" variant="light">
            {t("must_verify")}
          </Badge>
        ) : null}
        {item.valid_until ? (
          <Text c="dimmed">
            {t("until", { day: formatDate(item.valid_until, currentLanguage()) })}
          </Text>
        ) : null}
      </Group>
      {item.next_step && mode === "work" ? (
        <div>
          <Text fw={600}>{t("next")}</Text>
          <Text>{item.next_step}</Text>
          {screen ? (
            <Group mt="xs">
              <ButtonLink variant="default" {...screen}>
                {t("open_screen")}
              </ButtonLink>
            </Group>
          ) : null}
        </div>
      ) : null}
      <Fact label={t("why")} text={item.why} />
      <Fact label={t("wanted")} text={item.evidence_wanted} />
      {good ? (
        <div>
          <Fact label={t("good")} text={good.text} />
          <Text c="dimmed">{t("good_source", { source: good.source })}</Text>
        </div>
      ) : null}
      <Group gap="sm">
        <Text>
          <b>{t("in_charge")}:</b> {assignment.assignee_name ?? t("nobody")}
          {assignment.note ? ` (${assignment.note})` : ""}
        </Text>
        {mode === "work" ? (
          <Button
            variant="subtle"
            leftSection={<IconUserPlus size={20} aria-hidden />}
            aria-label={t("assign.open_of", { item: item.title })}
            onClick={() => setAssigns(true)}
          >
            {t("assign.open")}
          </Button>
        ) : null}
      </Group>
      {item.accepts.length > 0 ? (
        <EvidenceList code={code} item={item} mode={mode} />
      ) : (
        <Text c="dimmed">{t(item.confirmed_by_review ? "confirmed" : "counted")}</Text>
      )}
      <ItemReviewPart code={code} item={item} mode={mode} />
      {assigns ? <AssignDialog code={code} item={item} onClose={() => setAssigns(false)} /> : null}
    </Stack>
  );
}

function Fact({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <Text fw={600}>{label}</Text>
      <Text>{text}</Text>
    </div>
  );
}

/** The standard's example for an item, where a source gives one, and who tells it. */
function useExample(code: string): { text: string; source: string } | null {
  const standard = useQuery(standardQuery);
  const items = standard.data?.components.flatMap((component) => component.items);
  const example = items?.find((item) => item.code === code)?.example;
  return example ? { text: example[currentLanguage()], source: example.source } : null;
}
