import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ReadinessReport } from "@/api/readiness";

/** Says, beside what is called mandatory, that the measure is only proposed; nothing once it is adopted. */
export function ProposalLine({ standard }: { standard: ReadinessReport["standard"] }) {
  const { t } = useTranslation("readiness");
  if (standard.status !== "proposal") return null;
  return <Text c="dimmed">{t("standard_proposal", { standard: standard.title })}</Text>;
}
