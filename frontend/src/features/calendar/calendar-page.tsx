import { Box, Text } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { districtQuery } from "@/api/district";
import { Empty } from "@/ui/empty";
import { AnchorLink } from "@/ui/links";
import { Listed } from "@/ui/listed";
import { Page, Section } from "@/ui/page";
import { SubNav, SubNavLink } from "@/ui/sub-nav";
import { type Event, eventsQuery, monthOf, organiserName, span, spanThere } from "./calendar";
import classes from "./calendar.module.css";
import { StateBadge } from "./state-badge";

const route = getRouteApi("/kerja/d/$code/kalender");

/** To what the district is invited, month by month. */
export function CalendarPage() {
  const { t } = useTranslation(["calendar", "common"]);
  const { code } = route.useParams();
  const { lewat } = route.useSearch();
  const past = lewat ?? false;
  const list = useInfiniteQuery(eventsQuery(code, past));
  const zone = useQuery(districtQuery(code)).data?.time_zone;
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
      <Listed
        list={list}
        empty={<Empty title={t("empty_title")}>{t(past ? "empty_past" : "empty")}</Empty>}
      >
        {(rows) =>
          months(rows).map(([month, events]) => (
            <Section key={month} title={month}>
              <ul className={classes.list}>
                {events.map((event) => (
                  <Row key={event.id} code={code} row={event} zone={zone} />
                ))}
              </ul>
            </Section>
          ))
        }
      </Listed>
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

function Row({ code, row, zone }: { code: string; row: Event; zone: string | undefined }) {
  const { t } = useTranslation(["calendar", "common"]);
  const there = spanThere(row.event, zone);
  return (
    <li className={classes.item}>
      <AnchorLink to="/d/$code/kalender/$kegiatan" params={{ code, kegiatan: row.id }} fw={600}>
        {row.event.title}
      </AnchorLink>
      <Text>
        {span(row.event)}
        {there ? ` (${there})` : null}
      </Text>
      <Text c="dimmed">
        {t(`kind.${row.event.kind}`)}, {organiserName(row, t)}
      </Text>
      <Box mt={4}>
        <StateBadge row={row} />
      </Box>
    </li>
  );
}
