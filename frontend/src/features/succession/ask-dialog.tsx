import { Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { idempotencyKey } from "@/api/client";
import { looksLikeEmail } from "@/lib/validate";
import { Dialog } from "@/ui/dialog";
import { DialogActions } from "@/ui/dialog-actions";
import { showFieldErrors } from "@/ui/form-errors";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";
import { coordinatorsQuery, useAsk } from "./succession";

interface Props {
  code: string;
  onDone: () => void;
  onClose: () => void;
}

/** Shortest reason, as the service knows it. */
const SHORTEST_REASON = 10;

/** Asks who shall follow whom, and why. */
export function AskDialog({ code, onDone, onClose }: Props) {
  const { t } = useTranslation(["succession", "common"]);
  const [key] = useState(idempotencyKey);
  const coordinators = useQuery(coordinatorsQuery(code)).data ?? [];
  const form = useForm({
    initialValues: {
      // Mostly there is one, and it is about that one.
      leaving: coordinators.length === 1 ? (coordinators[0]?.id ?? null) : null,
      successor_email: "",
      reason: "",
      letter_number: "",
    },
    validate: {
      successor_email: (value) => (looksLikeEmail(value) ? null : t("common:form.email")),
      reason: (value) => (value.trim().length >= SHORTEST_REASON ? null : t("ask.reason_short")),
    },
  });
  const ask = useAsk(code, key, onDone, (error) => showFieldErrors(form, error));
  return (
    <Dialog opened onClose={onClose} title={t("ask.title")}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          ask.mutate({ ...values, successor_email: values.successor_email.trim() }),
        )}
      >
        <Stack>
          <Text>{t("ask.how")}</Text>
          <ProblemAlert error={ask.error} />
          <Select
            label={t("ask.leaving")}
            description={t("ask.leaving_hint")}
            placeholder={t("ask.nobody")}
            clearable
            data={coordinators.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps("leaving")}
          />
          <TextInput
            label={t("ask.successor")}
            description={t("ask.successor_hint")}
            type="email"
            autoComplete="off"
            data-autofocus
            {...form.getInputProps("successor_email")}
          />
          <Textarea
            label={t("ask.reason")}
            description={t("ask.reason_hint")}
            autosize
            minRows={2}
            maxLength={1000}
            {...form.getInputProps("reason")}
          />
          <TextInput
            label={t("ask.letter")}
            description={t("ask.letter_hint")}
            maxLength={80}
            {...form.getInputProps("letter_number")}
          />
          <DialogActions act={t("ask.act")} busy={ask.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
