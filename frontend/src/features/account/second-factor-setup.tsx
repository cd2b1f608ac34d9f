import { Button, Code, Group, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { encode } from "uqr";
import { api } from "@/api/client";
import { ProblemAlert } from "@/ui/problem-alert";

interface Props {
  setup: { secret: string; otpauth_uri: string };
  onConfirmed: (recoveryCodes: string[]) => void;
  onCancel: () => void;
}

/** Shows the secret as a QR code drawn here (it never travels to a drawing service). */
export function SecondFactorSetup({ setup, onConfirmed, onCancel }: Props) {
  const { t } = useTranslation(["account", "common"]);
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState(false);
  const confirm = useMutation({
    mutationFn: async (digits: string) =>
      (await api.POST("/api/v1/me/second-factor/confirm", { body: { code: digits } })).data,
    onSuccess: (answer) => answer && onConfirmed(answer.recovery_codes),
  });

  function submit(event: FormEvent) {
    event.preventDefault();
    const digits = code.replace(/\s/g, "");
    const complete = /^\d{6}$/.test(digits);
    setMissing(!complete);
    if (complete) confirm.mutate(digits);
  }

  return (
    <Stack gap="md" maw="30rem">
      <div>
        <Title order={3}>{t("second.step_scan")}</Title>
        <Text mt={4}>{t("second.step_scan_body")}</Text>
      </div>
      <QrCode text={setup.otpauth_uri} label={t("second.qr")} />
      <div>
        <Text>{t("second.secret")}</Text>
        <Code fz="1rem">{setup.secret.replace(/(.{4})(?=.)/g, "$1 ")}</Code>
      </div>
      <form noValidate onSubmit={submit}>
        <Stack>
          <Title order={3}>{t("second.step_code")}</Title>
          <ProblemAlert error={confirm.error} />
          <TextInput
            label={t("second.code")}
            inputMode="numeric"
            autoComplete="one-time-code"
            maw="12rem"
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            error={missing ? t("common:form.code") : null}
          />
          <Group>
            <Button type="submit" loading={confirm.isPending}>
              {t("second.confirm")}
            </Button>
            <Button variant="subtle" onClick={onCancel}>
              {t("common:action.cancel")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}

function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { data, size } = encode(text, { border: 2 });
    const dark = data.flatMap((row, y) => row.map((on, x) => (on ? `M${x} ${y}h1v1h-1z` : "")));
    return { size, path: dark.join("") };
  }, [text]);
  return (
    <svg role="img" aria-label={label} width={208} height={208} viewBox={`0 0 ${size} ${size}`}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
