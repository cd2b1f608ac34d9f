import { Alert, Badge, Button, Checkbox, Group, Text } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { CardTable, type Column } from "@/ui/card-table";
import { DownloadMenu } from "@/ui/download-menu";
import { Empty } from "@/ui/empty";
import { AnchorLink } from "@/ui/links";
import { LoadMore } from "@/ui/load-more";
import { PageSkeleton } from "@/ui/loading";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { BatchDialog } from "./batch-dialog";
import { isNarrowed, type QueueFilters } from "./filters";
import { LoadSection } from "./load-section";
import {
  asCaution,
  type BatchOutcome,
  isPlain,
  loadQuery,
  type QueueEntry,
  queueQuery,
} from "./queue";
import { QueueFilterBar } from "./queue-filters";
import classes from "./review-queue.module.css";
import { useQueueExports } from "./use-queue-exports";

const route = getRouteApi("/kerja/pusat/antrean");

/** Everything that waits for a reviewer, the oldest first. Filters live in the address. */
export function QueuePage() {
  const { t } = useTranslation(["review_queue", "common"]);
  const filters = route.useSearch();
  const queue = useInfiniteQuery(queueQuery(filters));
  const load = useQuery(loadQuery);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asks, setAsks] = useState(false);
  const [outcome, setOutcome] = useState<BatchOutcome | null>(null);
  const rows = queue.data?.pages.flatMap((page) => page.items) ?? [];
  const writers = useQueueExports();
  const plain = rows.filter(isPlain);
  // What was decided meanwhile is chosen no more.
  const picked = plain.filter((entry) => chosen.has(entry.id));
  const columns = useColumns(filters, chosen, (id, isChosen) => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    setChosen(next);
  });
  return (
    <Page
      width="wide"
      title={t("title")}
      lead={t("lead")}
      action={
        <DownloadMenu
          what={t("table")}
          name={t("export.file")}
          writers={writers}
          disabled={rows.length === 0}
        />
      }
    >
      <ProblemAlert error={load.error} onRetry={() => load.refetch()} />
      {load.data ? <LoadSection load={load.data} /> : null}
      <QueueFilterBar />
      <ProblemAlert error={queue.error} onRetry={() => queue.refetch()} />
      <div role="status">{outcome ? <Outcome outcome={outcome} /> : null}</div>
      {queue.isPending ? <PageSkeleton /> : null}
      {rows.length > 0 ? (
        <>
          <Group justify="space-between" gap="sm">
            <Text>
              {t("shown", { count: rows.length })}{" "}
              {plain.length > 0 ? t("batch.hint", { count: plain.length }) : t("batch.none")}
            </Text>
            {plain.length > 0 ? (
              <Group gap="sm">
                <Checkbox
                  label={t("batch.all")}
                  checked={picked.length === plain.length}
                  indeterminate={picked.length > 0 && picked.length < plain.length}
                  onChange={(event) =>
                    setChosen(
                      new Set(event.currentTarget.checked ? plain.map((entry) => entry.id) : []),
                    )
                  }
                />
                <Button disabled={picked.length === 0} onClick={() => setAsks(true)}>
                  {picked.length > 0
                    ? t("batch.verify", { count: picked.length })
                    : t("batch.verify_none")}
                </Button>
              </Group>
            ) : null}
          </Group>
          <CardTable
            sticky
            caption={t("table")}
            columns={columns}
            rows={rows}
            rowKey={(entry) => `${entry.district_code}/${entry.id}`}
          />
        </>
      ) : null}
      <LoadMore list={queue} />
      {queue.isSuccess && rows.length === 0 ? (
        <Empty title={t(isNarrowed(filters) ? "empty.filtered_title" : "empty.title")}>
          {t(isNarrowed(filters) ? "empty.filtered" : "empty.body")}
        </Empty>
      ) : null}
      {asks ? (
        <BatchDialog
          entries={picked}
          onDone={(done) => {
            setAsks(false);
            setOutcome(done);
            setChosen(new Set());
          }}
          onClose={() => setAsks(false)}
        />
      ) : null}
    </Page>
  );
}

