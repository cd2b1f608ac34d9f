import { Anchor, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { formatMoment } from "@/lib/format";
import { hostOf } from "@/lib/host-of";
import { currentLanguage } from "@/lib/i18n";
import { Facts } from "@/ui/facts";
import { type Details, span, spanThere } from "./calendar";
import classes from "./calendar.module.css";

interface Props {
  event: Details;
  organiser: string;
  /** What is said of the seats. */
  seats: string;
  /** The time zone of the district that looks; the organiser has the event's own. */
  zone?: string;
}

/** When, where, by whom, and what it is about. */
export function EventFacts({ event, organiser, seats, zone }: Props) {
  const { t } = useTranslation("calendar");
  const there = spanThere(event, zone);
  const until = formatMoment(event.register_until, currentLanguage(), zone ?? event.time_zone);
  return (
    <Stack>
      <Facts
        items={[
          { label: t("fact.when"), value: span(event) },
          ...(there ? [{ label: t("fact.when_there"), value: there }] : []),
          ...(event.place ? [{ label: t("fact.place"), value: event.place }] : []),
          ...(event.online_link
            ? [{ label: t("fact.online"), value: <Online link={event.online_link} /> }]
            : []),
          { label: t("fact.kind"), value: t(`kind.${event.kind}`) },
          { label: t("fact.organiser"), value: organiser },
          { label: t("fact.seats"), value: seats },
          {
            label: t("fact.seats_per_district"),
            value: t("seats.at_most", { count: event.seats_per_district }),
          },
          { label: t("fact.until"), value: until },
        ]}
      />
      {event.description ? <Text className={classes.text}>{event.description}</Text> : null}
    </Stack>
  );
}

/** The service lets only https:// pass; an address that cannot be read is shown and leads nowhere. */
function Online({ link }: { link: string }) {
  const { t } = useTranslation("calendar");
  const host = hostOf(link);
  if (!host || !link.startsWith("https://")) return <span className={classes.text}>{link}</span>;
  return (
    <Anchor href={link} target="_blank" rel="noopener noreferrer">
      {t("online", { host })}
    </Anchor>
  );
}
