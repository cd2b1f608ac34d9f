import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconCalendarOff, IconCalendarPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { districtQuery } from "@/api/district";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { icsOf } from "@/lib/ics";
import { saveBlob } from "@/lib/save-blob";
import { DoneLine } from "@/ui/done-line";
import { BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { AnswerForm } from "./answer-form";
import { type Event, eventQuery, organiserName } from "./calendar";
import { EventFacts } from "./event-facts";
import { GivenAnswer } from "./given-answer";
import { localOf } from "./local-moment";
import { StateBadge, takesAnswers } from "./state-badge";

const route = getRouteApi("/kerja/d/$code/kalender/$kegiatan");

/** One event to which the district is invited, and its answer. */
export function EventPage() {
  const { t } = useTranslation(["calendar", "common"]);
  const { code, kegiatan: id } = route.useParams();
  const one = useQuery(eventQuery(code, id));
  const district = useQuery(districtQuery(code));
  if (one.error) throw one.error;
  if (!one.data) return <PageSkeleton />;
  const row = one.data;
  return (
    <Page
      title={row.event.title}
      action={
        <Button
          variant="default"
          leftSection={<IconCalendarPlus size={20} aria-hidden />}
          onClick={() => saveIcs(row, t("ics_name"))}
        >
          {t("ics")}
        </Button>
      }
    >
      <BackLink to="/d/$code/kalender" params={{ code }}>
        {t("back")}
      </BackLink>
      {row.cancelled_at ? (
        <Alert color="kunyit" variant="light" title={t("cancelled")} icon={<IconCalendarOff />}>
          {t("reason", { reason: row.cancelled_reason })}
        </Alert>
      ) : null}
      <Section>
        <EventFacts
          event={row.event}
          organiser={organiserName(row, t)}
          zone={district.data?.time_zone}
          seats={
            row.seats_left === null || row.seats_left === undefined
              ? t("seats.free")
              : t("seats.left", { left: row.seats_left, seats: row.event.seats })
          }
        />
      </Section>
      <Answer key={row.id} code={code} row={row} zone={district.data?.time_zone} />
    </Page>
  );
}

/** The same event has the same id in every file, and counts its changes: calendars replace what they have. */
function saveIcs(row: Event, name: string) {
  const { event } = row;
  const text = icsOf({
    uid: `${row.id}@${window.location.hostname}`,
    sequence: row.version,
    title: event.title,
    description: event.description ?? "",
    location: event.place || (event.online_link ?? ""),
    url: event.online_link ?? undefined,
    startsAt: event.starts_at,
    endsAt: event.ends_at,
    changedAt: row.updated_at,
    isCancelled: Boolean(row.cancelled_at),
  });
  const { day } = localOf(event.starts_at, event.time_zone);
  saveBlob(new Blob([text], { type: "text/calendar;charset=utf-8" }), `${name}-${day}.ics`);
}

interface AnswerProps {
  code: string;
  row: Event;
  zone: string | undefined;
}

function Answer({ code, row, zone }: AnswerProps) {
  const { t } = useTranslation(["calendar", "common"]);
  const isOpen = takesAnswers(row);
  const membership = membershipOf(useMe(), code);
  const answers = isOpen && may(membership, PERMISSION.announcementsRespond);
  // What stood when writing began: another answer that comes meanwhile does not take the form away.
  const [changing, setChanging] = useState(!row.answer);
  const [done, setDone] = useState<string | null>(null);
  const writes = answers && changing;
  return (
    <Section title={t("answer.title")} aside={<StateBadge row={row} />}>
      <Stack align="flex-start">
        <DoneLine>{done}</DoneLine>
        {row.answered_at ? (
          <Text>
            {t("answer.by", {
              name: row.answered_by_name,
              moment: formatMoment(row.answered_at, currentLanguage(), zone),
            })}
          </Text>
        ) : null}
        {writes ? null : <GivenAnswer row={row} />}
        {answers && !writes ? (
          <Button
            variant="default"
            onClick={() => {
              setDone(null);
              setChanging(true);
            }}
          >
            {t("answer.change")}
          </Button>
        ) : null}
        {writes ? (
          <AnswerForm
            code={code}
            row={row}
            zone={zone}
            onSent={() => setDone(t("answer.sent"))}
            onDone={() => setChanging(false)}
          />
        ) : null}
        {answers ? null : <Unanswered row={row} isOpen={isOpen} />}
      </Stack>
    </Section>
  );
}

/** Why nobody answers here. */
function Unanswered({ row, isOpen }: { row: Event; isOpen: boolean }) {
  const { t } = useTranslation("calendar");
  if (row.answer || row.cancelled_at) return null;
  return <Text c="dimmed">{t(isOpen ? "answer.wait" : "answer.closed")}</Text>;
}
