import { Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { LARGEST_PAGE } from "@/api/every-page";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Empty } from "@/ui/empty";
import { ButtonLink } from "@/ui/links";
import { Page } from "@/ui/page";
import type { EntryAddress } from "./neighbours";
import { QUEUE_KEY } from "./queue";

const route = getRouteApi("/kerja/pusat/antrean/$wilayah/$entri");

interface Props {
  code: string;
  id: string;
  next: EntryAddress | undefined;
}

/** The entry waits no more: somebody has decided, or the district has taken it back. Says which, as far as is known. */
export function EntryGone({ code, id, next }: Props) {
  const { t } = useTranslation("review_queue");
  const filters = route.useSearch();
  const last = useQuery({
    queryKey: [QUEUE_KEY, "last-decision", code, id],
    queryFn: async ({ signal }) => {
      const { data } = await api.GET("/api/v1/districts/{code}/review-decisions", {
        params: { path: { code }, query: { limit: LARGEST_PAGE } },
        signal,
      });
      return data?.items.find((decision) => decision.evidence_id === id) ?? null;
    },
  });
  const decision = last.data;
  const word = decision?.decision === "returned" ? "returned" : "verified";
  return (
    <Page title={t("gone.title")}>
      <Empty title={t(decision ? `gone.${word}` : "gone.unknown")}>
        {decision ? (
          <>
            <Text>
              {t("gone.by", {
                name: decision.reviewer_name,
                moment: formatMoment(decision.decided_at, currentLanguage()),
              })}
            </Text>
            {decision.comment ? <Text>“{decision.comment}”</Text> : null}
          </>
        ) : (
          t("gone.body")
        )}
      </Empty>
      <Group>
        {next ? (
          <ButtonLink
            to="/pusat/antrean/$wilayah/$entri"
            params={{ wilayah: next.code, entri: next.id }}
            search={filters}
          >
            {t("gone.next")}
          </ButtonLink>
        ) : null}
        <ButtonLink variant="default" to="/pusat/kabupaten/$wilayah" params={{ wilayah: code }}>
          {t("gone.district")}
        </ButtonLink>
      </Group>
    </Page>
  );
}
