import { Select, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { useMe } from "@/api/me";
import { Dialog } from "@/ui/dialog";
import { DialogActions } from "@/ui/dialog-actions";
import { ProblemAlert } from "@/ui/problem-alert";
import type { QueueEntry } from "./queue";

interface Props {
  entry: QueueEntry;
  onAsked: (name: string) => void;
  onClose: () => void;
}

/** Asks another reviewer to look, or takes it upon oneself. */
export function AskDialog({ entry, onAsked, onClose }: Props) {
  const { t } = useTranslation(["review_queue", "common"]);
  const me = useMe();
  const code = entry.district_code;
  const [reviewer, setReviewer] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const [asked, setAsked] = useState(false);
  const reviewers = useQuery({
    queryKey: ["reviewers", code],
    queryFn: async ({ signal }) => {
      const { data } = await api.GET("/api/v1/districts/{code}/reviewers", {
        params: { path: { code } },
        signal,
      });
      return data?.items ?? [];
    },
  });
  const ask = useMutation({
    mutationFn: (reviewer_id: string) =>
      api.POST("/api/v1/districts/{code}/review-requests", {
        params: { path: { code } },
        body: { entry_id: entry.id, reviewer_id, note },
      }),
    onSuccess: (_, id) =>
      onAsked(reviewers.data?.find((found) => found.account_id === id)?.name ?? ""),
  });
  const scopeOf = (scope: string) => t(scope === "nation" ? "ask.nation" : "ask.province");
  const options = (reviewers.data ?? []).map(({ account_id, name, scope }) => ({
    value: account_id,
    label: account_id === me.id ? t("ask.myself", { name }) : `${name} (${scopeOf(scope)})`,
  }));
  return (
    <Dialog opened onClose={onClose} title={t("ask.title")}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (reviewer) ask.mutate(reviewer);
        }}
      >
        <Stack>
          <Text>{t("ask.body")}</Text>
          <ProblemAlert error={ask.error ?? reviewers.error} />
          <Select
            label={t("ask.who")}
            data={options}
            disabled={!reviewers.data}
            value={reviewer}
            onChange={setReviewer}
            error={asked && !reviewer ? t("ask.missing") : undefined}
            data-autofocus
          />
          <Textarea
            label={t("ask.note")}
            autosize
            minRows={2}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <DialogActions act={t("ask.submit")} busy={ask.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
