import { Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemError } from "@/api/problem";
import type { District } from "@/api/types";
import { Dialog } from "@/ui/dialog";
import { DialogActions } from "@/ui/dialog-actions";
import { ProblemAlert } from "@/ui/problem-alert";
import type { Step } from "./standing-section";

interface Props {
  district: District;
  step: Step["name"];
  busy: boolean;
  error: unknown;
  onSubmit: (reason: string) => void;
  onClose: () => void;
}

/** Says what the step means for the people of the district, and asks why. */
export function StandingDialog({ district, step, busy, error, onSubmit, onClose }: Props) {
  const { t } = useTranslation(["supervision", "common"]);
  const [reason, setReason] = useState("");
  const refused = error instanceof ProblemError ? error.fieldErrors().reason : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    onSubmit(reason.trim());
  }

  return (
    <Dialog opened onClose={onClose} title={t(`standing.${step}.title`, { name: district.name })}>
      <form noValidate onSubmit={submit}>
        <Stack>
          <Text>{t(`standing.${step}.means`)}</Text>
          {refused ? null : <ProblemAlert error={error} />}
          <Textarea
            label={t("standing.reason")}
            description={t("standing.reason_hint")}
            autosize
            minRows={3}
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            error={refused}
            data-autofocus
          />
          <DialogActions act={t(`standing.${step}.act`)} busy={busy} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
