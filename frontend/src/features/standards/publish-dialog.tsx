import { Radio, Stack, Text, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, idempotencyKey } from "@/api/client";
import type { StandardDraft, StandardPreview, StandardPublication } from "@/api/standards";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { DayInput } from "@/ui/day-input";
import { Dialog } from "@/ui/dialog";
import { DialogActions } from "@/ui/dialog-actions";
import { showFieldErrors } from "@/ui/form-errors";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";

/** Days to follow that are proposed: a proposal of this product, no source read names a term. */
const PROPOSED_GRACE = "90";

interface Props {
  draft: StandardDraft;
  preview: StandardPreview;
  onClose: () => void;
}

/** The day from which a version counts in full. */
function countsFrom(effective: string, days: string): string | null {
  const count = /^\d{1,3}$/.test(days.trim()) ? Number(days) : null;
  const start = Date.parse(`${effective}T00:00:00Z`);
  if (count === null || Number.isNaN(start)) return null;
  return new Date(start + count * 86_400_000).toISOString().slice(0, 10);
}

/** From when, how long districts have to follow, and as what. */
export function PublishDialog({ draft, preview, onClose }: Props) {
  const { t } = useTranslation("standards");
  const client = useQueryClient();
  const navigate = useNavigate();
  // What is published is what was seen when the dialog opened, whatever is previewed behind it.
  const [seen] = useState(preview.content_hash);
  const form = useForm({
    initialValues: {
      effective_from: null as string | null,
      grace_days: PROPOSED_GRACE,
      status: "proposal" as StandardPublication["status"],
      basis: "",
    },
    validate: {
      effective_from: (day) => (day ? null : t("publish.day_needed")),
      grace_days: (text) => (/^\d{1,3}$/.test(text.trim()) ? null : t("publish.grace_range")),
    },
  });
  const publish = useMutation({
    mutationFn: async ({ body, key }: { body: StandardPublication; key: string }) => {
      const { data } = await api.POST("/api/v1/oversight/standard-draft/publication", {
        headers: { "Idempotency-Key": key },
        body,
      });
      return data;
    },
    onSuccess: async (edition) => {
      await navigate({ to: "/pusat/standar", search: { baru: edition?.id }, ignoreBlocker: true });
      await client.invalidateQueries({ queryKey: ["standards"] });
    },
    onError: (error) => showFieldErrors(form, error),
  });
  const { effective_from, grace_days, status } = form.values;
  const full = effective_from ? countsFrom(effective_from, grace_days) : null;
  const day = (value: string) => formatDate(value, currentLanguage());
  return (
    <Dialog
      opened
      onClose={onClose}
      size="lg"
      title={t("publish.title", { version: draft.version })}
    >
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          publish.mutate({
            key: idempotencyKey(),
            body: {
              preview_hash: seen,
              effective_from: values.effective_from ?? "",
              grace_days: Number(values.grace_days),
              status: values.status,
              basis: values.basis,
            },
          }),
        )}
      >
        <Stack>
          <ProblemAlert error={publish.error} />
          <DayInput
            label={t("publish.effective")}
            data-autofocus
            value={effective_from}
            onChange={(value) => form.setFieldValue("effective_from", value)}
            error={form.errors.effective_from}
          />
          <TextInput
            label={t("publish.grace")}
            description={t("publish.grace_hint")}
            inputMode="numeric"
            {...form.getInputProps("grace_days")}
          />
          {effective_from && full ? (
            <Text role="status">
              {t("publish.means", {
                base: draft.base_version,
                effective: day(effective_from),
                full: day(full),
              })}
            </Text>
          ) : null}
          <Radio.Group label={t("publish.status")} {...form.getInputProps("status")}>
            <Stack gap="xs" mt="xs">
              <Radio value="proposal" label={t("publish.proposal")} />
              <Radio value="adopted" label={t("publish.adopted")} />
            </Stack>
          </Radio.Group>
          {status === "adopted" ? (
            <TextInput
              label={t("publish.basis")}
              description={t("publish.basis_hint")}
              {...form.getInputProps("basis")}
            />
          ) : null}
          <Text>{t("publish.told")}</Text>
          <DialogActions act={t("publish.act")} busy={publish.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
