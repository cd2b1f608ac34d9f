import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./national.module.css";
import type { OverviewDistrict } from "./overview";
import { reasonWords } from "./words";

/** What the system sees in the way, in words. */
export function Reasons({ district }: { district: OverviewDistrict }) {
  const { t } = useTranslation(["national", "supervision", "common"]);
  if (district.obstacles.length === 0) return <Text c="dimmed">{t("stuck.no_reason")}</Text>;
  return (
    <ul className={classes.reasons}>
      {reasonWords(t, district).map((reason) => (
        <li key={reason}>{reason}</li>
      ))}
    </ul>
  );
}
