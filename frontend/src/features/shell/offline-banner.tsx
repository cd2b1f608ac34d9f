import { useNetwork } from "@mantine/hooks";
import { IconWifiOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./shell.module.css";

/** Says that the device is offline, for as long as it is. */
export function OfflineBanner() {
  const { t } = useTranslation();
  const { online } = useNetwork();
  return (
    <div role="status">
      {online ? null : (
        <div className={classes.offline}>
          <IconWifiOff size={20} aria-hidden />
          <span>{t("problem.offline_banner")}</span>
        </div>
      )}
    </div>
  );
}
