import { Button, Group, Select, Text } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { districtQuery } from "@/api/district";
import { may, membershipOf, useMe } from "@/api/me";
import { memberOptionsQuery } from "@/api/members";
import { PERMISSION } from "@/api/permissions";
import { startOfDay } from "@/lib/day";
import { DayInput } from "@/ui/day-input";
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
  const search = route.useSearch();
  const { jenis: entity, id: entityId } = search;
  const district = useQuery(districtQuery(code));
  const timeZone = district.data?.time_zone ?? "";
  const events = useInfiniteQuery({
    queryKey: ["audit", code, search],
    enabled: district.isSuccess,
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    // Opened to see what just happened: never an old answer.
    staleTime: 0,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const { data } = await api.GET("/api/v1/districts/{code}/audit-events", {
        params: {
          path: { code },
          query: {
            entity,
            entity_id: entityId,
            actor_id: search.oleh,
            from: search.dari && startOfDay(search.dari, timeZone),
            until: search.sampai && startOfDay(search.sampai, timeZone, 1),
            cursor,
            limit: 50,
          },
        },
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
      <Filters code={code} about={about} />
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
        <Empty title={t("empty_title")}>
          {t(Object.values(search).some(Boolean) ? "empty_filtered" : "empty")}
        </Empty>
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

/** Which kind of thing; and, when a link led here, which one; who did it, and when. */
function Filters({ code, about }: { code: string; about: string | undefined }) {
  const { t } = useTranslation("audit");
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const { jenis: entity, id: entityId } = search;
  const seesMembers = may(membershipOf(useMe(), code), PERMISSION.membersRead);
  const members = useQuery({ ...memberOptionsQuery(code), enabled: seesMembers });
  const filter = (part: typeof search) => navigate({ search: { ...search, ...part } });
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
          onChange={(value) => filter({ jenis: value ?? undefined, id: undefined })}
        />
        {seesMembers ? (
          <Select
            label={t("who")}
            placeholder={t("everyone")}
            clearable
            clearButtonProps={{ "aria-label": t("everyone") }}
            searchable
            flex="0 1 18rem"
            data={(members.data ?? []).map(({ account_id, name }) => ({
              value: account_id,
              label: name,
            }))}
            value={search.oleh ?? null}
            onChange={(value) => filter({ oleh: value ?? undefined })}
          />
        ) : null}
        <DayInput
          label={t("from")}
          description=""
          w="11rem"
          value={search.dari ?? null}
          onChange={(day) => filter({ dari: day ?? undefined })}
        />
        <DayInput
          label={t("until")}
          description=""
          w="11rem"
          value={search.sampai ?? null}
          onChange={(day) => filter({ sampai: day ?? undefined })}
        />
        {Object.values(search).some(Boolean) ? (
          <Button variant="subtle" onClick={() => navigate({ search: {} })}>
            {t("clear")}
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
