import { Alert, Button, Checkbox, Group, Radio, Stack, Text } from "@mantine/core";
import { useMutation, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { useIntentKey } from "@/api/intent-key";
import { may, membershipOf, useMe } from "@/api/me";
import {
  type PackageMerge,
  type PackageUpdate,
  packageDocumentQuery,
  packageUpdatesQuery,
} from "@/api/packages";
import { PERMISSION } from "@/api/permissions";
import { isProblem, ProblemError } from "@/api/problem";
import { type AnyKind, KINDS } from "@/api/setup/kinds";
import { recordsQuery } from "@/api/setup/records";
import { readStored, writeStored } from "@/lib/stored";
import { Empty } from "@/ui/empty";
import { AnchorLink, BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { recordLink } from "@/ui/record/record-link";
import { titlesOf } from "./contents";
import {
  doesSomething,
  type MergeState,
  mergeBody,
  NOTHING_DECIDED,
  toggled,
  undecided,
} from "./decisions";
import { MergeAgencies } from "./merge-agencies";
import { MergeRecord } from "./merge-record";
import { NewRecord } from "./new-record";
import classes from "./packages.module.css";
import { kindOf, nameOfKind, noteText } from "./words";

const route = getRouteApi("/kerja/d/$code/paket/pembaruan/$paket");

/** The improvements of one package: item by item, whose content holds; then all in one go. */
export function MergePage() {
  const { t } = useTranslation("packages");
  const { code, paket } = route.useParams();
  const updates = useQuery({ ...packageUpdatesQuery(code), staleTime: 0 });
  if (updates.error) throw updates.error;
  if (!updates.data) return <PageSkeleton />;
  const update = updates.data.find((one) => one.package_id === paket);
  return (
    <Page
      width="text"
      title={update ? t("merge.title", { name: update.newest.name }) : t("merge.title_none")}
      lead={update ? t("merge.lead", { version: update.newest.package_version }) : undefined}
    >
      <BackLink to="/d/$code/paket/pembaruan" params={{ code }}>
        {t("merge.back")}
      </BackLink>
      {update ? (
        <Merge
          key={`${update.package_id} ${update.newest.package_version}`}
          code={code}
          update={update}
          onReload={() => void updates.refetch()}
        />
      ) : (
        <Empty title={t("updates.none_title")}>{t("updates.none")}</Empty>
      )}
    </Page>
  );
}

interface Props {
  code: string;
  update: PackageUpdate;
  onReload: () => void;
}

function Merge({ code, update, onReload }: Props) {
  const { t } = useTranslation("packages");
  const writes = may(membershipOf(useMe(), code), PERMISSION.setupWrite);
  const [state, change] = useKeptDecisions(code, update);
  const document = useQuery(packageDocumentQuery(update.newest.id));
  const own = useOwnRecords(code, update);
  const open = undecided(update, state);
  const note = noteText(update.newest);
  const body = mergeBody(update, state);
  if (document.error) throw document.error;
  if (!document.data || own.isPending) return <PageSkeleton />;
  const titles = titlesOf(document.data);
  const theirs = new Map(
    Object.values(document.data.components)
      .flatMap((kinds) => Object.values(kinds).flat())
      .map((record) => [record.origin_id, record.content]),
  );
  return (
    <Stack gap="lg">
      {note ? (
        <Alert color="laut" variant="light" title={t("merge.note_title")}>
          {note}
        </Alert>
      ) : null}
      <Text>{t("merge.how")}</Text>
      {update.changed.map((record) => (
        <MergeRecord
          key={record.record_id}
          code={code}
          record={record}
          mine={own.contents.get(record.record_id)}
          theirs={theirs.get(record.origin_id)}
          state={state}
          onChange={change}
        />
      ))}
      {update.new.length > 0 ? (
        <Section title={t("merge.new_title", { count: update.new.length })}>
          <Stack>
            <Text>{t("merge.new_body")}</Text>
            {update.new.map((record) => (
              <div key={record.origin_id}>
                <Checkbox
                  label={record.title}
                  description={nameOfKind(record.kind)}
                  checked={!state.notNew.includes(record.origin_id)}
                  onChange={(event) =>
                    change({
                      ...state,
                      notNew: toggled(state.notNew, record.origin_id, !event.currentTarget.checked),
                    })
                  }
                />
                <NewRecord
                  kind={kindOf(record.kind)}
                  content={theirs.get(record.origin_id)}
                  titles={titles}
                />
              </div>
            ))}
          </Stack>
        </Section>
      ) : null}
      {update.retired.length > 0 ? (
        <Retired code={code} update={update} state={state} onChange={change} />
      ) : null}
      {writes ? (
        <Apply
          code={code}
          update={update}
          body={body}
          open={open.length}
          state={state}
          onChange={change}
          onReload={onReload}
        />
      ) : (
        <Text c="dimmed">{t("merge.no_right")}</Text>
      )}
    </Stack>
  );
}

/** Decisions stay on this device until they are applied: a closed lid loses none. */
function useKeptDecisions(code: string, update: PackageUpdate) {
  const key = keptUnder(code, update);
  const [state, setState] = useState<MergeState>(() => ({
    ...NOTHING_DECIDED,
    ...readStored<MergeState>(key),
  }));
  const change = (next: MergeState) => {
    setState(next);
    writeStored(key, next);
  };
  return [state, change] as const;
}

function keptUnder(code: string, { package_id, newest }: PackageUpdate): string {
  return `satupintu.merge.${code}.${package_id}.${newest.package_version}`;
}

/** The district's records that the update is about, and those that they mention, for their titles. */
function useOwnRecords(code: string, update: PackageUpdate) {
  const kinds = update.changed.flatMap((record) => kindOf(record.kind) ?? []);
  const mentioned = kinds.flatMap((kind) =>
    Object.values(kind.refs).flatMap((keys) => (keys ?? []).map((key): AnyKind => KINDS[key])),
  );
  const lists = useQueries({
    queries: [...new Set([...kinds, ...mentioned])].map((kind) => recordsQuery(kind, code)),
  });
  const records = lists.flatMap((list) => list.data ?? []);
  return {
    isPending: lists.some((list) => list.isPending),
    contents: new Map(
      records.map((record) => [record.id, record.content as Record<string, unknown>]),
    ),
  };
}

interface PartProps {
  code: string;
  update: PackageUpdate;
  state: MergeState;
  onChange: (state: MergeState) => void;
}

/** Records that the model no longer has: the district's until it says otherwise. */
function Retired({ code, update, state, onChange }: PartProps) {
  const { t } = useTranslation("packages");
  return (
    <Section title={t("merge.retired_title", { count: update.retired.length })}>
      <Stack>
        <Text>{t("merge.retired_body")}</Text>
        {update.retired.map((record) => {
          const kind = kindOf(record.kind);
          return (
            <Radio.Group
              key={record.record_id}
              label={
                kind ? (
                  <AnchorLink {...recordLink(kind, code, record.record_id)}>
                    {record.title}
                  </AnchorLink>
                ) : (
                  record.title
                )
              }
              description={nameOfKind(record.kind)}
              value={state.retired[record.record_id] ?? "later"}
              onChange={(value) => {
                const { [record.record_id]: _, ...others } = state.retired;
                const retired =
                  value === "keep" || value === "archive"
                    ? { ...others, [record.record_id]: value as "keep" | "archive" }
                    : others;
                onChange({ ...state, retired });
              }}
            >
              <Stack gap="xs" mt="xs">
                <Radio value="keep" label={t("merge.retired_keep")} />
                <Radio value="archive" label={t("merge.retired_archive")} />
                <Radio value="later" label={t("merge.later")} />
              </Stack>
            </Radio.Group>
          );
        })}
      </Stack>
    </Section>
  );
}

interface ApplyProps extends PartProps {
  body: PackageMerge;
  /** How many places still need a person. */
  open: number;
  onReload: () => void;
}

/** Applies everything at once; a later version, or somebody's change meanwhile, is shown first. */
function Apply({ code, update, body, open, state, onChange, onReload }: ApplyProps) {
  const { t } = useTranslation("packages");
  const client = useQueryClient();
  const navigate = useNavigate();
  const key = useIntentKey(body);
  const apply = useMutation({
    mutationFn: async () => {
      const path = "/api/v1/districts/{code}/package-updates/{package}/merge";
      const { data } = await api.POST(path, {
        params: {
          path: { code, package: update.package_id },
        },
        headers: { "Idempotency-Key": key },
        body,
      });
      if (!data) throw new Error("a step has a body");
      return data;
    },
    onSuccess: async (step) => {
      writeStored(keptUnder(code, update), null);
      await navigate({
        to: "/d/$code/paket/langkah/$langkah",
        params: { code, langkah: step.id },
      });
      await Promise.all(
        ["adoptions", "setup", "readiness"].map((name) =>
          client.invalidateQueries({ queryKey: [name, code] }),
        ),
      );
    },
  });
  const isStale = isProblem(apply.error, "stale");
  const fields = apply.error instanceof ProblemError ? apply.error.fieldErrors() : {};
  const agencies = Object.keys(fields).flatMap((field) =>
    field.startsWith("agencies.") ? [field.slice("agencies.".length)] : [],
  );
  return (
    <>
      <MergeAgencies
        code={code}
        update={update}
        asked={[...new Set([...agencies, ...Object.keys(state.agencies)])]}
        state={state}
        onChange={onChange}
      />
      {isStale ? (
        <Alert role="alert" color="kunyit" variant="light" title={t("merge.stale_title")}>
          <Text>{t("merge.stale")}</Text>
          <Button variant="default" mt="sm" onClick={onReload}>
            {t("merge.reload")}
          </Button>
        </Alert>
      ) : (
        <ProblemAlert error={apply.error} />
      )}
      <Refusals fields={fields} />
      <div className={classes.total}>
        <Text aria-live="polite">
          {open > 0 ? t("merge.open", { count: open }) : t("merge.ready")}
        </Text>
        <Group>
          <Button
            disabled={open > 0 || !doesSomething(body)}
            loading={apply.isPending}
            onClick={() => apply.mutate()}
          >
            {t("merge.act")}
          </Button>
        </Group>
      </div>
    </>
  );
}

/** What the service says of single fields, beside its general answer. */
function Refusals({ fields }: { fields: Record<string, string> }) {
  const messages = Object.values(fields);
  if (messages.length === 0) return null;
  return (
    <ul className={classes.plain}>
      {[...new Set(messages)].map((message) => (
        <li key={message}>{message}</li>
      ))}
    </ul>
  );
}
