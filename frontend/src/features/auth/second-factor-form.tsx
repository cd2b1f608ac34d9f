import { Alert, Button, Stack, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import type { TokenPair } from "@/api/types";
import { ProblemAlert } from "@/ui/problem-alert";
import { AuthCard } from "./auth-card";

interface Props {
  credentials: { email: string; password: string };
  onDone: (pair: TokenPair) => Promise<void>;
  onBack: () => void;
}

/** The second step of sign-in: a code from the app, or one of the printed recovery codes. */
export function SecondFactorForm({ credentials, onDone, onBack }: Props) {
  const { t } = useTranslation(["auth", "common"]);
  const [recovery, setRecovery] = useState(false);
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState<string | null>(null);
  const login = useMutation({
    mutationFn: async (second_factor_code: string) => {
      const { data } = await api.POST("/api/v1/auth/login", {
        body: { ...credentials, second_factor_code },
      });
      if (data) await onDone(data);
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    // People copy "123 456"; the service wants digits.
    const bare = code.replace(/\s/g, "");
    const complete = recovery ? bare.length > 0 : /^\d{6}$/.test(bare);
    setMissing(complete ? null : t(recovery ? "common:form.required" : "common:form.code"));
    if (complete) login.mutate(bare);
  }

  return (
    <AuthCard title={t("second.title")} lead={t(recovery ? "second.recovery_lead" : "second.lead")}>
      <form noValidate onSubmit={submit}>
        <Stack>
          {isProblem(login.error, "second_factor_invalid") && !recovery ? (
            <Alert role="alert" color="red">
              {t("second.refused")}
            </Alert>
          ) : (
            <ProblemAlert error={login.error} />
          )}
          <TextInput
            key={recovery ? "recovery" : "app"}
            label={t(recovery ? "second.recovery" : "second.code")}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={missing}
            autoComplete="one-time-code"
            inputMode={recovery ? "text" : "numeric"}
            data-autofocus
            autoFocus
          />
          <Button type="submit" loading={login.isPending} fullWidth>
            {t("second.submit")}
          </Button>
          <Button
            variant="subtle"
            onClick={() => {
              setRecovery(!recovery);
              setCode("");
              setMissing(null);
              login.reset();
            }}
          >
            {t(recovery ? "second.use_app" : "second.use_recovery")}
          </Button>
          <Button variant="subtle" onClick={onBack}>
            {t("second.back")}
          </Button>
        </Stack>
      </form>
    </AuthCard>
  );
}
