import { Alert, Badge, Button, Group, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconArchive, IconHistory } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import type { SetupRecord } from "@/api/setup/content";
import type { RecordKind } from "@/api/setup/kinds";
import { setArchived } from "@/api/setup/records";
import type { Versioned } from "@/api/versioned";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { AutosaveState } from "../autosave-state";
import { BackLink } from "../links";
import { PageSkeleton } from "../loading";
import { OriginLine } from "../packages/origin-line";
import { Page } from "../page";
import { ProblemAlert } from "../problem-alert";
import { Describer } from "./describe";
import { missingText } from "./field";
import { HistoryDialog } from "./history-dialog";
import { type FormSurroundings, focusField, type Lens, lensOf } from "./lens";
import { MergeDialog } from "./merge-dialog";
import classes from "./record.module.css";
import { componentLink, type RecordSearch, recordLink } from "./record-link";
import { kindName } from "./texts";
import { offerUndo, sayUndoFailed } from "./undo";
import { useOpened, useRecordSaver } from "./use-record";

/** What the form of a kind gets. */
export interface RecordFormProps<C extends object> {
  lens: Lens<C>;
  id: string;
  /** The record as stored; null before the first save. */
  record: SetupRecord<C> | null;
}

interface Props<C extends object> {
  kind: RecordKind<C>;
  code: string;
  id: string;
  search: RecordSearch;
  /** Which list of the component's page the record stands in. */
  bagian?: string;
  /** What good looks like: an example from a district that has it. */
  example?: ReactNode;
  children: (props: RecordFormProps<C>) => ReactNode;
  /** Other views of the record, such as its printed form. */
  views?: ReactNode;
}

/** The page on which one record is edited: loads it, then hands over to the open form. */
export function RecordEditor<C extends object>(props: Props<C>) {
  const { kind, code, id, search } = props;
  const opened = useOpened(kind, code, id, search.baru === true);
  if (opened.error) throw opened.error;
  if (opened.isPending) return <PageSkeleton />;
  return <OpenRecord key={id} {...props} opened={opened.data} />;
}

