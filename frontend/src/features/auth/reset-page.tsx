import { Button, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { PASSWORD_LENGTH } from "@/lib/validate";
import { showFieldErrors } from "@/ui/form-errors";
import { ButtonLink } from "@/ui/links";
import { PasswordField } from "@/ui/password-field";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";
import { useLinkToken } from "@/ui/use-link-token";
import { AuthCard } from "./auth-card";

/** Sets a new password with the token of a mailed link. */
export function ResetPage() {
  const { t } = useTranslation(["auth", "common"]);
  const token = useLinkToken();
  const form = useForm({
    initialValues: { password: "", repeat: "" },
    validate: {
      password: (value) =>
        value.length >= PASSWORD_LENGTH ? null : t("common:form.password_length"),
      repeat: (value, all) => (value === all.password ? null : t("common:form.password_repeat")),
    },
  });
  const save = useMutation({
    mutationFn: (password: string) =>
      api.POST("/api/v1/auth/password-reset/confirm", { body: { token: token ?? "", password } }),
    onError: (error) => showFieldErrors(form, error),
  });

  if (!token) {
    return (
      <AuthCard title={t("reset.no_token_title")} lead={t("reset.no_token")}>
        <ButtonLink to="/lupa-sandi">{t("reset.request_new")}</ButtonLink>
      </AuthCard>
    );
  }
  if (save.isSuccess) {
    return (
      <AuthCard title={t("reset.done_title")}>
        <Text role="status">{t("reset.done")}</Text>
        <ButtonLink to="/masuk">{t("common:action.sign_in")}</ButtonLink>
      </AuthCard>
    );
  }
  if (isProblem(save.error, "link_expired")) {
    return (
      <AuthCard title={t("reset.expired_title")} lead={t("reset.expired")}>
        <ButtonLink to="/lupa-sandi">{t("reset.request_new")}</ButtonLink>
      </AuthCard>
    );
  }
  return (
    <AuthCard title={t("reset.title")}>
      <form noValidate onSubmit={form.onSubmit(({ password }) => save.mutate(password))}>
        <Stack>
          <ProblemAlert error={save.error} />
          <PasswordField
            label={t("reset.password")}
            description={t("common:form.password_length")}
            autoComplete="new-password"
            {...form.getInputProps("password")}
          />
          <PasswordField
            label={t("reset.repeat")}
            autoComplete="new-password"
            {...form.getInputProps("repeat")}
          />
          <Button type="submit" loading={save.isPending} fullWidth>
            {t("reset.submit")}
          </Button>
        </Stack>
      </form>
    </AuthCard>
  );
}
