import { Alert, Button, Group, Progress, Select, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import {
  allImpacts,
  draftQuery,
  impactsPage,
  previewQuery,
  type StandardDraft,
  type StandardPreview,
} from "@/api/standards";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Empty } from "@/ui/empty";
import { Facts } from "@/ui/facts";
import { LoadMore } from "@/ui/load-more";
import { PageSkeleton } from "@/ui/loading";
import { Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { ProvinceSelect } from "@/ui/province-select";
import { ImpactTable } from "./impact-table";
import { PublishDialog } from "./publish-dialog";
import { useImpactCsv } from "./use-impact-csv";

const route = getRouteApi("/kerja/pusat/standar/rancangan");

/** What may happen to a district; the words of the filter. */
export const EFFECTS = ["worse", "better", "same", "loses_complete", "newly_blocked"] as const;

/** What the draft would do to every district, and publishing it once that was seen. */
export function ImpactSection({ draft }: { draft: StandardDraft }) {
  const { t } = useTranslation("standards");
  const client = useQueryClient();
  const preview = useQuery(previewQuery);
  const start = useMutation({
    mutationFn: async () => {
      const { data } = await api.POST("/api/v1/oversight/standard-draft/preview", {});
      return data;
    },
    onSuccess: (data) => {
      client.removeQueries({ queryKey: ["standards", "impacts"] });
      client.setQueryData(previewQuery.queryKey, data);
    },
    onError: () => client.invalidateQueries({ queryKey: draftQuery.queryKey }),
  });
  const shown = preview.data;
  if (preview.isPending) return <PageSkeleton />;
  return (
    <>
      <Section title={t("impact.title")}>
        <Stack>
          <Text>{t("impact.how")}</Text>
          <ProblemAlert error={preview.error ?? start.error} />
          {shown ? <HowFar preview={shown} /> : null}
          {shown && !shown.is_current ? (
            <Alert color="kunyit" variant="light" title={t("impact.outdated_title")}>
              {t("impact.outdated")}
            </Alert>
          ) : null}
          <Group>
            <Button
              variant={shown?.is_current ? "default" : "filled"}
              loading={start.isPending || Boolean(shown && !shown.finished_at)}
              onClick={() => start.mutate()}
            >
              {t(shown ? "impact.again" : "impact.start")}
            </Button>
            <Publish draft={draft} preview={shown ?? null} />
          </Group>
        </Stack>
      </Section>
      {shown?.finished_at ? <Districts preview={shown} /> : null}
    </>
  );
}

function HowFar({ preview }: { preview: StandardPreview }) {
  const { t } = useTranslation("standards");
  const language = currentLanguage();
  const { done, districts, failed, totals } = preview;
  if (!preview.finished_at) {
    const percent = districts > 0 ? Math.floor((done / districts) * 100) : 0;
    return (
      <div>
        <Text role="status">{t("impact.running", { done, districts })}</Text>
        <Progress value={percent} mt="xs" aria-label={t("impact.progress")} />
      </div>
    );
  }
  return (
    <Stack gap="xs">
      <Text role="status">
        {t("impact.finished", {
          count: done,
          version: preview.against_version,
          moment: formatMoment(preview.finished_at, language),
        })}
      </Text>
      {failed > 0 ? (
        <Alert color="kunyit" variant="light">
          {t("impact.failed", { count: failed })}
        </Alert>
      ) : null}
      <Facts
        items={[
          { label: t("effect.worse"), value: String(totals.worse) },
          { label: t("effect.better"), value: String(totals.better) },
          { label: t("effect.same"), value: String(totals.same) },
          {
            label: t("effect.loses_complete"),
            value: t("impact.loses_complete", {
              count: totals.loses_complete,
              live: totals.live_loses_complete,
            }),
          },
          { label: t("effect.newly_blocked"), value: String(totals.newly_blocked) },
        ]}
      />
    </Stack>
  );
}

/** Publishing, or why not yet. */
function Publish({ draft, preview }: { draft: StandardDraft; preview: StandardPreview | null }) {
  const { t } = useTranslation("standards");
  const [opened, setOpened] = useState(false);
  const ready = Boolean(
    preview?.is_current && preview.finished_at && preview.failed === 0 && draft.changes.length > 0,
  );
  const why = draft.changes.length === 0 ? "impact.nothing" : "impact.first";
  return (
    <>
      <Button disabled={!ready} onClick={() => setOpened(true)}>
        {t("publish.open", { version: draft.version })}
      </Button>
      {ready ? null : <Text c="dimmed">{t(why)}</Text>}
      {opened && preview ? (
        <PublishDialog draft={draft} preview={preview} onClose={() => setOpened(false)} />
      ) : null}
    </>
  );
}

function Districts({ preview }: { preview: StandardPreview }) {
  const { t } = useTranslation("standards");
  const { provinsi: province, akibat: effect } = route.useSearch();
  const navigate = route.useNavigate();
  const filter = { province, effect };
  const list = useInfiniteQuery({
    queryKey: ["standards", "impacts", preview.content_hash, preview.finished_at, filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => impactsPage(filter, pageParam, signal),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const saveCsv = useImpactCsv();
  const download = useMutation({ mutationFn: async () => saveCsv(await allImpacts(filter)) });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section
      title={t("impact.districts")}
      aside={
        <Button
          variant="subtle"
          leftSection={<IconDownload size={20} aria-hidden />}
          loading={download.isPending}
          onClick={() => download.mutate()}
        >
          {t("impact.download")}
        </Button>
      }
    >
      <Stack>
        <Group align="flex-end">
          <ProvinceSelect
            label={t("impact.province")}
            placeholder={t("impact.all")}
            value={province}
            onChange={(provinsi) =>
              void navigate({ search: (now) => ({ ...now, provinsi }), replace: true })
            }
          />
          <Select
            label={t("impact.effect")}
            placeholder={t("impact.all")}
            clearable
            data={EFFECTS.map((value) => ({ value, label: t(`effect.${value}`) }))}
            value={effect ?? null}
            onChange={(akibat) =>
              void navigate({
                search: (now) => ({ ...now, akibat: akibat ?? undefined }),
                replace: true,
              })
            }
          />
        </Group>
        <ProblemAlert error={list.error ?? download.error} onRetry={() => list.refetch()} />
        {list.isPending ? <PageSkeleton /> : null}
        {rows.length > 0 ? <ImpactTable rows={rows} /> : null}
        {list.isSuccess && rows.length === 0 ? (
          <Empty title={t("impact.none_title")}>{t("impact.none")}</Empty>
        ) : null}
        <LoadMore list={list} />
      </Stack>
    </Section>
  );
}
