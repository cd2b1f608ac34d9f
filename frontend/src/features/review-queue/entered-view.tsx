import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ReadinessItem } from "@/api/readiness";
import { ButtonLink } from "@/ui/links";
import { Section } from "@/ui/page";
import { screenLink } from "@/ui/readiness/screen-link";
import type { QueueEntry } from "./queue";

/** Where there is no document: what was entered is looked at on the district's own screen, as it sees it. */
export function EnteredView({
  entry,
  item,
}: {
  entry: QueueEntry;
  item: ReadinessItem | undefined;
}) {
  const { t } = useTranslation(["review_queue", "readiness"]);
  const screen = item ? screenLink(item.screen, entry.district_code) : undefined;
  return (
    <Section title={t("entered_title")}>
      <Text mb="sm">{t("entered_body")}</Text>
      {item?.progress ? <Text mb="sm">{t("readiness:progress", item.progress)}</Text> : null}
      {screen ? (
        <ButtonLink variant="default" {...screen} target="_blank">
          {t("entered_open", { district: entry.district_name })} {t("entered_tab")}
        </ButtonLink>
      ) : null}
    </Section>
  );
}
