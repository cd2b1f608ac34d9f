import { useTranslation } from "react-i18next";
import { ReasonDialog } from "@/ui/reason-dialog";

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
export function DecisionDialog({ decision, busy, error, onSubmit, onClose }: Props) {
  const { t } = useTranslation(["oversight", "registration", "common"]);
  return (
    <ReasonDialog
      title={t(`${decision}.title`)}
      label={t(`${decision}.reason`)}
      hint={t(`${decision}.hint`)}
      act={t(`detail.${decision}`)}
      field={decision === "endorse" ? "note" : "reason"}
      maxLength={2000}
      minRows={4}
      check={(words) => (words.length < SHORTEST ? t("reason_short") : null)}
      busy={busy}
      error={error}
      onSubmit={onSubmit}
      onClose={onClose}
    />
  );
}
