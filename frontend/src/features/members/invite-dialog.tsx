import { Stack, TextInput } from "@mantine/core";
import { isNotEmpty } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, idempotencyKey } from "@/api/client";
import { looksLikeEmail } from "@/lib/validate";
import { Dialog } from "@/ui/dialog";
import { DialogActions } from "@/ui/dialog-actions";
import { showFieldErrors } from "@/ui/form-errors";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";
import { RoleSelect } from "./role-select";

interface Props {
  code: string;
  onDone: (message: string) => void;
  onClose: () => void;
}

export function InviteDialog({ code, onDone, onClose }: Props) {
  const { t } = useTranslation(["members", "common"]);
  const [key] = useState(idempotencyKey);
  const form = useForm({
    initialValues: { email: "", role_key: "" },
    validate: {
      email: (value) => (looksLikeEmail(value) ? null : t("common:form.email")),
      role_key: isNotEmpty(t("common:form.required")),
    },
  });
  const invite = useMutation({
    mutationFn: (body: { email: string; role_key: string }) =>
      api.POST("/api/v1/districts/{code}/invitations", {
        params: { path: { code } },
        headers: { "Idempotency-Key": key },
        body,
      }),
    onSuccess: (_, { email }) => onDone(t("invite.sent", { email })),
    onError: (error) => showFieldErrors(form, error),
  });

  return (
    <Dialog opened onClose={onClose} title={t("invite.title")}>
      <form
        noValidate
        onSubmit={form.onSubmit(({ email, role_key }) =>
          invite.mutate({ email: email.trim(), role_key }),
        )}
      >
        <Stack>
          <ProblemAlert error={invite.error} />
          <TextInput
            label={t("invite.email")}
            description={t("invite.email_hint")}
            type="email"
            autoComplete="off"
            data-autofocus
            {...form.getInputProps("email")}
          />
          <RoleSelect code={code} label={t("invite.role")} {...form.getInputProps("role_key")} />
          <DialogActions act={t("invite.submit")} busy={invite.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
