import { Button, Group, Select, Text } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { districtQuery } from "@/api/district";
import { Empty } from "@/ui/empty";
import { PageSkeleton } from "@/ui/loading";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import classes from "./audit.module.css";
import { EventCard } from "./event-card";
import { thingGroups, thingName } from "./things";
import { useNames } from "./use-names";

const route = getRouteApi("/kerja/d/$code/jejak-audit");

/** Who did what to what, when. Filters live in the address. */
export function AuditPage() {
  const { t } = useTranslation(["audit", "common"]);
  const { code } = route.useParams();
  const { jenis: entity, id: entityId } = route.useSearch();
  const district = useQuery(districtQuery(code));
  const events = useInfiniteQuery({
    queryKey: ["audit", code, entity, entityId],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    // Opened to see what just happened: never an old answer.
    staleTime: 0,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const { data } = await api.GET("/api/v1/districts/{code}/audit-events", {
        params: { path: { code }, query: { entity, entity_id: entityId, cursor, limit: 50 } },
        signal,
      });
      return data;
    },
    getNextPageParam: (page) => page?.next_cursor ?? undefined,
  });
  const rows = events.data?.pages.flatMap((page) => page?.items ?? []) ?? [];
  const names = useNames(code, rows);
  if (district.error) throw district.error;
  if (!district.data) return <PageSkeleton />;
  const about = entity && entityId ? names.thing(entity, entityId) : undefined;
  return (
    <Page
      width="wide"
      title={t("title", { unit: district.data.unit_name })}
      lead={t("lead")}
      action={
        rows.length > 0 ? (
          <Button
            variant="default"
            leftSection={<IconPrinter size={20} aria-hidden />}
            onClick={() => window.print()}
          >
            {t("common:action.print")}
          </Button>
        ) : null
      }
    >
      <Filters about={about} />
      <ProblemAlert error={events.error} onRetry={() => events.refetch()} />
      {events.isPending ? <PageSkeleton /> : null}
      {rows.length > 0 ? (
        <ol className={classes.events} aria-label={t("list")}>
          {rows.map((event) => (
            <EventCard
              key={event.id}
              event={event}
              code={code}
              timeZone={district.data.time_zone}
              names={names}
              offersTrail={entityId === undefined}
            />
          ))}
        </ol>
      ) : null}
      {events.isSuccess && rows.length === 0 ? (
        <Empty title={t("empty_title")}>{t(entity ? "empty_filtered" : "empty")}</Empty>
      ) : null}
      {events.hasNextPage ? (
        <Button
          variant="default"
          loading={events.isFetchingNextPage}
          onClick={() => events.fetchNextPage()}
        >
          {t("common:action.load_more")}
        </Button>
      ) : null}
    </Page>
  );
}

/** Which kind of thing; and, when a link led here, which one. */
function Filters({ about }: { about: string | undefined }) {
  const { t } = useTranslation("audit");
  const navigate = route.useNavigate();
  const { jenis: entity, id: entityId } = route.useSearch();
  return (
    <>
      <Group component="search" align="flex-end" gap="sm" className="sp-screen-only">
        <Select
          label={t("kind")}
          placeholder={t("all")}
          clearable
          clearButtonProps={{ "aria-label": t("all") }}
          searchable
          nothingFoundMessage={t("no_kind")}
          flex="0 1 24rem"
          data={thingGroups()}
          value={entity ?? null}
          onChange={(value) => navigate({ search: value ? { jenis: value } : {} })}
        />
        {entity ? (
          <Button variant="subtle" onClick={() => navigate({ search: {} })}>
            {t("all")}
          </Button>
        ) : null}
      </Group>
      {entity ? (
        <Text role="status">
          {entityId
            ? t(about ? "about_titled" : "about_one", { thing: thingName(entity), title: about })
            : t("about", { thing: thingName(entity) })}
        </Text>
      ) : null}
    </>
  );
}
