import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { api } from "@/api/client";
import { everyPage } from "@/api/every-page";
import type { Reply } from "@/api/types";
import { formatClock, formatDate, formatMonth, zoneName } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";

export type Event = Reply<"/api/v1/districts/{code}/events/{event_id}", "get">;
export type OrganisedEvent = Reply<"/api/v1/oversight/events/{event_id}", "get">;
export type Details = Event["event"];
export type Registration = Reply<
  "/api/v1/oversight/events/{event_id}/registrations",
  "get"
>["items"][number];

/** Everything about events, for `invalidateQueries`. */
export const EVENTS = ["events"] as const;

/** To what a district is invited: the next first, or what is over, the latest first. */
export function eventsQuery(code: string, past: boolean) {
  return infiniteQueryOptions({
    queryKey: [...EVENTS, "invited", code, past],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const { data } = await api.GET("/api/v1/districts/{code}/events", {
        params: { path: { code }, query: { cursor, limit: 50, past: past || undefined } },
        signal,
      });
      return data;
    },
    getNextPageParam: (page) => page?.next_cursor ?? undefined,
  });
}

/** One event, as a district sees it. */
export function eventQuery(code: string, id: string) {
  return queryOptions({
    queryKey: [...EVENTS, "one", code, id],
    // Others take seats, and the organiser may have cancelled it a moment ago.
    staleTime: 0,
    queryFn: async ({ signal }): Promise<Event> => {
      const { data } = await api.GET("/api/v1/districts/{code}/events/{event_id}", {
        params: { path: { code, event_id: id } },
        signal,
      });
      if (!data) throw new Error("the event has no body");
      return data;
    },
  });
}

/** What is offered within reach, the latest first. */
export const organisedQuery = infiniteQueryOptions({
  queryKey: [...EVENTS, "organised"],
  initialPageParam: undefined as string | undefined,
  queryFn: async ({ pageParam: cursor, signal }) => {
    const { data } = await api.GET("/api/v1/oversight/events", {
      params: { query: { cursor, limit: 50 } },
      signal,
    });
    return data;
  },
  getNextPageParam: (page) => page?.next_cursor ?? undefined,
});

/** One event, as its organiser sees it. */
export function organisedOneQuery(id: string) {
  return queryOptions({
    queryKey: [...EVENTS, "organised", id],
    queryFn: async ({ signal }): Promise<OrganisedEvent> => {
      const { data } = await api.GET("/api/v1/oversight/events/{event_id}", {
        params: { path: { event_id: id } },
        signal,
      });
      if (!data) throw new Error("the event has no body");
      return data;
    },
  });
}

/** The invited districts and what they answered. */
export function registrationsQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: [...EVENTS, "registrations", id],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const { data } = await api.GET("/api/v1/oversight/events/{event_id}/registrations", {
        params: { path: { event_id: id }, query: { cursor, limit: 100 } },
        signal,
      });
      return data;
    },
    getNextPageParam: (page) => page?.next_cursor ?? undefined,
  });
}

/** The same, all of them at once and asked for anew: what is taken along must not miss who answered a minute ago. */
export function allRegistrations(id: string): Promise<Registration[]> {
  return everyPage((page) =>
    api.GET("/api/v1/oversight/events/{event_id}/registrations", {
      params: { path: { event_id: id }, query: page },
    }),
  );
}

/** Who invites: the ministry, or a province. */
export function organiserName(
  row: { province_name?: string | null },
  t: TFunction<["calendar", "common"]>,
): string {
  return row.province_name ? t("province", { name: row.province_name }) : t("ministry");
}

/** From when to when on a clock, the event's own unless another is named: "5 Februari 2030, 08.00–15.00 WIB". */
export function span({ starts_at, ends_at, time_zone }: Details, zone = time_zone): string {
  const language = currentLanguage();
  const [first, last] = [starts_at, ends_at].map((at) => formatDate(at, language, zone));
  const [from, to] = [starts_at, ends_at].map((at) => formatClock(new Date(at), language, zone));
  const name = zoneName(zone);
  return first === last
    ? `${first}, ${from}–${to} ${name}`
    : `${first}, ${from} – ${last}, ${to} ${name}`;
}

/** The same on the clock of a district, as short as can be; null where both clocks are one. */
export function spanThere(event: Details, zone: string | undefined): string | null {
  if (!zone || zoneName(zone) === zoneName(event.time_zone)) return null;
  const language = currentLanguage();
  const moments = [event.starts_at, event.ends_at];
  const days = [event.time_zone, zone].flatMap((clock) =>
    moments.map((at) => formatDate(at, language, clock)),
  );
  if (new Set(days).size > 1) return span(event, zone);
  const [from, to] = moments.map((at) => formatClock(new Date(at), language, zone));
  return `${from}–${to} ${zoneName(zone)}`;
}

/** The month in which an event begins, on the event's clock: "Februari 2030". */
export function monthOf({ starts_at, time_zone }: Details): string {
  return formatMonth(starts_at, currentLanguage(), time_zone);
}
