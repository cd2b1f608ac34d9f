import { Alert, Button, Stack } from "@mantine/core";
import { isNotEmpty } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { PASSWORD_LENGTH } from "@/lib/validate";
import { showFieldErrors } from "@/ui/form-errors";
import { Section } from "@/ui/page";
import { PasswordField } from "@/ui/password-field";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";

export function PasswordSection() {
  const { t } = useTranslation(["account", "common"]);
  const form = useForm({
    initialValues: { current_password: "", new_password: "", repeat: "" },
    validate: {
      current_password: isNotEmpty(t("common:form.required")),
      new_password: (value) =>
        value.length >= PASSWORD_LENGTH ? null : t("common:form.password_length"),
      repeat: (value, all) =>
        value === all.new_password ? null : t("common:form.password_repeat"),
    },
  });
  const change = useMutation({
    mutationFn: (body: { current_password: string; new_password: string }) =>
      api.POST("/api/v1/me/password", { body }),
    onSuccess: () => form.reset(),
    onError: (error) => showFieldErrors(form, error),
  });

  return (
    <Section title={t("password.title")}>
      <form
        noValidate
        onSubmit={form.onSubmit(({ current_password, new_password }) =>
          change.mutate({ current_password, new_password }),
        )}
      >
        <Stack maw="26rem">
          <ProblemAlert error={change.error} />
          {change.isSuccess ? (
            <Alert role="status" color="laut">
              {t("password.done")}
            </Alert>
          ) : null}
          <PasswordField
            label={t("password.current")}
            autoComplete="current-password"
            {...form.getInputProps("current_password")}
          />
          <PasswordField
            label={t("password.new")}
            description={t("common:form.password_length")}
            autoComplete="new-password"
            {...form.getInputProps("new_password")}
          />
          <PasswordField
            label={t("password.repeat")}
            autoComplete="new-password"
            {...form.getInputProps("repeat")}
          />
          <Button type="submit" loading={change.isPending} style={{ alignSelf: "flex-start" }}>
            {t("password.submit")}
          </Button>
        </Stack>
      </form>
    </Section>
  );
}
