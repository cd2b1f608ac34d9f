import { Button, Group, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { Dialog } from "@/ui/dialog";
import { PasswordField } from "@/ui/password-field";
import { ProblemAlert } from "@/ui/problem-alert";

/** Turning the code off asks for the password again: an open screen is not proof of the person. */
export function DisableSecondFactor({ onDone }: { onDone: () => Promise<void> }) {
  const { t } = useTranslation(["account", "common"]);
  const [opened, { open, close }] = useDisclosure(false);
  const [password, setPassword] = useState("");
  const [missing, setMissing] = useState(false);
  const disable = useMutation({
    mutationFn: () => api.POST("/api/v1/me/second-factor/disable", { body: { password } }),
    onSuccess: async () => {
      close();
      setPassword("");
      await onDone();
    },
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    setMissing(password === "");
    if (password !== "") disable.mutate();
  }

  return (
    <>
      <Button variant="default" onClick={open}>
        {t("second.disable")}
      </Button>
      <Dialog opened={opened} onClose={close} title={t("second.disable")}>
        <form noValidate onSubmit={submit}>
          <Stack>
            <Text>{t("second.disable_body")}</Text>
            <ProblemAlert error={disable.error} />
            <PasswordField
              label={t("second.password")}
              autoComplete="current-password"
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
              error={missing ? t("common:form.required") : null}
              data-autofocus
            />
            <Group justify="flex-end">
              <Button variant="default" onClick={close}>
                {t("common:action.cancel")}
              </Button>
              <Button type="submit" color="red.9" loading={disable.isPending}>
                {t("second.disable")}
              </Button>
            </Group>
          </Stack>
        </form>
      </Dialog>
    </>
  );
}
