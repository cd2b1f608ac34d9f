import { Alert, Button, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
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

interface Refusals {
  email?: string;
  password?: string;
}

/**
 * Email and password. Two fields need no form library, and without it the first page loads faster:
 * the browser keeps the values, where password managers write them.
 */
export function CredentialsForm({ onDone, onSecondFactor }: Props) {
  const { t } = useTranslation(["auth", "common"]);
  const [refusals, setRefusals] = useState<Refusals>({});
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

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const values = new FormData(form);
    const email = String(values.get("email") ?? "").trim();
    const password = String(values.get("password") ?? "");
    const found: Refusals = {
      ...(looksLikeEmail(email) ? {} : { email: t("common:form.email") }),
      ...(password ? {} : { password: t("common:form.required") }),
    };
    setRefusals(found);
    const first = Object.keys(found)[0];
    if (first === undefined) login.mutate({ email, password });
    else form.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
  }

  return (
    <form noValidate onSubmit={submit}>
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
          name="email"
          error={refusals.email}
        />
        <PasswordField
          label={t("login.password")}
          autoComplete="current-password"
          name="password"
          error={refusals.password}
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
