import { Button } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { components } from "@/api/schema.gen";
import type { AuditEvent } from "@/api/types";
import { startOfDay } from "@/lib/day";
import { Empty } from "@/ui/empty";
import { Listed } from "@/ui/listed";
import classes from "./audit.module.css";
import { EventCard } from "./event-card";
import type { EventNames } from "./use-names";

/** Filters of a trail as they stand in the address. */
export interface TrailSearch {
  /** The kind of thing. */
  jenis?: string;
  /** One thing of that kind. */
  id?: string;
  /** The account that did it. */
  oleh?: string;
  /** Days from and to. */
  dari?: string;
  sampai?: string;
}

/** The same filters as the API takes them. */
export interface TrailQuery {
  entity?: string;
  entity_id?: string;
  actor_id?: string;
  from?: string;
  until?: string;
  cursor?: string;
  limit: number;
}

type TrailPage = components["schemas"]["Page_AuditEvent"];

interface Trail {
  /** Which trail: a district's code, or nothing for the installation's. */
  code: string | undefined;
  search: TrailSearch;
  timeZone: string;
  enabled: boolean;
  read: (query: TrailQuery, signal: AbortSignal) => Promise<TrailPage | undefined>;
}

/** The events of a trail, page after page. */
export function useTrail({ code, search, timeZone, enabled, read }: Trail) {
  const events = useInfiniteQuery({
    queryKey: ["audit", code ?? "installation", search],
    enabled,
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    // Opened to see what just happened: never an old answer.
    staleTime: 0,
    queryFn: ({ pageParam: cursor, signal }) =>
      read(
        {
          entity: search.jenis,
          entity_id: search.id,
          actor_id: search.oleh,
          from: search.dari && startOfDay(search.dari, timeZone),
          until: search.sampai && startOfDay(search.sampai, timeZone, 1),
          cursor,
          limit: 50,
        },
        signal,
      ),
    getNextPageParam: (page) => page?.next_cursor ?? undefined,
  });
  return { events, rows: events.data?.pages.flatMap((page) => page?.items ?? []) ?? [] };
}

interface Props {
  code: string | undefined;
  trail: ReturnType<typeof useTrail>;
  search: TrailSearch;
  timeZone: string;
  names: EventNames;
}

/** The list of events with its empty, waiting and broken states. */
export function EventTrail({ code, trail, search, timeZone, names }: Props) {
  const { t } = useTranslation(["audit", "common"]);
  const { events } = trail;
  return (
    <Listed
      list={events}
      empty={
        <Empty title={t("empty_title")}>
          {t(Object.values(search).some(Boolean) ? "empty_filtered" : "empty")}
        </Empty>
      }
    >
      {(rows) => (
        <ol className={classes.events} aria-label={t("list")}>
          {rows.map((event) => (
            <EventCard
              key={event.id}
              event={event}
              code={code}
              timeZone={timeZone}
              names={names}
              offersTrail={search.id === undefined}
            />
          ))}
        </ol>
      )}
    </Listed>
  );
}

/** Prints what is listed; absent while nothing is. */
export function PrintTrail({ rows }: { rows: AuditEvent[] }) {
  const { t } = useTranslation("common");
  if (rows.length === 0) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconPrinter size={20} aria-hidden />}
      onClick={() => window.print()}
    >
      {t("action.print")}
    </Button>
  );
}
