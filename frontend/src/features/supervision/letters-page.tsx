import { Text } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { districtQuery } from "@/api/district";
import { LARGEST_PAGE } from "@/api/every-page";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { BackLink } from "@/ui/links";
import { Listed } from "@/ui/listed";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { DistrictParts } from "./district-parts";
import classes from "./past.module.css";

const route = getRouteApi("/kerja/pusat/kabupaten/$wilayah/surat");

/** What province and ministry wrote to a district: decisions with their comments, and reminders. */
export function LettersPage() {
  const { t } = useTranslation(["supervision", "common"]);
  const { wilayah: code } = route.useParams();
  const district = useQuery(districtQuery(code));
  if (district.error) throw district.error;
  if (!district.data) return <PageSkeleton />;
  const { name, time_zone } = district.data;
  return (
    <Page width="wide" title={t("letters.title", { district: name })} lead={t("letters.lead")}>
      <BackLink to="/pusat/kabupaten">{t("review.back")}</BackLink>
      <DistrictParts code={code} shown="letters" />
      <Decisions code={code} zone={time_zone} />
      <Nudges code={code} zone={time_zone} />
    </Page>
  );
}

interface Props {
  code: string;
  /** The district's clock. */
  zone: string;
}

const WORDS = ["verified", "confirmed", "returned"] as const;

function Decisions({ code, zone }: Props) {
  const { t } = useTranslation(["supervision", "common"]);
  const decisions = useInfiniteQuery({
    queryKey: ["review-queue", "decisions", code],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const { data } = await api.GET("/api/v1/districts/{code}/review-decisions", {
        params: { path: { code }, query: { cursor, limit: 50 } },
        signal,
      });
      return data;
    },
    getNextPageParam: (page) => page?.next_cursor ?? undefined,
  });
  return (
    <Section title={t("letters.decisions")}>
      <Listed list={decisions} empty={<Text c="dimmed">{t("letters.no_decisions")}</Text>}>
        {(rows) => (
          <ul className={classes.letters}>
            {rows.map((row) => (
              <li key={row.id}>
                <Text fw={600}>
                  {t(`letters.${WORDS.find((word) => word === row.decision) ?? "verified"}`, {
                    what: row.title ? `${row.item_code} “${row.title}”` : row.item_code,
                  })}
                </Text>
                {row.comment ? <Text>“{row.comment}”</Text> : null}
                <Text c="dimmed">
                  {row.reviewer_name}, {formatMoment(row.decided_at, currentLanguage(), zone)}
                </Text>
              </li>
            ))}
          </ul>
        )}
      </Listed>
    </Section>
  );
}

function Nudges({ code, zone }: Props) {
  const { t } = useTranslation(["supervision", "national"]);
  const nudges = useQuery({
    queryKey: ["nudges", code],
    queryFn: async ({ signal }) => {
      // Once a week at most: these are years.
      const { data } = await api.GET("/api/v1/districts/{code}/nudges", {
        params: { path: { code }, query: { limit: LARGEST_PAGE } },
        signal,
      });
      return data?.items ?? [];
    },
  });
  const language = currentLanguage();
  return (
    <Section title={t("letters.nudges")}>
      <ProblemAlert error={nudges.error} onRetry={() => nudges.refetch()} />
      {nudges.data?.length === 0 ? <Text c="dimmed">{t("letters.no_nudges")}</Text> : null}
      <ul className={classes.letters}>
        {nudges.data?.map((nudge) => (
          <li key={nudge.id}>
            <Text fw={600}>
              {nudge.obstacles.map(({ kind }) => t(`national:obstacle.${kind}`)).join(", ") ||
                t("letters.nudge")}
            </Text>
            {nudge.message ? <Text>“{nudge.message}”</Text> : null}
            <Text c="dimmed">
              {nudge.sent_by_name}, {formatMoment(nudge.sent_at, language, zone)}.{" "}
              {nudge.opened_at
                ? t("letters.opened", { moment: formatMoment(nudge.opened_at, language, zone) })
                : t("letters.unopened")}
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}