function Outcome({ outcome }: { outcome: BatchOutcome }) {
  const { t } = useTranslation("review_queue");
  const { verified, refused } = outcome;
  return (
    <Alert color={refused.length > 0 ? "kunyit" : "laut"} variant="light">
      <Text>{t("batch.done", { count: verified.length })}</Text>
      {refused.length > 0 ? (
        <>
          <Text mt="xs">{t("batch.left", { count: refused.length })}</Text>
          <ul className={classes.plain}>
            {refused.map(({ entry, reason }) => (
              <li key={entry.id}>
                {entry.item_code} {entry.title}, {entry.district_name}:{" "}
                {reason ? t(`caution.${reason}`) : t("caution.unknown")}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Alert>
  );
}

/** `filters` go along, so that "next" means the next of the same list. */
function useColumns(
  filters: QueueFilters,
  chosen: ReadonlySet<string>,
  onChoose: (id: string, isChosen: boolean) => void,
): Column<QueueEntry>[] {
  const { t } = useTranslation("review_queue");
  return [
    {
      key: "name",
      label: t("col.item"),
      isName: true,
      render: (entry) => (
        <>
          <AnchorLink
            to="/pusat/antrean/$wilayah/$entri"
            params={{ wilayah: entry.district_code, entri: entry.id }}
            search={filters}
            className={classes.target}
            fw={600}
          >
            {entry.item_code} {entry.item_title}
          </AnchorLink>
          <Text fw={400}>{entry.subject === "item" ? t("entered") : entry.title}</Text>
        </>
      ),
    },
    {
      key: "district",
      label: t("col.district"),
      render: (entry) => (
        <>
          {entry.district_name}
          <Text c="dimmed">{entry.province_name}</Text>
        </>
      ),
    },
    {
      key: "age",
      label: t("col.age"),
      render: (entry) => <Age entry={entry} />,
    },
    {
      key: "reviewer",
      label: t("col.reviewer"),
      render: (entry) => <Asked entry={entry} />,
    },
    {
      key: "choose",
      label: t("col.batch"),
      render: (entry) =>
        isPlain(entry) ? (
          <Checkbox
            label={t("batch.choose")}
            aria-label={t("batch.choose_of", {
              item: entry.item_code,
              district: entry.district_name,
            })}
            checked={chosen.has(entry.id)}
            onChange={(event) => onChoose(entry.id, event.currentTarget.checked)}
          />
        ) : (
          <Text c="dimmed">{t(`caution.${whyNot(entry)}`)}</Text>
        ),
    },
  ];
}

function whyNot(entry: QueueEntry) {
  if (entry.has_conflict) return "conflict_of_interest";
  return asCaution(entry.caution) ?? "no_document";
}

function Age({ entry }: { entry: QueueEntry }) {
  const { t } = useTranslation("review_queue");
  return (
    <>
      <Text fw={600}>
        {entry.waiting_days === 0 ? t("today") : t("days", { count: entry.waiting_days })}
      </Text>
      <Text c="dimmed">
        {t("since", { day: formatDate(entry.waiting_since, currentLanguage()) })}
      </Text>
    </>
  );
}

function Asked({ entry }: { entry: QueueEntry }) {
  const { t } = useTranslation("review_queue");
  if (!entry.reviewer_name) return <Text c="dimmed">{t("nobody_asked")}</Text>;
  return (
    <>
      {entry.is_mine ? (
        <Badge color="kunyit" variant="light" className={classes.badge}>
          {t("mine")}
        </Badge>
      ) : (
        entry.reviewer_name
      )}
      {entry.asked_by_name && entry.asked_by_name !== entry.reviewer_name ? (
        <Text c="dimmed">{t("asked_by", { name: entry.asked_by_name })}</Text>
      ) : null}
      {entry.ask_note ? <Text>“{entry.ask_note}”</Text> : null}
    </>
  );
}
