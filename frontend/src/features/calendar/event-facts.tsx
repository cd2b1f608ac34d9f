import { Anchor, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Facts } from "@/ui/facts";
import { type Details, span } from "./calendar";
import classes from "./calendar.module.css";

interface Props {
  event: Details;
  organiser: string;
  /** What is said of the seats. */
  seats: string;
}

/** When, where, by whom, and what it is about. */
export function EventFacts({ event, organiser, seats }: Props) {
  const { t } = useTranslation("calendar");
  // The service lets only https:// pass; an address that cannot be read is not offered.
  const host = event.online_link ? URL.parse(event.online_link)?.host : undefined;
  const online =
    event.online_link?.startsWith("https://") && host ? (
      <Anchor href={event.online_link} target="_blank" rel="noopener noreferrer">
        {t("online", { host })}
      </Anchor>
    ) : null;
  const until = formatMoment(event.register_until, currentLanguage(), event.time_zone);
  return (
    <Stack>
      <Facts
        items={[
          { label: t("fact.when"), value: span(event) },
          ...(event.place ? [{ label: t("fact.place"), value: event.place }] : []),
          ...(online ? [{ label: t("fact.online"), value: online }] : []),
          { label: t("fact.kind"), value: t(`kind.${event.kind}`) },
          { label: t("fact.organiser"), value: organiser },
          { label: t("fact.seats"), value: seats },
          { label: t("fact.until"), value: until },
        ]}
      />
      {event.description ? <Text className={classes.text}>{event.description}</Text> : null}
    </Stack>
  );
}
