import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { may, oversightMembership, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { changesQuery, draftQuery, editionsQuery, type StandardEdition } from "@/api/standards";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Facts } from "@/ui/facts";
import { ButtonLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { ChangesList } from "./changes-list";

const route = getRouteApi("/kerja/pusat/standar");

/** The versions of the national standard, and the way to the next one. */
export function StandardsPage() {
  const { t } = useTranslation("standards");
  const editions = useQuery(editionsQuery);
  const { baru } = route.useSearch();
  const fresh = editions.data?.find((one) => one.id === baru);
  const mayDraft = may(oversightMembership(useMe()), PERMISSION.standardManage);
  return (
    <Page title={t("title")} lead={t("lead")}>
      {fresh ? (
        <Alert role="status" color="laut" variant="light" title={t("published_title")}>
          {t("published", { name: fresh.title[currentLanguage()] })}
        </Alert>
      ) : null}
      {mayDraft ? <NextVersion /> : null}
      <ProblemAlert error={editions.error} onRetry={() => editions.refetch()} />
      {editions.isPending ? <PageSkeleton /> : null}
      {editions.data?.map((edition) => (
        <Edition key={edition.id} edition={edition} />
      ))}
    </Page>
  );
}

function NextVersion() {
  const { t } = useTranslation("standards");
  const client = useQueryClient();
  const navigate = useNavigate();
  const draft = useQuery(draftQuery);
  const begin = useMutation({
    mutationFn: async () => {
      await api.POST("/api/v1/oversight/standard-draft", {});
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: draftQuery.queryKey });
      await navigate({ to: "/pusat/standar/rancangan" });
    },
    onError: () => client.invalidateQueries({ queryKey: draftQuery.queryKey }),
  });
  const open = draft.data?.value;
  return (
    <Section title={t("next.title")}>
      <Stack>
        <ProblemAlert error={draft.error ?? begin.error} />
        {open ? (
          <>
            <Text>
              {t("next.open", {
                version: open.version,
                name: open.updated_by_name,
                count: open.changes.length,
              })}
            </Text>
            <Group>
              <ButtonLink to="/pusat/standar/rancangan">{t("next.go_on")}</ButtonLink>
            </Group>
          </>
        ) : (
          <>
            <Text>{t("next.none")}</Text>
            <Group>
              <Button
                loading={begin.isPending}
                disabled={draft.isPending}
                onClick={() => begin.mutate()}
              >
                {t("next.begin")}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Section>
  );
}

function Edition({ edition }: { edition: StandardEdition }) {
  const { t } = useTranslation("standards");
  const language = currentLanguage();
  const day = (value: string) => formatDate(value, language);
  return (
    <Section title={edition.title[language]}>
      <Facts
        items={[
          { label: t("edition.state"), value: t(`state.${edition.state}`) },
          { label: t("edition.effective"), value: day(edition.effective_from) },
          ...(edition.grace_days > 0
            ? [
                {
                  label: t("edition.grace"),
                  value: t("edition.grace_days", {
                    count: edition.grace_days,
                    day: day(edition.counts_from),
                  }),
                },
              ]
            : []),
          { label: t("edition.items"), value: String(edition.items) },
          {
            label: t("edition.status"),
            value: [t(`status.${edition.status}`), edition.basis].filter(Boolean).join(": "),
          },
        ]}
      />
      {edition.supersedes ? <EditionChanges edition={edition} from={edition.supersedes} /> : null}
    </Section>
  );
}

function EditionChanges({ edition, from }: { edition: StandardEdition; from: string }) {
  const { t } = useTranslation("standards");
  const [shown, setShown] = useState(false);
  const changes = useQuery({ ...changesQuery(edition.version), enabled: shown });
  return (
    <Stack mt="md">
      <Group>
        <Button variant="default" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {t(shown ? "edition.hide_changes" : "edition.show_changes", { version: from })}
        </Button>
      </Group>
      <ProblemAlert error={changes.error} onRetry={() => changes.refetch()} />
      {shown && changes.isPending ? <PageSkeleton /> : null}
      {shown && changes.data ? <ChangesList changes={changes.data} /> : null}
      {edition.state === "grace" ? (
        <Alert color="laut" variant="light">
          {t("edition.grace_means", {
            version: from,
            day: formatDate(edition.counts_from, currentLanguage()),
          })}
        </Alert>
      ) : null}
    </Stack>
  );
}
