import { Alert, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { BoundaryReport } from "@/api/boundaries";
import { formatFileSize, formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import classes from "./boundaries.module.css";
import { Missing } from "./missing";

/** What a check found. */
export function Report({ report, name }: { report: BoundaryReport; name: string }) {
  const { t } = useTranslation("boundaries");
  const language = currentLanguage();
  const number = (value: number | null | undefined) => formatNumber(value ?? 0, language);
  return (
    <Alert
      role="status"
      variant="light"
      color={report.is_usable ? "laut" : "kunyit"}
      title={t("report.title", { name })}
      icon={report.is_usable ? <IconCircleCheck /> : <IconAlertTriangle />}
      styles={{ title: { fontSize: "1rem", color: "var(--mantine-color-black)" } }}
    >
      {report.is_usable ? (
        <>
          <Text fw={600}>
            {t("report.good", { matched: number(report.matched), all: number(report.regencies) })}
          </Text>
          <Text>
            {t("report.size", {
              read: number(report.points_read),
              kept: number(report.points_kept),
              size: formatFileSize(report.compressed_size ?? 0, language),
            })}
          </Text>
          {report.named === 0 ? <Text>{t("report.codes_only")}</Text> : null}
        </>
      ) : (
        <>
          <Text fw={600}>{t("report.bad", { count: report.problem_count })}</Text>
          <ul className={classes.problems}>
            {report.problems.map(({ subject, kind, message }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: one subject may come more than once; the list never changes
              <li key={`${subject} ${kind} ${place}`}>{message}</li>
            ))}
          </ul>
          {report.problem_count > report.problems.length ? (
            <Text>
              {t("report.more", { count: report.problem_count - report.problems.length })}
            </Text>
          ) : null}
        </>
      )}
      {report.object ? <Text>{t("report.object", { name: report.object })}</Text> : null}
      {report.ignored.length > 0 ? (
        <Text>{t("report.ignored", { names: report.ignored.join(", ") })}</Text>
      ) : null}
      <Missing regencies={report.missing} />
      <Text mt="xs">{t(report.is_usable ? "report.nothing" : "report.repair")}</Text>
    </Alert>
  );
}
