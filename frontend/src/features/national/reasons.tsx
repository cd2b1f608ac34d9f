import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import classes from "./national.module.css";
import type { OverviewDistrict } from "./overview";

/** What the system sees in the way, in words. */
export function Reasons({ district }: { district: OverviewDistrict }) {
  const { t } = useTranslation("national");
  if (district.obstacles.length === 0) return <Text c="dimmed">{t("stuck.no_reason")}</Text>;
  return (
    <ul className={classes.reasons}>
      {district.obstacles.map(({ kind, count, since, items }) => (
        <li key={kind}>
          {t(`stuck.reason.${kind}`, { count, items: items.join(", ") })}
          {since
            ? ` (${t(kind === "expiring" ? "stuck.until" : "stuck.from", {
                day: formatDate(since, currentLanguage()),
              })})`
            : null}
        </li>
      ))}
    </ul>
  );
}
