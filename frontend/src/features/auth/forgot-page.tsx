import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { looksLikeEmail } from "@/lib/validate";
import { showFieldErrors } from "@/ui/form-errors";
import { BackLink } from "@/ui/links";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";
import { AuthCard } from "./auth-card";

/** Asks for a reset link. The answer never tells whether the address has an account. */
export function ForgotPage() {
  const { t } = useTranslation(["auth", "common"]);
  const form = useForm({
    initialValues: { email: "" },
    validate: { email: (value) => (looksLikeEmail(value) ? null : t("common:form.email")) },
  });
  const ask = useMutation({
    mutationFn: (email: string) => api.POST("/api/v1/auth/password-reset", { body: { email } }),
    onError: (error) => showFieldErrors(form, error),
  });

  if (ask.isSuccess) {
    return (
      <AuthCard title={t("forgot.sent_title")}>
        <Text role="status">{t("forgot.sent", { email: ask.variables })}</Text>
        <Button variant="default" onClick={() => ask.reset()}>
          {t("forgot.again")}
        </Button>
        <BackLink to="/masuk">{t("forgot.to_login")}</BackLink>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t("forgot.title")} lead={t("forgot.lead")}>
      <form noValidate onSubmit={form.onSubmit(({ email }) => ask.mutate(email.trim()))}>
        <Stack>
          <ProblemAlert error={ask.error} />
          <TextInput
            label={t("login.email")}
            type="email"
            autoComplete="username"
            {...form.getInputProps("email")}
          />
          <Button type="submit" loading={ask.isPending} fullWidth>
            {t("forgot.submit")}
          </Button>
          <BackLink to="/masuk">{t("forgot.to_login")}</BackLink>
        </Stack>
      </form>
    </AuthCard>
  );
}
