import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { isNotEmpty } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { Dialog } from "@/ui/dialog";
import { showFieldErrors } from "@/ui/form-errors";
import { PasswordField } from "@/ui/password-field";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";

/** Turning the code off asks for both factors again: an open screen is not proof of the person. */
export function DisableSecondFactor({ onDone }: { onDone: () => Promise<void> }) {
  const { t } = useTranslation(["account", "common"]);
  const [opened, { open, close }] = useDisclosure(false);
  const required = isNotEmpty(t("common:form.required"));
  const form = useForm({
    initialValues: { password: "", second_factor_code: "" },
    validate: { password: required, second_factor_code: required },
  });
  const disable = useMutation({
    mutationFn: (body: typeof form.values) =>
      api.POST("/api/v1/me/second-factor/disable", { body }),
    onSuccess: async () => {
      close();
      form.reset();
      await onDone();
    },
    onError: (error) => showFieldErrors(form, error),
  });

  return (
    <>
      <Button variant="default" onClick={open}>
        {t("second.disable")}
      </Button>
      <Dialog opened={opened} onClose={close} title={t("second.disable")}>
        <form noValidate onSubmit={form.onSubmit((values) => disable.mutate(values))}>
          <Stack>
            <Text>{t("second.disable_body")}</Text>
            <ProblemAlert error={disable.error} />
            <PasswordField
              label={t("second.password")}
              autoComplete="current-password"
              data-autofocus
              {...form.getInputProps("password")}
            />
            <TextInput
              label={t("second.disable_code")}
              description={t("second.disable_code_hint")}
              autoComplete="one-time-code"
              {...form.getInputProps("second_factor_code")}
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
