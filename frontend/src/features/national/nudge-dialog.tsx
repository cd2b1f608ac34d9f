import { Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, idempotencyKey } from "@/api/client";
import { Dialog } from "@/ui/dialog";
import { DialogActions } from "@/ui/dialog-actions";
import { ProblemAlert } from "@/ui/problem-alert";
import type { OverviewDistrict } from "./overview";
import { Reasons } from "./reasons";

/** Reminds a district's coordinators, with what the system sees and a few words of one's own. */
export function NudgeDialog({
  district,
  onSent,
  onClose,
}: {
  district: OverviewDistrict;
  onSent: () => void;
  onClose: () => void;
}) {
  const { t } = useTranslation(["national", "common"]);
  const client = useQueryClient();
  const [message, setMessage] = useState("");
  const [key] = useState(idempotencyKey);
  const send = useMutation({
    mutationFn: () =>
      api.POST("/api/v1/districts/{code}/nudges", {
        params: { path: { code: district.code } },
        headers: { "Idempotency-Key": key },
        body: { message: message.trim() },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["oversight-overview"] });
      onClose();
      onSent();
    },
  });
  return (
    <Dialog opened onClose={onClose} title={t("stuck.nudge_title", { name: district.name })}>
      <Stack>
        <Text>{t("stuck.nudge_body")}</Text>
        <Reasons district={district} />
        <Textarea
          label={t("stuck.message")}
          description={t("stuck.message_hint")}
          autosize
          minRows={3}
          maxLength={1000}
          value={message}
          onChange={(event) => setMessage(event.currentTarget.value)}
        />
        <ProblemAlert error={send.error} />
        <DialogActions
          act={t("stuck.send")}
          busy={send.isPending}
          onAct={() => send.mutate()}
          onClose={onClose}
        />
      </Stack>
    </Dialog>
  );
}