function OpenRecord<C extends object>(
  props: Props<C> & { opened: Versioned<SetupRecord<C>> | null },
) {
  const { kind, code, id, search, bagian, opened } = props;
  const { t } = useTranslation(["setup", "common"]);
  const client = useQueryClient();
  const navigate = useNavigate();
  const writes = may(membershipOf(useMe(), code), PERMISSION.setupWrite);
  const { saver, state } = useRecordSaver(kind, code, id, opened);
  const [shows, setShows] = useState<"history" | null>(null);
  const { record, values } = state;
  const isArchived = record?.archived ?? false;

  const form = useMemo((): FormSurroundings => {
    const missing = Object.fromEntries(
      (record?.missing ?? []).map((item) => [item.field, missingText(item)]),
    );
    const target = search.isian ?? null;
    return { code, kind, readOnly: !writes || isArchived, errors: state.errors, missing, target };
  }, [code, kind, writes, isArchived, state.errors, record, search.isian]);

  useEffect(() => {
    if (!search.isian) return;
    const path = search.isian;
    // A row opens first; its fields are there in the next frame.
    const frame = requestAnimationFrame(() => requestAnimationFrame(() => focusField(path)));
    return () => cancelAnimationFrame(frame);
  }, [search.isian]);

  const isNew = record === null;
  useEffect(() => {
    // The record exists now: a reload or a shared link must not take it for a new one.
    if (!isNew && search.baru) void navigate({ ...recordLink(kind, code, id), replace: true });
  }, [isNew, search.baru, navigate, kind, code, id]);

  const archive = useMutation({
    mutationFn: async (archived: boolean) => {
      await saver.flush();
      const { record: now } = saver.snapshot();
      if (!now) return null;
      return setArchived(kind, code, now, archived);
    },
    onSuccess: (after, archived) => {
      for (const part of ["in_use", "archived", "opened"]) {
        void client.invalidateQueries({ queryKey: ["setup", code, kind.key, part] });
      }
      if (!after) return;
      saver.adopt({ value: after as SetupRecord<C>, etag: `"${after.version}"` });
      if (!archived) return;
      offerUndo(t("archived_notice", { title: after.title || t("untitled") }), () => {
        setArchived(kind, code, after, false).then(
          () => client.invalidateQueries({ queryKey: ["setup", code, kind.key] }),
          () => sayUndoFailed(t("undo_failed")),
        );
      });
      void navigate(componentLink(kind.component, code, bagian));
    },
  });

  const lens = lensOf(values, saver.change, form);
  const title = record?.title || (isNew ? t("new", { kind: kindName(kind) }) : t("untitled"));
  return (
    <Page width="text" title={title} lead={kindName(kind)} action={props.views}>
      <BackLink {...componentLink(kind.component, code, bagian)}>{t("back")}</BackLink>
      <div className={classes.bar}>
        {form.readOnly ? (
          <Text c="dimmed">{t(isArchived ? "is_archived" : "read_only")}</Text>
        ) : record && state.save.kind === "untouched" ? (
          <Text c="dimmed">
            {t("changed_by", {
              name: record.updated_by_name,
              moment: formatMoment(record.updated_at, currentLanguage()),
            })}
          </Text>
        ) : (
          <AutosaveState state={state.save} />
        )}
        <Group gap="xs">
          {record ? (
            <Button
              variant="subtle"
              leftSection={<IconHistory size={20} aria-hidden />}
              onClick={() => setShows("history")}
            >
              {t("history.open")}
            </Button>
          ) : null}
          {record && writes ? (
            <Button
              variant="subtle"
              loading={archive.isPending}
              leftSection={<IconArchive size={20} aria-hidden />}
              onClick={() => archive.mutate(!isArchived)}
            >
              {t(isArchived ? "restore" : "archive")}
            </Button>
          ) : null}
        </Group>
      </div>
      <ProblemAlert error={archive.error ?? state.problem} onRetry={() => void saver.flush()} />
      {state.joined && state.joined.taken.length > 0 ? (
        <Alert
          role="status"
          color="laut"
          withCloseButton
          closeButtonLabel={t("common:action.close")}
          onClose={saver.dismissJoined}
        >
          {t("merge.notice", {
            name: state.joined.by,
            fields: state.joined.taken
              .map((path) => new Describer(kind, code, client, [values]).label(path))
              .join(", "),
          })}
        </Alert>
      ) : null}
      {isNew ? null : <OriginLine code={code} recordId={id} linked />}
      {isNew ? null : <MissingList kind={kind} code={code} id={id} record={record} />}
      {props.example}
      <Stack gap="lg">{props.children({ lens, id, record })}</Stack>
      {state.conflict ? (
        <MergeDialog kind={kind} code={code} pending={state.conflict} onSettle={saver.settle} />
      ) : null}
      {shows === "history" ? (
        <HistoryDialog
          kind={kind}
          code={code}
          id={id}
          onRestore={
            form.readOnly
              ? undefined
              : (content) => {
                  saver.change(() => content);
                  setShows(null);
                }
          }
          onClose={() => setShows(null)}
        />
      ) : null}
    </Page>
  );
}

/** What is still missing, each a way to the field that mends it. */
function MissingList<C extends object>({
  kind,
  code,
  id,
  record,
}: {
  kind: RecordKind<C>;
  code: string;
  id: string;
  record: SetupRecord<C>;
}) {
  const { t } = useTranslation(["setup", "common"]);
  const navigate = useNavigate();
  const { missing } = record;
  if (record.archived) return null;
  if (missing.length === 0) {
    return (
      <div>
        <Badge color="laut" variant="light">
          {t("complete")}
        </Badge>
      </div>
    );
  }
  const open = (field: string) => {
    focusField(field);
    // In the address too, so that a closed row around the field opens.
    void navigate({ ...recordLink(kind, code, id, { isian: field }), replace: true });
  };
  return (
    <Alert color="kunyit" variant="light" title={t("missing_title", { count: missing.length })}>
      <ul className={classes.missing}>
        {missing.map((item) => (
          <li key={`${item.field} ${item.message_id}`}>
            <UnstyledButton onClick={() => open(item.field)}>{missingText(item)}</UnstyledButton>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
