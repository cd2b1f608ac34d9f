import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { SetupChange } from "@/api/setup/content";
import type { RecordKind } from "@/api/setup/kinds";
import { listChanges } from "@/api/setup/records";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { differences } from "@/lib/merge3";
import { LoadMore } from "@/ui/load-more";
import { CardTable } from "../card-table";
import { Dialog } from "../dialog";
import { PageSkeleton } from "../loading";
import { ProblemAlert } from "../problem-alert";
import { Describer } from "./describe";

interface Props<C extends object> {
  kind: RecordKind<C>;
  code: string;
  id: string;
  /** Puts an earlier content into the form as a new change; absent for readers. */
  onRestore?: (content: C) => void;
  onClose: () => void;
}

/** Who changed what, old and new side by side; any earlier content can be taken again. */
export function HistoryDialog<C extends object>(props: Props<C>) {
  const { kind, code, id, onRestore, onClose } = props;
  const { t } = useTranslation(["setup", "common"]);
  const changes = useInfiniteQuery({
    queryKey: ["setup", code, kind.key, "history", id],
    // Shown right after a save: never an old answer.
    staleTime: 0,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => listChanges(kind, code, id, pageParam),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const rows = changes.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Dialog opened onClose={onClose} title={t("history.title")} size="xl">
      <Stack gap="xl">
        <Text c="dimmed">{t("history.lead")}</Text>
        <ProblemAlert error={changes.error} onRetry={() => changes.refetch()} />
        {changes.isPending ? <PageSkeleton /> : null}
        {rows.map((change, index) => (
          <Change
            key={change.id}
            kind={kind}
            code={code}
            change={change}
            // The latest content is what the form shows already.
            onRestore={index === 0 ? undefined : onRestore}
          />
        ))}
        <LoadMore list={changes} />
      </Stack>
    </Dialog>
  );
}

const ACTIONS = ["create", "update", "archive", "restore", "move"] as const;
type Action = (typeof ACTIONS)[number];

interface ChangeProps<C extends object> {
  kind: RecordKind<C>;
  code: string;
  change: SetupChange;
  onRestore?: (content: C) => void;
}

function Change<C extends object>({ kind, code, change, onRestore }: ChangeProps<C>) {
  const { t } = useTranslation(["setup", "common"]);
  const client = useQueryClient();
  const action = ACTIONS.includes(change.action as Action) ? (change.action as Action) : "update";
  const hasContent = (action === "create" || action === "update") && change.after;
  const before = { ...kind.empty, ...(action === "update" ? change.before : null) };
  const after = { ...kind.empty, ...(hasContent ? change.after : null) };
  const describe = new Describer(kind, code, client, [after, before]);
  const rows = hasContent
    ? differences(before, after).map((difference) => ({
        name: difference.path.join("."),
        label: describe.label(difference.path),
        before: describe.text(difference.path, difference.before),
        after: describe.text(difference.path, difference.after),
      }))
    : [];
  const words = (text: string) => (
    <span style={{ whiteSpace: "pre-wrap" }}>{text || t("merge.nothing")}</span>
  );
  return (
    <Stack gap="xs" component="section">
      <Title order={3}>{t(`history.${action}`, { name: change.actor_name })}</Title>
      <Text c="dimmed">{formatMoment(change.at, currentLanguage())}</Text>
      {rows.length > 0 ? (
        <CardTable
          caption={t("history.table")}
          rows={rows}
          rowKey={(row) => row.name}
          columns={[
            { key: "field", label: t("history.field"), isName: true, render: (row) => row.label },
            { key: "before", label: t("history.before"), render: (row) => words(row.before) },
            { key: "after", label: t("history.after"), render: (row) => words(row.after) },
          ]}
        />
      ) : null}
      {onRestore && hasContent ? (
        <Group>
          <Button variant="default" onClick={() => onRestore(after as C)}>
            {t("history.take")}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}
