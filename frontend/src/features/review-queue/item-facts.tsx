import { Badge, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type Evidence, type ReadinessItem, standardQuery } from "@/api/readiness";
import { formatDate, formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Facts } from "@/ui/facts";
import { Section } from "@/ui/page";
import { documentKindName } from "@/ui/readiness/evidence-dialog";
import { asCaution, type QueueEntry } from "./queue";

/** What the item wants and how it is judged. */
export function AboutItem({ item }: { item: ReadinessItem }) {
  const { t } = useTranslation(["review_queue", "readiness"]);
  const standard = useQuery(standardQuery);
  const wanted = standard.data?.components
    .flatMap((component) => component.items)
    .find((found) => found.code === item.code);
  const example = wanted?.example?.[currentLanguage()];
  const months = wanted?.validity_months;
  const judged = [
    item.accepts.length > 0
      ? t("judged.document", { kinds: item.accepts.map(documentKindName).join(", ") })
      : t("readiness:confirmed"),
    months ? t("judged.months", { count: months }) : "",
    item.must_be_verified_for_go_live ? t("judged.decisive") : "",
  ];
  return (
    <Section title={t("item.title")}>
      <Stack gap="sm">
        <Group gap="xs">
          <Badge color="gray" c="dark.8" variant="light">
            {t(item.mandatory ? "readiness:mandatory" : "readiness:optional")}
          </Badge>
        </Group>
        <Part label={t("readiness:wanted")} text={item.evidence_wanted} />
        <Part label={t("judged.title")} text={judged.filter(Boolean).join(" ")} />
        <Part label={t("readiness:why")} text={item.why} />
        {example ? <Part label={t("readiness:good")} text={example} /> : null}
      </Stack>
    </Section>
  );
}

function Part({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <Text fw={600}>{label}</Text>
      <Text>{text}</Text>
    </div>
  );
}

/** What the district says of the document. */
export function AboutEvidence({ entry, evidence }: { entry: QueueEntry; evidence: Evidence }) {
  const { t } = useTranslation("review_queue");
  const language = currentLanguage();
  const caution = asCaution(entry.caution);
  const { number, document_date, valid_until, note } = evidence;
  const facts = [
    { label: t("evidence.name"), value: evidence.title },
    { label: t("evidence.kind"), value: documentKindName(evidence.kind) },
    ...(number ? [{ label: t("evidence.number"), value: number }] : []),
    ...(document_date
      ? [{ label: t("evidence.date"), value: formatDate(document_date, language) }]
      : []),
    ...(valid_until
      ? [{ label: t("evidence.until"), value: formatDate(valid_until, language) }]
      : []),
    {
      label: t("evidence.by"),
      value: `${evidence.submitted_by_name}, ${formatMoment(evidence.submitted_at, language)}`,
    },
    ...(note ? [{ label: t("evidence.note"), value: note }] : []),
    ...(caution ? [{ label: t("evidence.caution"), value: t(`caution.${caution}`) }] : []),
  ];
  return (
    <Section title={t("evidence.title")}>
      <Facts items={facts} />
    </Section>
  );
}
