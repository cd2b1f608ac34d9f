import { Alert, Badge, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { idempotencyKey } from "@/api/client";
import type { SetupRecord, Sop } from "@/api/setup/content";
import { KINDS } from "@/api/setup/kinds";
import { createRecord, getRecord, putRecord, recordsQuery } from "@/api/setup/records";
import { uuid7 } from "@/lib/uuid7";
import { ProblemAlert } from "@/ui/problem-alert";
import { fieldId, type Lens } from "@/ui/record/lens";
import { recordLink } from "@/ui/record/record-link";
import { codeName } from "@/ui/record/texts";

interface Props {
  lens: Lens<Sop>;
  id: string;
  record: SetupRecord<Sop> | null;
}

/** Draft, in force, replaced: where the SOP is and the one step that comes next. */
export function SopStatusPanel({ lens, id, record }: Props) {
  const { t } = useTranslation("mechanism");
  const { value, form } = lens;
  const status = value.status ?? "draft";
  const revise = useRevision(lens, id);
  const error = form.errors.status;
  return (
    <Stack id={fieldId("status")} tabIndex={-1}>
      <Group gap="sm">
        <Badge color={status === "in_force" ? "laut" : "kunyit"} variant="light">
          {codeName("sop_status", status)}
        </Badge>
        <Text>{t(`status.${status}`)}</Text>
      </Group>
      {error ? (
        <Alert role="alert" color="red" variant="light">
          <Text>{error}</Text>
        </Alert>
      ) : null}
      <ProblemAlert error={revise.error} />
      {status === "draft" && !form.readOnly ? (
        <>
          <Text c="dimmed">{t("status.confirm_hint")}</Text>
          <Group>
            <Button disabled={record === null} onClick={() => lens.set("status", "in_force")}>
              {t("status.enforce")}
            </Button>
          </Group>
        </>
      ) : null}
      {status === "in_force" && !form.readOnly ? (
        <Group>
          {error ? (
            <Button variant="default" onClick={() => lens.set("status", "draft")}>
              {t("status.to_draft")}
            </Button>
          ) : (
            <Button variant="default" loading={revise.isPending} onClick={() => revise.mutate()}>
              {t("status.revise")}
            </Button>
          )}
        </Group>
      ) : null}
      {record?.content.status === "in_force" && record.content.replaces_id && !form.readOnly ? (
        <OldSop code={form.code} id={record.content.replaces_id} />
      ) : null}
    </Stack>
  );
}

/** Makes the next revision: a draft with the same steps that names what it will replace. */
function useRevision(lens: Lens<Sop>, id: string) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { code } = lens.form;
  return useMutation({
    mutationFn: async () => {
      const newId = uuid7();
      const content: Sop = {
        ...lens.value,
        status: "draft",
        revision: (lens.value.revision ?? 1) + 1,
        replaces_id: id,
        revised_on: null,
        effective_on: null,
        approved_by: { position: "", name: "", nip: "" },
        file_id: null,
      };
      await createRecord(KINDS.sop, code, newId, content, idempotencyKey());
      return newId;
    },
    onSuccess: (newId) => {
      void client.invalidateQueries({ queryKey: ["setup", code, "sop"] });
      void navigate(recordLink(KINDS.sop, code, newId));
    },
  });
}

/** After a revision came into force the old one must not count any more. */
function OldSop({ code, id }: { code: string; id: string }) {
  const { t } = useTranslation("mechanism");
  const client = useQueryClient();
  const sops = useQuery(recordsQuery(KINDS.sop, code));
  const replace = useMutation({
    mutationFn: async () => {
      const { value, etag } = await getRecord(KINDS.sop, code, id);
      await putRecord(KINDS.sop, code, id, { ...value.content, status: "replaced" }, etag);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["setup", code, "sop"] }),
  });
  const old = sops.data?.find((record) => record.id === id);
  if (old?.content.status !== "in_force") return null;
  return (
    <Alert color="kunyit" variant="light">
      <Text>{t("status.old", { title: old.title })}</Text>
      <ProblemAlert error={replace.error} />
      <Button
        mt="sm"
        variant="default"
        loading={replace.isPending}
        onClick={() => replace.mutate()}
      >
        {t("status.replace")}
      </Button>
    </Alert>
  );
}
