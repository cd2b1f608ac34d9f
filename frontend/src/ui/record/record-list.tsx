import { ActionIcon, Badge, Button, Group, Stack, Switch, Text, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconPlus, IconSearch } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import type { SetupRecord } from "@/api/setup/content";
import type { RecordKind } from "@/api/setup/kinds";
import { moveRecord, recordsQuery } from "@/api/setup/records";
import { KIND_OF_COMPONENT } from "@/lib/components";
import { uuid7 } from "@/lib/uuid7";
import { CardTable, type Column } from "../card-table";
import { Empty } from "../empty";
import { AnchorLink } from "../links";
import { PageSkeleton } from "../loading";
import { OriginLine } from "../packages/origin-line";
import { StartOffer } from "../packages/start-offer";
import { ProblemAlert } from "../problem-alert";
import classes from "./record.module.css";
import { recordLink } from "./record-link";

interface Props<C extends object> {
  kind: RecordKind<C>;
  code: string;
  /** What the list holds, for readers. */
  caption: string;
  /** Columns between the name and the state. */
  columns: Column<SetupRecord<C>>[];
  /** The first column's heading: "Judul", "Nama". */
  nameLabel: string;
  /** A line under the name. */
  subtitle?: (record: SetupRecord<C>) => ReactNode;
  empty: { title: string; body: ReactNode };
  /** Another way to look at the same records, in place of the table. */
  view?: (records: SetupRecord<C>[]) => ReactNode;
}

/** Lists longer than this get a search box. */
const SEARCH_FROM = 8;

