import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconCalendarOff } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { oversightMembership, useMe } from "@/api/me";
import { CardTable, type Column } from "@/ui/card-table";
import { DownloadMenu } from "@/ui/download-menu";
import { BackLink, ButtonLink } from "@/ui/links";
import { Listed } from "@/ui/listed";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ReasonDialog } from "@/ui/reason-dialog";
import {
  EVENTS,
  type OrganisedEvent,
  organisedOneQuery,
  organiserName,
  type Registration,
  registrationsQuery,
} from "./calendar";
import classes from "./calendar.module.css";
import { EventFacts } from "./event-facts";
import { answerWord, seatsTaken, useParticipantExports } from "./use-participant-exports";

const route = getRouteApi("/kerja/pusat/kalender/$kegiatan");

/** One event as its organiser sees it: which districts take part, and who. */
export function OrganisedEventPage() {
  const { t } = useTranslation(["calendar", "common"]);
  const { kegiatan: id } = route.useParams();
  const [cancelling, setCancelling] = useState(false);
  const one = useQuery(organisedOneQuery(id));
  const isNation = oversightMembership(useMe())?.scope === "nation";
  if (one.error) throw one.error;
  if (!one.data) return <PageSkeleton />;
  const row = one.data;
  const stands = !row.cancelled_at && new Date(row.event.ends_at) > new Date();
  // The ministry does not move what a province offers.
  const moves = stands && !(isNation && row.province_name);
  return (
    <Page
      width="wide"
      title={row.event.title}
      action={
        <Group gap="sm">
          {moves ? (
            <ButtonLink
              to="/pusat/kalender/$kegiatan/ubah"
              params={{ kegiatan: id }}
              variant="default"
            >
              {t("common:action.change")}
            </ButtonLink>
          ) : null}
          {stands ? (
            <Button variant="default" onClick={() => setCancelling(true)}>
              {t("organised.cancel")}
            </Button>
          ) : null}
        </Group>
      }
    >
      <BackLink to="/pusat/kalender">{t("back")}</BackLink>
      {row.cancelled_at ? (
        <Alert color="kunyit" variant="light" title={t("cancelled")} icon={<IconCalendarOff />}>
          {t("reason", { reason: row.cancelled_reason })}
        </Alert>
      ) : null}
      <Section title={t("organised.details")}>
        <EventFacts
          event={row.event}
          organiser={`${organiserName(row, t)} (${row.created_by_name})`}
          seats={seatsTaken(row, t)}
        />
      </Section>
      <Registrations row={row} />
      {cancelling ? <CancelDialog id={id} onClose={() => setCancelling(false)} /> : null}
    </Page>
  );
}

function Registrations({ row }: { row: OrganisedEvent }) {
  const { t } = useTranslation(["calendar", "common"]);
  const list = useInfiniteQuery(registrationsQuery(row.id));
  const columns = useColumns();
  const writers = useParticipantExports(row);
  const { districts, registered, declined } = row;
  return (
    <Section
      title={t("organised.registrations")}
      aside={
        <DownloadMenu
          what={t("organised.registrations")}
          name={t("export.name")}
          writers={writers}
        />
      }
    >
      <Stack>
        <Text>
          {t("organised.counts", {
            districts,
            registered,
            declined,
            silent: districts - registered - declined,
          })}
        </Text>
        <Listed list={list}>
          {(rows) => (
            <CardTable
              caption={t("organised.registrations")}
              columns={columns}
              rows={rows}
              rowKey={(registration) => registration.district_code}
            />
          )}
        </Listed>
      </Stack>
    </Section>
  );
}

function useColumns(): Column<Registration>[] {
  const { t } = useTranslation(["calendar", "common"]);
  return [
    {
      key: "district",
      label: t("organised.col_district"),
      isName: true,
      render: (row) => (
        <>
          {row.district_name}
          <Text c="dimmed" fw={400}>
            {row.province_name}
          </Text>
        </>
      ),
    },
    {
      key: "answer",
      label: t("organised.col_answer"),
      render: (row) => (
        <>
          {answerWord(t, row)}
          {row.note ? (
            <Text c="dimmed" className={classes.text}>
              “{row.note}”
            </Text>
          ) : null}
        </>
      ),
    },
    {
      key: "people",
      label: t("organised.col_people"),
      render: (row) =>
        row.participants.length === 0 ? (
          "–"
        ) : (
          <ul className={classes.list}>
            {row.participants.map(({ name, position }) => (
              <li key={`${name} ${position}`} className={classes.text}>
                {position ? `${name}, ${position}` : name}
              </li>
            ))}
          </ul>
        ),
    },
  ];
}

function CancelDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation(["calendar", "common"]);
  const client = useQueryClient();
  const cancel = useMutation({
    mutationFn: (reason: string) =>
      api.POST("/api/v1/oversight/events/{event_id}/cancellation", {
        params: { path: { event_id: id } },
        body: { reason },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: EVENTS });
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t("organised.cancel_title")}
      label={t("organised.cancel_reason")}
      act={t("organised.cancel")}
      closeLabel={t("organised.cancel_not")}
      field="reason"
      maxLength={500}
      required
      busy={cancel.isPending}
      error={cancel.error}
      onSubmit={cancel.mutate}
      onClose={onClose}
    >
      {t("organised.cancel_body")}
    </ReasonDialog>
  );
}
