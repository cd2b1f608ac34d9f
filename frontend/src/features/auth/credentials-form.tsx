import { Alert, Button, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import type { TokenPair } from "@/api/types";
import { looksLikeEmail } from "@/lib/validate";
import { AnchorLink } from "@/ui/links";
import { PasswordField } from "@/ui/password-field";
import { ProblemAlert } from "@/ui/problem-alert";

interface Props {
  onDone: (pair: TokenPair) => Promise<void>;
  /** The password was right and the account asks for a code. */
  onSecondFactor: (credentials: { email: string; password: string }) => void;
}

export function CredentialsForm({ onDone, onSecondFactor }: Props) {
  const { t } = useTranslation(["auth", "common"]);
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { email: "", password: "" },
    validate: {
      email: (value) => (looksLikeEmail(value) ? null : t("common:form.email")),
      password: isNotEmpty(t("common:form.required")),
    },
  });
  const login = useMutation({
    mutationFn: async (body: { email: string; password: string }) => {
      const { data } = await api.POST("/api/v1/auth/login", { body });
      if (data) await onDone(data);
    },
    onError: (error, body) => {
      if (isProblem(error, "second_factor_required")) onSecondFactor(body);
    },
  });
  const error = isProblem(login.error, "second_factor_required") ? null : login.error;

  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => login.mutate({ ...values, email: values.email.trim() }))}
    >
      <Stack>
        {isProblem(error, "invalid_credentials") ? (
          <Alert role="alert" color="red">
            {t("login.refused")}
          </Alert>
        ) : (
          <ProblemAlert error={error} />
        )}
        <TextInput
          label={t("login.email")}
          type="email"
          autoComplete="username"
          inputMode="email"
          key={form.key("email")}
          {...form.getInputProps("email")}
        />
        <PasswordField
          label={t("login.password")}
          autoComplete="current-password"
          key={form.key("password")}
          {...form.getInputProps("password")}
        />
        <Button type="submit" loading={login.isPending} fullWidth>
          {t("login.submit")}
        </Button>
        <AnchorLink to="/lupa-sandi" py={10}>
          {t("login.forgot")}
        </AnchorLink>
      </Stack>
    </form>
  );
}
