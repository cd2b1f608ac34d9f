import { Badge, Group, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatDate, formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Facts } from "@/ui/facts";
import type { Succession } from "./succession";

/** Of what is over or under way; what waits stands under a heading that says so. */
const COLOUR: Partial<Record<Succession["status"], string>> = {
  completed: "laut",
  refused: "gray",
  withdrawn: "gray",
};

/** One request: who shall follow whom, why, and what became of it. */
export function RequestCard({ row }: { row: Succession }) {
  const { t } = useTranslation("succession");
  const language = currentLanguage();
  const facts = [
    { label: t("facts.successor"), value: row.successor_email },
    { label: t("facts.leaving"), value: row.leaving_name || t("ask.nobody") },
    { label: t("facts.reason"), value: row.reason },
    { label: t("facts.letter"), value: row.letter_number },
    {
      label: t("facts.requested"),
      value: t("facts.by", {
        name: row.requested_by_name,
        moment: formatMoment(row.requested_at, language),
      }),
    },
    {
      label: t("facts.decided"),
      value: row.decided_at
        ? row.decided_by_name
          ? t("facts.by", {
              name: row.decided_by_name,
              moment: formatMoment(row.decided_at, language),
            })
          : formatMoment(row.decided_at, language)
        : "",
    },
    { label: t("facts.note"), value: row.decision_note },
    {
      label: t("facts.completed"),
      value: row.completed_at ? formatDate(row.completed_at, language) : "",
    },
  ];
  return (
    <Stack gap="xs">
      {row.status === "requested" || row.status === "approved" ? null : (
        <Group>
          <Badge variant="light" color={COLOUR[row.status]} c="black" tt="none">
            {t(`status.${row.status}`)}
          </Badge>
        </Group>
      )}
      <Facts items={facts.filter((fact) => fact.value !== "")} />
      {row.status === "approved" ? <Text c="dimmed">{t("approved_means")}</Text> : null}
    </Stack>
  );
}
