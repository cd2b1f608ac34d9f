import { Alert, Badge, Button, Stack, Text } from "@mantine/core";
import { isNotEmpty } from "@mantine/form";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { meQuery } from "@/api/me";
import type { Me } from "@/api/types";
import { showFieldErrors } from "@/ui/form-errors";
import { Section } from "@/ui/page";
import { PasswordField } from "@/ui/password-field";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";
import { DisableSecondFactor } from "./disable-second-factor";
import { RecoveryCodes } from "./recovery-codes";
import { SecondFactorSetup } from "./second-factor-setup";

/** Turning the second security code on and off. */
export function SecondFactorSection({ me, onEnabled }: { me: Me; onEnabled: () => void }) {
  const { t } = useTranslation(["account", "common"]);
  const client = useQueryClient();
  const [codes, setCodes] = useState<string[] | null>(null);
  const form = useForm({
    initialValues: { password: "" },
    validate: { password: isNotEmpty(t("common:form.required")) },
  });
  const start = useMutation({
    mutationFn: async (body: typeof form.values) =>
      (await api.POST("/api/v1/me/second-factor", { body })).data,
    onSuccess: () => form.reset(),
    onError: (error) => showFieldErrors(form, error),
  });

  async function finished() {
    start.reset();
    setCodes(null);
    await client.invalidateQueries({ queryKey: meQuery.queryKey });
  }

  async function enabledNow() {
    await finished();
    onEnabled();
  }

  const { enabled, required } = me.second_factor;
  return (
    <Section title={t("second.title")} aside={enabled ? <Badge>{t("second.badge")}</Badge> : null}>
      {codes ? (
        <RecoveryCodes codes={codes} email={me.email} onDone={enabledNow} />
      ) : enabled ? (
        <>
          <Text mb="md">{t("second.on")}</Text>
          {required ? (
            <Text c="dimmed">{t("second.disable_required")}</Text>
          ) : (
            <DisableSecondFactor onDone={finished} />
          )}
        </>
      ) : start.data ? (
        <SecondFactorSetup setup={start.data} onConfirmed={setCodes} onCancel={finished} />
      ) : (
        <>
          {required ? (
            <Alert color="kunyit" mb="md">
              {t("second.off_required")}
            </Alert>
          ) : (
            <Text mb="md">{t("second.off")}</Text>
          )}
          <form noValidate onSubmit={form.onSubmit((values) => start.mutate(values))}>
            <Stack align="flex-start">
              <ProblemAlert error={start.error} />
              <PasswordField
                w="100%"
                maw="26rem"
                label={t("second.password")}
                autoComplete="current-password"
                {...form.getInputProps("password")}
              />
              <Button type="submit" loading={start.isPending}>
                {t("second.start")}
              </Button>
            </Stack>
          </form>
        </>
      )}
    </Section>
  );
}
