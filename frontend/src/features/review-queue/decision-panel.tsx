import { Alert, Button, Group, Stack, Switch, Text } from "@mantine/core";
import { useHotkeys } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Evidence, ReadinessItem } from "@/api/readiness";
import { readStored, writeStored } from "@/lib/stored";
import { ButtonLink } from "@/ui/links";
import { Section } from "@/ui/page";
import { ReviewDialog } from "@/ui/readiness/review-dialog";
import { AskDialog } from "./ask-dialog";
import type { EntryAddress, neighbours } from "./neighbours";
import type { QueueEntry } from "./queue";
import classes from "./review-queue.module.css";

const route = getRouteApi("/kerja/pusat/antrean/$wilayah/$entri");

interface Props {
  entry: QueueEntry;
  /** The evidence, once it is read; none for an item. */
  evidence: Evidence | undefined;
  item: ReadinessItem | undefined;
  around: ReturnType<typeof neighbours>;
  /** Something was done; the text says what. */
  onDecided: (text: string) => void;
  /** The service refused because what is decided on has changed. */
  onStale: () => void;
}

type Open = "accept" | "return" | "ask" | null;

/** What the reviewer does about an entry, by button or by key, and the way to the next. */
export function DecisionPanel(props: Props) {
  const { entry, evidence, item, around, onDecided, onStale } = props;
  const { t } = useTranslation("review_queue");
  const navigate = route.useNavigate();
  const [open, setOpen] = useState<Open>(null);
  const go = (to: EntryAddress | undefined) => {
    if (!to) return;
    const params = { wilayah: to.code, entri: to.id };
    void navigate({ to: "/pusat/antrean/$wilayah/$entri", params, search: (now) => now });
  };
  const subject =
    entry.subject === "evidence"
      ? evidence && { kind: "evidence" as const, evidence }
      : item && { kind: "item" as const, item };
  const decides = Boolean(subject) && !entry.has_conflict;
  const keys = useKeys(open === null, {
    v: () => (decides ? setOpen("accept") : undefined),
    k: () => (decides ? setOpen("return") : undefined),
    m: () => setOpen("ask"),
    n: () => go(around.next),
    p: () => go(around.previous),
  });
  const done = (text: string) => {
    setOpen(null);
    onDecided(text);
    go(around.next);
  };
  const what = { item: entry.item_code, district: entry.district_name };
  const accepted = entry.subject === "item" ? "done.confirmed" : "done.verified";
  return (
    <Section title={t("decide.title")}>
      <Stack gap="sm">
        {entry.has_conflict ? (
          <Alert color="kunyit" variant="light" title={t("conflict.title")}>
            {t("conflict.body")}
          </Alert>
        ) : null}
        {entry.is_mine ? (
          <Text>
            {t("decide.mine", { name: entry.asked_by_name ?? "" })}
            {entry.ask_note ? ` “${entry.ask_note}”` : ""}
          </Text>
        ) : null}
        {entry.reviewer_name && !entry.is_mine ? (
          <Text>{t("decide.others", { name: entry.reviewer_name })}</Text>
        ) : null}
        <Group gap="xs">
          {entry.has_conflict ? null : (
            <>
              <Button disabled={!decides} onClick={() => setOpen("accept")}>
                {t(entry.subject === "item" ? "decide.confirm" : "decide.verify")}
              </Button>
              <Button variant="default" disabled={!decides} onClick={() => setOpen("return")}>
                {t("decide.return")}
              </Button>
            </>
          )}
          <Button variant={entry.has_conflict ? "filled" : "subtle"} onClick={() => setOpen("ask")}>
            {t("decide.ask")}
          </Button>
        </Group>
        <Walk around={around} />
        {keys}
      </Stack>
      {subject && (open === "accept" || open === "return") ? (
        <ReviewDialog
          code={entry.district_code}
          subject={subject}
          fileId={entry.file_id ?? null}
          returns={open === "return"}
          onClose={() => setOpen(null)}
          onDecided={() => done(t(open === "return" ? "done.returned" : accepted, what))}
          onStale={() => {
            setOpen(null);
            onStale();
          }}
        />
      ) : null}
      {open === "ask" ? (
        <AskDialog
          entry={entry}
          onAsked={(name) => {
            setOpen(null);
            onDecided(t("done.asked", { ...what, name }));
          }}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </Section>
  );
}

/** To the one before and the one after, in the order of the list that one came from. */
function Walk({ around }: { around: Props["around"] }) {
  const { t } = useTranslation("review_queue");
  const search = route.useSearch();
  const { previous, next, position } = around;
  const link = (to: EntryAddress, label: string) => (
    <ButtonLink
      variant="default"
      to="/pusat/antrean/$wilayah/$entri"
      params={{ wilayah: to.code, entri: to.id }}
      search={search}
    >
      {label}
    </ButtonLink>
  );
  return (
    <Group gap="xs" component="nav" aria-label={t("walk.label")}>
      {previous ? link(previous, t("walk.previous")) : null}
      {next ? link(next, t("walk.next")) : null}
      {position ? <Text c="dimmed">{t("walk.position", position)}</Text> : null}
    </Group>
  );
}

type Key = "v" | "k" | "m" | "n" | "p";
const KEYS: readonly Key[] = ["v", "k", "m", "n", "p"];
const STORED = "pintasan-antrean";

/** Single keys act while nothing is open; who is disturbed by them turns them off, and this device remembers it. */
function useKeys(isFree: boolean, acts: Record<Key, () => void>) {
  const { t } = useTranslation("review_queue");
  const [isOn, setOn] = useState(() => readStored<boolean>(STORED) !== false);
  useHotkeys(isFree && isOn ? KEYS.map((key) => [key, acts[key]]) : []);
  return (
    <div className={classes.keyboard}>
      <Switch
        label={t("keys.label")}
        checked={isOn}
        onChange={(event) => {
          setOn(event.currentTarget.checked);
          writeStored(STORED, event.currentTarget.checked ? null : false);
        }}
      />
      {isOn ? (
        <ul className={classes.keys}>
          {KEYS.map((key) => (
            <li key={key}>
              <kbd>{key.toUpperCase()}</kbd> {t(`keys.${key}`)}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
