import { useTranslation } from "react-i18next";
import type { District } from "@/api/types";
import { ReasonDialog } from "@/ui/reason-dialog";
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
export function StandingDialog({ district, step, ...rest }: Props) {
  const { t } = useTranslation(["supervision", "common"]);
  return (
    <ReasonDialog
      title={t(`standing.${step}.title`, { name: district.name })}
      label={t("standing.reason")}
      hint={t("standing.reason_hint")}
      act={t(`standing.${step}.act`)}
      field="reason"
      maxLength={1000}
      minRows={3}
      {...rest}
    >
      {t(`standing.${step}.means`)}
    </ReasonDialog>
  );
}
