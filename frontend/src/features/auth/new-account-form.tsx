import { Button, Stack, TextInput } from "@mantine/core";
import { isNotEmpty } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { PASSWORD_LENGTH } from "@/lib/validate";
import { showFieldErrors } from "@/ui/form-errors";
import { PasswordField } from "@/ui/password-field";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";

interface Props {
  onSubmit: (account: { name: string; password: string }) => Promise<void>;
}

/** Name and password of an invited person who has no account yet. */
export function NewAccountForm({ onSubmit }: Props) {
  const { t } = useTranslation(["auth", "common"]);
  const form = useForm({
    initialValues: { name: "", password: "", repeat: "" },
    validate: {
      name: isNotEmpty(t("common:form.required")),
      password: (value) =>
        value.length >= PASSWORD_LENGTH ? null : t("common:form.password_length"),
      repeat: (value, all) => (value === all.password ? null : t("common:form.password_repeat")),
    },
  });
  const create = useMutation({
    mutationFn: onSubmit,
    onError: (error) => showFieldErrors(form, error),
  });

  return (
    <form
      noValidate
      onSubmit={form.onSubmit(({ name, password }) =>
        create.mutate({ name: name.trim(), password }),
      )}
    >
      <Stack>
        <ProblemAlert error={create.error} />
        <TextInput
          label={t("invitation.name")}
          description={t("invitation.name_hint")}
          autoComplete="name"
          {...form.getInputProps("name")}
        />
        <PasswordField
          label={t("invitation.password")}
          description={t("common:form.password_length")}
          autoComplete="new-password"
          {...form.getInputProps("password")}
        />
        <PasswordField
          label={t("invitation.repeat")}
          autoComplete="new-password"
          {...form.getInputProps("repeat")}
        />
        <Button type="submit" loading={create.isPending} fullWidth>
          {t("invitation.submit_new")}
        </Button>
      </Stack>
    </form>
  );
}
