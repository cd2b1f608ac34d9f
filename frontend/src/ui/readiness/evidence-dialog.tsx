import { Button, FileButton, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, idempotencyKey } from "@/api/client";
import { ProblemError } from "@/api/problem";
import type { Evidence, EvidenceUpdate, ReadinessItem } from "@/api/readiness";
import { KINDS } from "@/api/setup/kinds";
import { recordsQuery } from "@/api/setup/records";
import { DialogActions } from "@/ui/dialog-actions";
import { DayInput } from "../day-input";
import { Dialog } from "../dialog";
import { ProblemAlert } from "../problem-alert";
import { ACCEPTED_FILES, StoredFile, uploadFile } from "../record/file-field";
import { codeName } from "../record/texts";

interface Props {
  code: string;
  item: ReadinessItem;
  /** Evidence to be corrected; null for new evidence. */
  evidence: Evidence | null;
  /** When it is kept, and whether it was handed in or only drafted. */
  onSaved: (isSent: boolean) => void;
  onClose: () => void;
}

/** What a document is called: kinds of instrument count as evidence under their own names. */
export function documentKindName(kind: string): string {
  const name = codeName("document_kind", kind);
  return name === kind ? codeName("instrument_kind", kind) : name;
}

/** Shows a document for an item: from the register, where most is known, or typed and uploaded. */
export function EvidenceDialog({ code, item, evidence, onSaved, onClose }: Props) {
  const { t } = useTranslation(["readiness", "common", "setup"]);
  const client = useQueryClient();
  const [key] = useState(idempotencyKey);
  const [first] = useState<EvidenceUpdate>(() => valuesOf(item, evidence));
  const [values, setValues] = useState(first);
  const set = (part: Partial<EvidenceUpdate>) => setValues((now) => ({ ...now, ...part }));
  const upload = useMutation({
    mutationFn: (file: File) => uploadFile(code, file),
    onSuccess: (file_id) => set({ file_id }),
  });
  const save = useMutation({
    mutationFn: async () => {
      if (evidence) {
        return api.PUT("/api/v1/districts/{code}/evidence/{evidence_id}", {
          params: {
            path: { code, evidence_id: evidence.id },
            header: { "If-Match": `"${evidence.version}"` },
          },
          body: values,
        });
      }
      return api.POST("/api/v1/districts/{code}/evidence", {
        params: { path: { code } },
        headers: { "Idempotency-Key": key },
        body: { ...values, item_code: item.code },
      });
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["readiness", code] });
      onClose();
      onSaved(Boolean(values.file_id));
    },
  });
  const errors = save.error instanceof ProblemError ? save.error.fieldErrors() : {};
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t("form.title", { item: item.code })}
      size="lg"
      holds={JSON.stringify(values) !== JSON.stringify(first)}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          <Text>{item.evidence_wanted}</Text>
          <ProblemAlert error={save.error ?? upload.error} />
          <FromRegister code={code} item={item} onTake={set} recordId={values.record_id ?? null} />
          <Select
            label={t("form.kind")}
            data={item.accepts.map((kind) => ({ value: kind, label: documentKindName(kind) }))}
            value={values.kind}
            onChange={(kind) => set({ kind: kind ?? values.kind })}
            error={errors.kind}
          />
          <TextInput
            label={t("form.name")}
            value={values.title}
            onChange={(event) => set({ title: event.currentTarget.value })}
            error={errors.title}
          />
          <TextInput
            label={t("form.number")}
            value={values.number ?? ""}
            onChange={(event) => set({ number: event.currentTarget.value })}
            error={errors.number}
          />
          <DayInput
            label={t("form.date")}
            value={values.document_date ?? null}
            onChange={(document_date) => set({ document_date })}
            error={errors.document_date}
          />
          <DayInput
            label={t("form.until")}
            value={values.valid_until ?? null}
            onChange={(valid_until) => set({ valid_until })}
            error={errors.valid_until}
          />
          <div>
            <Text fw={600}>{t("form.file")}</Text>
            <Text c="dimmed" mb={6}>
              {t("setup:file.hint")}
            </Text>
            <Stack gap="xs" align="flex-start">
              {values.file_id ? <StoredFile code={code} id={values.file_id} /> : null}
              <FileButton
                accept={ACCEPTED_FILES}
                onChange={(file) => (file ? upload.mutate(file) : undefined)}
              >
                {(props) => (
                  <Button
                    {...props}
                    variant="default"
                    loading={upload.isPending}
                    leftSection={<IconUpload size={20} aria-hidden />}
                  >
                    {t(values.file_id ? "setup:file.replace" : "setup:file.upload")}
                  </Button>
                )}
              </FileButton>
              <Text role="status" c="dimmed">
                {upload.isPending ? t("setup:file.sending") : null}
                {!values.file_id && !upload.isPending ? t("form.no_file") : null}
              </Text>
            </Stack>
          </div>
          <Textarea
            label={t("form.note")}
            autosize
            minRows={2}
            value={values.note ?? ""}
            onChange={(event) => set({ note: event.currentTarget.value })}
            error={errors.note}
          />
          <DialogActions
            act={t(values.file_id ? "form.submit" : "form.draft")}
            busy={save.isPending}
            disabled={upload.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Dialog>
  );
}

function valuesOf(item: ReadinessItem, evidence: Evidence | null): EvidenceUpdate {
  if (!evidence) {
    return { kind: item.accepts[0] ?? "", title: "", number: "", note: "", file_id: null };
  }
  const { kind, title, number, document_date, valid_until, note, file_id, record_id } = evidence;
  return { kind, title, number, document_date, valid_until, note, file_id, record_id };
}

interface FromRegisterProps {
  code: string;
  item: ReadinessItem;
  recordId: string | null;
  onTake: (part: Partial<EvidenceUpdate>) => void;
}

/** Takes what the register knows of a document: asked once, not twice. */
function FromRegister({ code, item, recordId, onTake }: FromRegisterProps) {
  const { t } = useTranslation("readiness");
  const instruments = useQuery(recordsQuery(KINDS.legal_instrument, code));
  const fitting = (instruments.data ?? []).filter(
    ({ content }) => content.kind && item.accepts.includes(content.kind),
  );
  if (fitting.length === 0) return null;
  return (
    <Select
      label={t("form.record")}
      description={t("form.record_hint")}
      clearable
      data={fitting.map(({ id, title }) => ({ value: id, label: title }))}
      value={recordId}
      onChange={(id) => {
        const record = fitting.find((found) => found.id === id);
        if (!record) return onTake({ record_id: null });
        const { kind, title, number, signed_on, valid_until, file_id } = record.content;
        onTake({
          record_id: record.id,
          title,
          number,
          document_date: signed_on,
          valid_until,
          ...(kind ? { kind } : {}),
          ...(file_id ? { file_id } : {}),
        });
      }}
    />
  );
}
