import { Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemError } from "@/api/problem";
import { Dialog } from "@/ui/dialog";
import { DialogActions } from "@/ui/dialog-actions";
import { ProblemAlert } from "@/ui/problem-alert";
import { type Succession, useDecide } from "./succession";

interface Props {
  code: string;
  row: Succession;
  approved: boolean;
  onDone: (done: Succession) => void;
  onClose: () => void;
}

/** Says what the decision does, and takes what there is to say about it. */
export function DecideDialog({ code, row, approved, onDone, onClose }: Props) {
  const { t } = useTranslation(["succession", "common"]);
  const [note, setNote] = useState("");
  const decide = useDecide(code, row, onDone);
  const way = approved ? "approve" : "refuse";
  const refused =
    decide.error instanceof ProblemError ? decide.error.fieldErrors().note : undefined;

  function submit(event: FormEvent) {
    event.preventDefault();
    decide.mutate({ approved, note: note.trim() });
  }

  return (
    <Dialog opened onClose={onClose} title={t(`${way}.title`)}>
      <form noValidate onSubmit={submit}>
        <Stack>
          <Text style={{ overflowWrap: "anywhere" }}>
            {approved && row.leaving_name
              ? t("approve.means_leaving", { email: row.successor_email, name: row.leaving_name })
              : t(`${way}.means`, { email: row.successor_email })}
          </Text>
          {refused ? null : <ProblemAlert error={decide.error} />}
          <Textarea
            label={t(`${way}.note`)}
            description={t(`${way}.note_hint`)}
            autosize
            minRows={2}
            maxLength={1000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            error={refused}
            data-autofocus
          />
          <DialogActions act={t(`${way}.act`)} busy={decide.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
