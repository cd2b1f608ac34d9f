import { Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import type { Evidence, ReadinessItem } from "@/api/readiness";
import { DialogActions } from "@/ui/dialog-actions";
import { Dialog } from "../dialog";
import { ProblemAlert } from "../problem-alert";

/** What a reviewer decides about: a document, or an item that is counted. */
export type ReviewSubject =
  | { kind: "evidence"; evidence: Evidence }
  | { kind: "item"; item: ReadinessItem };

interface Props {
  code: string;
  subject: ReviewSubject;
  /** Return it, with a comment that says what to mend; else it is accepted. */
  returns: boolean;
  /** The file that was looked at, where it may be another than the evidence's own. */
  fileId?: string | null;
  onClose: () => void;
  /** In place of `onClose` when it is decided. */
  onDecided?: () => void;
  /** In place of an answer in the dialog when what is decided on has changed since it was shown. */
  onStale?: () => void;
}

/** A reviewer's decision. A return without a comment would leave the district guessing. */
export function ReviewDialog(props: Props) {
  const { code, subject, returns, onClose } = props;
  const { t } = useTranslation(["readiness", "common"]);
  const client = useQueryClient();
  const [comment, setComment] = useState("");
  const [seen] = useState(subject.kind === "item" ? (subject.item.review_subject ?? "") : "");
  // As it was when the dialog was opened, not as a later reading brought it.
  const [file_id] = useState(
    props.fileId ?? (subject.kind === "evidence" ? subject.evidence.file_id : null),
  );
  const [asked, setAsked] = useState(false);
  const decide = useMutation({
    mutationFn: async () => {
      if (subject.kind === "evidence") {
        const { id, version } = subject.evidence;
        return api.POST("/api/v1/districts/{code}/evidence/{evidence_id}/review", {
          params: { path: { code, evidence_id: id }, header: { "If-Match": `"${version}"` } },
          body: { decision: returns ? "returned" : "verified", comment, file_id },
        });
      }
      return api.POST("/api/v1/districts/{code}/readiness/{item_code}/review", {
        params: { path: { code, item_code: subject.item.code } },
        // What was on the screen when the dialog was opened, not what a later reading brought.
        body: { decision: returns ? "returned" : "confirmed", comment, subject: seen },
      });
    },
    // Refused because it has changed: what stands behind the dialog is read anew.
    onError: (error) => {
      void client.invalidateQueries({ queryKey: ["readiness", code] });
      if (isProblem(error, "stale")) props.onStale?.();
    },
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: ["readiness", code] });
      if (props.onDecided) props.onDecided();
      else onClose();
    },
  });
  const title = subject.kind === "evidence" ? subject.evidence.title : subject.item.title;
  const lacks = returns && comment.trim() === "";
  const accept = subject.kind === "evidence" ? "review.verify" : "review.confirm";
  const means = subject.kind === "evidence" ? "review.verify_means" : "review.confirm_means";
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t(
        returns
          ? "review.return_title"
          : subject.kind === "evidence"
            ? "review.verify_title"
            : "review.confirm_title",
      )}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (!lacks) decide.mutate();
        }}
      >
        <Stack>
          <Text fw={600}>{title}</Text>
          {returns ? null : <Text>{t(means)}</Text>}
          <ProblemAlert error={decide.error} />
          <Textarea
            label={t(returns ? "review.comment" : "review.comment_optional")}
            description={returns ? t("review.comment_hint") : undefined}
            withAsterisk={returns}
            autosize
            minRows={3}
            data-autofocus
            value={comment}
            onChange={(event) => setComment(event.currentTarget.value)}
            error={asked && lacks ? t("review.comment_missing") : undefined}
          />
          <DialogActions
            act={t(returns ? "review.return" : accept)}
            busy={decide.isPending}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
