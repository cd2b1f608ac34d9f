import { Text, Title } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { districtQuery } from "@/api/district";
import type { Reply } from "@/api/types";
import { formatClock, formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Empty } from "@/ui/empty";
import { BackLink } from "@/ui/links";
import { Listed } from "@/ui/listed";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { deedName } from "@/ui/record/deeds";
import { DistrictParts } from "./district-parts";
import classes from "./past.module.css";

const route = getRouteApi("/kerja/pusat/kabupaten/$wilayah/riwayat");

type SetupEvent = Reply<"/api/v1/districts/{code}/setup-events", "get">["items"][number];

/** Who did what to the setup of a district and when, day by day, the newest first. */
export function HistoryPage() {
  const { t } = useTranslation(["supervision", "common"]);
  const { wilayah: code } = route.useParams();
  const district = useQuery(districtQuery(code));
  const events = useInfiniteQuery({
    queryKey: ["setup-events", code],
    initialPageParam: undefined as string | undefined,
    // Reading it is recorded: once a visit is enough.
    staleTime: 60_000,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const { data } = await api.GET("/api/v1/districts/{code}/setup-events", {
        params: { path: { code }, query: { cursor, limit: 100 } },
        signal,
      });
      return data;
    },
    getNextPageParam: (page) => page?.next_cursor ?? undefined,
  });
  if (district.error) throw district.error;
  if (!district.data) return <PageSkeleton />;
  const { name, time_zone } = district.data;
  return (
    <Page width="wide" title={t("history.title", { district: name })} lead={t("history.lead")}>
      <BackLink to="/pusat/kabupaten">{t("review.back")}</BackLink>
      <DistrictParts code={code} shown="history" />
      <Listed
        list={events}
        empty={<Empty title={t("history.empty_title")}>{t("history.empty")}</Empty>}
      >
        {(rows) =>
          byDay(rows, time_zone).map(({ day, events: ofDay }) => (
            <Section key={day}>
              <Title order={2} className={classes.day}>
                {day}
              </Title>
              <ul className={classes.list}>
                {ofDay.map((event) => (
                  <Line key={event.id} event={event} zone={time_zone} />
                ))}
              </ul>
            </Section>
          ))
        }
      </Listed>
    </Page>
  );
}

function Line({ event, zone }: { event: SetupEvent; zone: string }) {
  const what = [event.item_code, event.title && `“${event.title}”`].filter(Boolean).join(" ");
  return (
    <li>
      <Text span c="dimmed" inherit className={classes.clock}>
        {formatClock(new Date(event.at), currentLanguage(), zone)}
      </Text>
      <span>
        <b>{event.actor_name}</b> {deedName(event)} {what}
      </span>
    </li>
  );
}

/** Neighbours of one day of the district's clock under one heading. */
function byDay(events: SetupEvent[], zone: string) {
  const days: { day: string; events: SetupEvent[] }[] = [];
  for (const event of events) {
    const day = formatDate(event.at, currentLanguage(), zone);
    const last = days.at(-1);
    if (last?.day === day) last.events.push(event);
    else days.push({ day, events: [event] });
  }
  return days;
}
