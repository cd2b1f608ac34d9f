import { useTranslation } from "react-i18next";
import { ReasonDialog } from "@/ui/reason-dialog";
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
  const decide = useDecide(code, row, onDone);
  const way = approved ? "approve" : "refuse";
  return (
    <ReasonDialog
      title={t(`${way}.title`)}
      label={t(`${way}.note`)}
      hint={t(`${way}.note_hint`)}
      act={t(`${way}.act`)}
      field="note"
      maxLength={1000}
      busy={decide.isPending}
      error={decide.error}
      onSubmit={(note) => decide.mutate({ approved, note })}
      onClose={onClose}
    >
      {approved && row.leaving_name
        ? t("approve.means_leaving", { email: row.successor_email, name: row.leaving_name })
        : t(`${way}.means`, { email: row.successor_email })}
    </ReasonDialog>
  );
}
