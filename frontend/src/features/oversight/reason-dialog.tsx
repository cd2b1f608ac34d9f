import { Stack, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Dialog } from "@/ui/dialog";
import { DialogActions } from "@/ui/dialog-actions";
import { ProblemAlert } from "@/ui/problem-alert";

/** A reason shorter than this tells the applicant nothing. */
const SHORTEST = 10;

interface Props {
  decision: "return" | "reject" | "endorse";
  busy: boolean;
  error: unknown;
  onSubmit: (text: string) => void;
  onClose: () => void;
}

/** Asks for the words that go with a decision; they are mailed to the applicant. */
export function ReasonDialog({ decision, busy, error, onSubmit, onClose }: Props) {
  const { t } = useTranslation(["oversight", "registration", "common"]);
  const [text, setText] = useState("");
  const [tooShort, setTooShort] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    const short = text.trim().length < SHORTEST;
    setTooShort(short);
    if (!short) onSubmit(text.trim());
  }

  return (
    <Dialog opened onClose={onClose} title={t(`${decision}.title`)}>
      <form noValidate onSubmit={submit}>
        <Stack>
          <ProblemAlert error={error} />
          <Textarea
            label={t(`${decision}.reason`)}
            description={t(`${decision}.hint`)}
            autosize
            minRows={4}
            maxLength={2000}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            error={tooShort ? t("reason_short") : null}
            data-autofocus
          />
          <DialogActions act={t(`detail.${decision}`)} busy={busy} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