/** The records of a kind: find, open, reorder, see what is missing in each. */
export function RecordList<C extends object>(props: Props<C>) {
  const { kind, code } = props;
  const { t } = useTranslation("setup");
  const writes = may(membershipOf(useMe(), code), PERMISSION.setupWrite);
  const [archived, setArchived] = useState(false);
  const [search, setSearch] = useState("");
  const records = useQuery(recordsQuery(kind, code, archived));
  const order = useReorder(kind, code);
  const all = records.data ?? [];
  const shown = all.filter((record) =>
    record.title.toLocaleLowerCase("id").includes(search.trim().toLocaleLowerCase("id")),
  );
  const reorders = writes && !archived && search.trim() === "" && all.length > 1;

  const columns: Column<SetupRecord<C>>[] = [
    {
      key: "name",
      label: props.nameLabel,
      isName: true,
      render: (record) => (
        <>
          <AnchorLink
            {...recordLink(kind, code, record.id)}
            fw={600}
            onKeyDown={(event) => {
              if (!reorders || !event.altKey) return;
              if (event.key === "ArrowUp") order.step(all, record.id, -1);
              else if (event.key === "ArrowDown") order.step(all, record.id, 1);
              else return;
              event.preventDefault();
            }}
          >
            {record.title || t("untitled")}
          </AnchorLink>
          {props.subtitle ? (
            <Text c="dimmed" fw={400}>
              {props.subtitle(record)}
            </Text>
          ) : null}
          <OriginLine code={code} recordId={record.id} />
        </>
      ),
    },
    ...props.columns,
    {
      key: "state",
      label: t("state"),
      render: (record) => (
        <Badge
          color={record.complete ? "laut" : "kunyit"}
          variant="light"
          className={classes.state}
        >
          {record.complete ? t("complete") : t("lacking", { count: record.missing.length })}
        </Badge>
      ),
    },
  ];
  if (reorders) {
    columns.push({
      key: "order",
      label: t("order"),
      hideLabel: true,
      render: (record) => {
        const title = record.title || t("untitled");
        const index = all.indexOf(record);
        return (
          <Group gap={0} wrap="nowrap" justify="flex-end" className={classes.order}>
            <ActionIcon
              aria-label={t("move_up", { title })}
              disabled={index === 0 || order.isPending}
              onClick={() => order.step(all, record.id, -1)}
            >
              <IconArrowUp size={20} />
            </ActionIcon>
            <ActionIcon
              aria-label={t("move_down", { title })}
              disabled={index === all.length - 1 || order.isPending}
              onClick={() => order.step(all, record.id, 1)}
            >
              <IconArrowDown size={20} />
            </ActionIcon>
          </Group>
        );
      },
    });
  }

  return (
    <Stack>
      <ProblemAlert error={records.error} onRetry={() => records.refetch()} />
      <ProblemAlert error={order.error} />
      <div
        role="status"
        aria-live="polite"
        style={{ position: "absolute", clipPath: "inset(50%)" }}
      >
        {order.said}
      </div>
      <div className={classes.toolbar}>
        {all.length >= SEARCH_FROM ? (
          <TextInput
            type="search"
            label={t("search")}
            leftSection={<IconSearch size={20} aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        ) : (
          <span />
        )}
        <Switch
          label={t("show_archived")}
          checked={archived}
          onChange={(event) => setArchived(event.currentTarget.checked)}
        />
      </div>
      {records.isPending ? <PageSkeleton /> : null}
      {shown.length > 0 ? (
        props.view && !archived ? (
          props.view(shown)
        ) : (
          <CardTable
            sticky
            caption={props.caption}
            columns={columns}
            rows={shown}
            rowKey={(record) => record.id}
          />
        )
      ) : null}
      {records.isSuccess && all.length === 0 ? (
        <Empty title={archived ? t("no_archived") : props.empty.title}>
          {archived ? t("no_archived_body") : props.empty.body}
        </Empty>
      ) : null}
      {records.isSuccess && all.length === 0 && !archived ? (
        <StartOffer code={code} component={KIND_OF_COMPONENT[kind.component]} />
      ) : null}
      {records.isSuccess && all.length > 0 && shown.length === 0 ? (
        <Empty title={t("not_found")}>{t("not_found_body", { text: search })}</Empty>
      ) : null}
      {reorders ? (
        <Text c="dimmed" size="sm" className="sp-screen-only">
          {t("order_hint")}
        </Text>
      ) : null}
    </Stack>
  );
}

/** Opens an empty form. Nothing is stored before the first word. */
export function AddButton<C extends object>({
  kind,
  code,
  children,
}: {
  kind: RecordKind<C>;
  code: string;
  children: ReactNode;
}) {
  const navigate = useNavigate();
  const writes = may(membershipOf(useMe(), code), PERMISSION.setupWrite);
  if (!writes) return null;
  return (
    <Button
      leftSection={<IconPlus size={20} aria-hidden />}
      onClick={() => void navigate(recordLink(kind, code, uuid7(), { baru: true }))}
    >
      {children}
    </Button>
  );
}

/** Moves records one place at a time; the list shows the new order before the service confirms. */
function useReorder<C extends object>(kind: RecordKind<C>, code: string) {
  const { t } = useTranslation("setup");
  const client = useQueryClient();
  const [said, setSaid] = useState("");
  const { queryKey } = recordsQuery(kind, code);
  const move = useMutation({
    mutationFn: (to: { id: string; before: string | null; next: SetupRecord<C>[] }) =>
      moveRecord(kind, code, to.id, to.before),
    onMutate: ({ next }) => client.setQueryData(queryKey, next),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
  function step(all: SetupRecord<C>[], id: string, by: -1 | 1): void {
    const from = all.findIndex((record) => record.id === id);
    const to = from + by;
    const record = all[from];
    if (!record || to < 0 || to >= all.length || move.isPending) return;
    const next = all.toSpliced(from, 1).toSpliced(to, 0, record);
    setSaid(t("moved", { title: record.title || t("untitled"), place: to + 1, of: all.length }));
    move.mutate({ id, before: next[to + 1]?.id ?? null, next });
  }
  return { step, said, isPending: move.isPending, error: move.error };
}
