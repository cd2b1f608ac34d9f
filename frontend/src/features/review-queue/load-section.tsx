import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { CardTable } from "@/ui/card-table";
import { Section } from "@/ui/page";
import type { ReviewLoad } from "./queue";
import classes from "./review-queue.module.css";

/** How much waits in all, and how it lies on the reviewers. */
export function LoadSection({ load }: { load: ReviewLoad }) {
  const { t } = useTranslation("review_queue");
  return (
    <Section title={t("load.title")}>
      <Text>
        {t("load.waiting", { count: load.waiting })}
        {load.oldest
          ? ` ${t("load.oldest", { day: formatDate(load.oldest, currentLanguage()) })}`
          : ""}
        {load.waiting > 0 ? ` ${t("load.unasked", { count: load.unasked })}` : ""}
      </Text>
      {load.reviewers.length > 0 ? (
        <details className={classes.load}>
          <summary>{t("load.by_reviewer")}</summary>
          <CardTable
            caption={t("load.table")}
            rows={load.reviewers}
            rowKey={(reviewer) => reviewer.account_id}
            columns={[
              {
                key: "name",
                label: t("load.name"),
                isName: true,
                render: (reviewer) => reviewer.name,
              },
              {
                key: "waiting",
                label: t("load.asked"),
                render: (reviewer) => reviewer.waiting,
              },
              {
                key: "decided",
                label: t("load.decided"),
                render: (reviewer) => reviewer.decided,
              },
            ]}
          />
        </details>
      ) : null}
    </Section>
  );
}
