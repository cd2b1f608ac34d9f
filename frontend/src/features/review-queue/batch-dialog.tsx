import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { acceptAll, type BatchOutcome, QUEUE_KEY, type QueueEntry } from "./queue";
import classes from "./review-queue.module.css";

interface Props {
  entries: QueueEntry[];
  onDone: (outcome: BatchOutcome) => void;
  onClose: () => void;
}

/** Accepting several at once: each is named before it is done. */
export function BatchDialog({ entries, onDone, onClose }: Props) {
  const { t } = useTranslation("review_queue");
  const client = useQueryClient();
  const accept = useMutation({
    mutationFn: () => acceptAll(entries),
    onSuccess: onDone,
    onSettled: () => {
      void client.invalidateQueries({ queryKey: [QUEUE_KEY] });
      void client.invalidateQueries({ queryKey: ["readiness"] });
    },
  });
  return (
    <ConfirmDialog
      opened
      title={t("batch.title", { count: entries.length })}
      confirm={t("batch.verify", { count: entries.length })}
      busy={accept.isPending}
      error={accept.error}
      onConfirm={() => accept.mutate()}
      onClose={onClose}
    >
      {t("batch.body")}
      <ul className={classes.plain}>
        {entries.map((entry) => (
          <li key={entry.id}>
            <b>{entry.item_code}</b> {entry.title}, {entry.district_name}
          </li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}
