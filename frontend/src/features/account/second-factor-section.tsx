import { Alert, Badge, Button, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { meQuery } from "@/api/me";
import type { Me } from "@/api/types";
import { Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { DisableSecondFactor } from "./disable-second-factor";
import { RecoveryCodes } from "./recovery-codes";
import { SecondFactorSetup } from "./second-factor-setup";

/** Turning the second security code on and off. */
export function SecondFactorSection({ me, onEnabled }: { me: Me; onEnabled: () => void }) {
  const { t } = useTranslation(["account", "common"]);
  const client = useQueryClient();
  const [codes, setCodes] = useState<string[] | null>(null);
  const start = useMutation({
    mutationFn: async () => (await api.POST("/api/v1/me/second-factor")).data,
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
          <ProblemAlert error={start.error} />
          <Button
            mt={start.error ? "md" : 0}
            loading={start.isPending}
            onClick={() => start.mutate()}
          >
            {t("second.start")}
          </Button>
        </>
      )}
    </Section>
  );
}
