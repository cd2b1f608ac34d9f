import { Text } from "@mantine/core";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { AnchorLink } from "@/ui/links";
import { STATUSES } from "./filters";
import classes from "./national.module.css";
import type { Overview } from "./overview";

const route = getRouteApi("/kerja/pusat");

/** How many districts there are of each sort; each number leads to them. */
export function Counts({ overview }: { overview: Overview }) {
  const { t } = useTranslation("national");
  const filters = route.useSearch();
  const figures = [
    ...STATUSES.map((keadaan) => ({
      key: keadaan,
      label: t(`status.${keadaan}`),
      count: overview.counts[keadaan],
      search: { ...filters, keadaan },
    })),
    {
      key: "expiring",
      label: t("filter.expiring"),
      count: overview.counts.expiring,
      search: { ...filters, kedaluwarsa: true as const },
    },
  ];
  return (
    <ul className={classes.counts} aria-label={t("counts")}>
      {figures.map(({ key, label, count, search }) => (
        <li key={key}>
          <span className={classes.count}>{formatNumber(count, currentLanguage())}</span>
          {count > 0 ? (
            <AnchorLink to="/pusat" search={search} resetScroll={false} className={classes.target}>
              {label}
            </AnchorLink>
          ) : (
            <Text c="dimmed" className={classes.target}>
              {label}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}
