import { Alert, Button, Group, List, MultiSelect, Stack, Text, Textarea } from "@mantine/core";
import { IconCalendarOff, IconCalendarPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { icsOf } from "@/lib/ics";
import { saveBlob } from "@/lib/save-blob";
import { BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { EVENTS, type Event, eventQuery, organiserName } from "./calendar";
import { StateBadge } from "./calendar-page";
import { EventFacts } from "./event-facts";

const route = getRouteApi("/kerja/d/$code/kalender/$kegiatan");

/** One event to which the district is invited, and its answer. */
export function EventPage() {
  const { t } = useTranslation(["calendar", "common"]);
  const { code, kegiatan: id } = route.useParams();
  const one = useQuery(eventQuery(code, id));
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
          onClick={() => saveIcs(row)}
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
          seats={
            row.seats_left === null || row.seats_left === undefined
              ? t("seats.free")
              : t("seats.left", { left: row.seats_left, seats: row.event.seats })
          }
        />
      </Section>
      <Answer code={code} row={row} />
    </Page>
  );
}

function saveIcs(row: Event) {
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
  saveBlob(new Blob([text], { type: "text/calendar;charset=utf-8" }), `${row.id}.ics`);
}

function Answer({ code, row }: { code: string; row: Event }) {
  const { t } = useTranslation(["calendar", "common"]);
  const membership = membershipOf(useMe(), code);
  const isOpen = !row.cancelled_at && new Date(row.event.register_until) >= new Date();
  const answers = isOpen && may(membership, PERMISSION.announcementsRespond);
  const [changing, setChanging] = useState(false);
  return (
    <Section title={t("answer.title")} aside={<StateBadge row={row} />}>
      <Stack align="flex-start">
        {row.answered_at ? (
          <Text>
            {t("answer.by", {
              name: row.answered_by_name,
              moment: formatMoment(row.answered_at, currentLanguage()),
            })}
          </Text>
        ) : null}
        {row.participants.length > 0 ? (
          <List>
            {row.participants.map((person) => (
              <List.Item key={person.account_id}>
                {person.name}, {person.role}
              </List.Item>
            ))}
          </List>
        ) : null}
        {row.note ? <Text>“{row.note}”</Text> : null}
        {answers && row.answer && !changing ? (
          <Button variant="default" onClick={() => setChanging(true)}>
            {t("answer.change")}
          </Button>
        ) : null}
        {answers && (!row.answer || changing) ? (
          <AnswerForm code={code} row={row} onDone={() => setChanging(false)} />
        ) : null}
        {answers || row.answer ? null : (
          <Text c="dimmed">{t(isOpen ? "answer.wait" : "answer.closed")}</Text>
        )}
      </Stack>
    </Section>
  );
}

function AnswerForm({ code, row, onDone }: { code: string; row: Event; onDone: () => void }) {
  const { t } = useTranslation(["calendar", "common"]);
  const client = useQueryClient();
  const [people, setPeople] = useState(row.participants.map((person) => person.account_id));
  const [note, setNote] = useState(row.note);
  const members = useQuery({
    queryKey: ["members", code, "participants"],
    queryFn: async ({ signal }) => {
      const { data } = await api.GET("/api/v1/districts/{code}/members", {
        params: { path: { code }, query: { limit: 200 } },
        signal,
      });
      return data?.items ?? [];
    },
  });
  const answer = useMutation({
    mutationFn: (word: "registered" | "declined") =>
      api.POST("/api/v1/districts/{code}/events/{event_id}/answer", {
        params: { path: { code, event_id: row.id } },
        body: {
          answer: word,
          account_ids: word === "registered" ? people : [],
          note: note.trim(),
        },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: EVENTS });
      onDone();
    },
    // Somebody else may have taken the last seats.
    onError: () => client.invalidateQueries({ queryKey: EVENTS }),
  });
  return (
    <Stack w="100%">
      <MultiSelect
        label={t("answer.people")}
        description={t("answer.people_hint")}
        searchable
        data={(members.data ?? []).map((member) => ({
          value: member.account_id,
          label: member.name,
        }))}
        value={people}
        onChange={setPeople}
      />
      <Textarea
        label={t("answer.note")}
        description={t("answer.note_hint")}
        autosize
        minRows={2}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <ProblemAlert error={members.error ?? answer.error} />
      <Group>
        <Button
          disabled={people.length === 0}
          loading={answer.isPending && answer.variables === "registered"}
          onClick={() => answer.mutate("registered")}
        >
          {t("answer.register")}
        </Button>
        <Button
          variant="default"
          loading={answer.isPending && answer.variables === "declined"}
          onClick={() => answer.mutate("declined")}
        >
          {t("answer.decline")}
        </Button>
      </Group>
    </Stack>
  );
}
