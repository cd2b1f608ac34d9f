import { Badge, Group, Text } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Empty } from "@/ui/empty";
import { AnchorLink } from "@/ui/links";
import { LoadMore } from "@/ui/load-more";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { SubNav, SubNavLink } from "@/ui/sub-nav";
import { type Event, eventsQuery, monthOf, organiserName, span } from "./calendar";
import classes from "./calendar.module.css";

const route = getRouteApi("/kerja/d/$code/kalender");

/** To what the district is invited, month by month. */
export function CalendarPage() {
  const { t } = useTranslation(["calendar", "common"]);
  const { code } = route.useParams();
  const { lewat } = route.useSearch();
  const past = lewat ?? false;
  const list = useInfiniteQuery(eventsQuery(code, past));
  const rows = list.data?.pages.flatMap((page) => page?.items ?? []) ?? [];
  return (
    <Page title={t("title")} lead={t("lead")}>
      <SubNav label={t("which")}>
        <SubNavLink to="/d/$code/kalender" params={{ code }} search={{}} isShown={!past}>
          {t("coming")}
        </SubNavLink>
        <SubNavLink
          to="/d/$code/kalender"
          params={{ code }}
          search={{ lewat: true }}
          isShown={past}
        >
          {t("past")}
        </SubNavLink>
      </SubNav>
      <ProblemAlert error={list.error} onRetry={() => list.refetch()} />
      {list.isPending ? <PageSkeleton /> : null}
      {list.isSuccess && rows.length === 0 ? (
        <Empty title={t("empty_title")}>{t(past ? "empty_past" : "empty")}</Empty>
      ) : null}
      {months(rows).map(([month, events]) => (
        <Section key={month} title={month}>
          <ul className={classes.list}>
            {events.map((event) => (
              <Row key={event.id} code={code} row={event} />
            ))}
          </ul>
        </Section>
      ))}
      <LoadMore list={list} />
    </Page>
  );
}

/** Events under the month in which they begin, in the order of the list. */
function months(rows: Event[]): [string, Event[]][] {
  const found = new Map<string, Event[]>();
  for (const row of rows) {
    const month = monthOf(row.event);
    found.set(month, [...(found.get(month) ?? []), row]);
  }
  return [...found];
}

function Row({ code, row }: { code: string; row: Event }) {
  const { t } = useTranslation(["calendar", "common"]);
  return (
    <li className={classes.item}>
      <AnchorLink to="/d/$code/kalender/$kegiatan" params={{ code, kegiatan: row.id }} fw={600}>
        {row.event.title}
      </AnchorLink>
      <Text>{span(row.event)}</Text>
      <Text c="dimmed">
        {t(`kind.${row.event.kind}`)}, {organiserName(row, t)}
      </Text>
      <Group gap="xs" mt={4}>
        <StateBadge row={row} />
      </Group>
    </li>
  );
}

/** What the district answered, or that it still may. */
export function StateBadge({ row }: { row: Event }) {
  const { t } = useTranslation("calendar");
  if (row.cancelled_at) return <Mark color="gray">{t("state.cancelled")}</Mark>;
  if (row.answer === "registered") {
    return <Mark color="laut">{t("state.registered", { count: row.participants.length })}</Mark>;
  }
  if (row.answer === "declined") return <Mark color="gray">{t("state.declined")}</Mark>;
  if (new Date(row.event.register_until) < new Date()) {
    return <Mark color="gray">{t("state.closed")}</Mark>;
  }
  return <Mark color="kunyit">{t("state.open")}</Mark>;
}

function Mark({ color, children }: { color: string; children: string }) {
  return (
    <Badge variant="light" color={color} c="black" tt="none">
      {children}
    </Badge>
  );
}
