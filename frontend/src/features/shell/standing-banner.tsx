import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { districtQuery } from "@/api/district";
import classes from "./shell.module.css";

/** Says on every page of a suspended district that nothing can be changed, and why. */
export function StandingBanner({ code }: { code: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(districtQuery(code));
  return (
    <div role="status">
      {data && data.standing !== "active" ? (
        <div className={classes.offline}>
          <span>
            <strong>{t(`standing.${data.standing}`)}</strong>{" "}
            {t("standing.because", { reason: data.standing_reason, by: data.standing_by_name })}
          </span>
        </div>
      ) : null}
    </div>
  );
}
