import { Button, Group, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { draftQuery, previewQuery, type StandardDraft } from "@/api/standards";
import { ifMatch, type Versioned } from "@/api/versioned";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { Empty } from "@/ui/empty";
import { BackLink, ButtonLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { SubNav, SubNavLink } from "@/ui/sub-nav";
import { ChangesList } from "./changes-list";
import { DraftContent } from "./draft-content";
import { ImpactSection } from "./impact-section";

const route = getRouteApi("/kerja/pusat/standar/rancangan");

/** The parts of the draft's page. */
export const DRAFT_PARTS = ["isi", "perubahan", "dampak"] as const;

/** The draft of the next version: its items, what is different, what it would do to districts. */
export function DraftPage() {
  const { t } = useTranslation("standards");
  const draft = useQuery(draftQuery);
  const { bagian = "isi" } = route.useSearch();
  const open = draft.data;
  const version = open?.value.version ?? "";
  return (
    <Page
      width="wide"
      title={open ? t("draft.title", { version }) : t("draft.title_none")}
      lead={open ? <Saved draft={open.value} /> : undefined}
      action={open ? <Discard draft={open} /> : undefined}
    >
      <BackLink to="/pusat/standar">{t("draft.back")}</BackLink>
      <ProblemAlert error={draft.error} onRetry={() => draft.refetch()} />
      {draft.isPending ? <PageSkeleton /> : null}
      {draft.isSuccess && !open ? (
        <Empty title={t("draft.none_title")}>
          <Text mb="md">{t("draft.none")}</Text>
          <ButtonLink to="/pusat/standar">{t("draft.back")}</ButtonLink>
        </Empty>
      ) : null}
      {open ? (
        <>
          <SubNav label={t("draft.parts")}>
            {DRAFT_PARTS.map((part) => (
              <SubNavLink
                key={part}
                to="/pusat/standar/rancangan"
                search={part === "isi" ? {} : { bagian: part }}
                isShown={part === bagian}
              >
                {t(`draft.part.${part}`, { count: open.value.changes.length })}
              </SubNavLink>
            ))}
          </SubNav>
          {bagian === "isi" ? <DraftContent draft={open} /> : null}
          {bagian === "perubahan" ? <ChangesList changes={open.value.changes} /> : null}
          {bagian === "dampak" ? <ImpactSection draft={open.value} /> : null}
        </>
      ) : null}
    </Page>
  );
}

function Saved({ draft }: { draft: StandardDraft }) {
  const { t } = useTranslation("standards");
  return t("draft.saved", {
    version: draft.base_version,
    name: draft.updated_by_name,
    moment: formatMoment(draft.updated_at, currentLanguage()),
  });
}

function Discard({ draft }: { draft: Versioned<StandardDraft> }) {
  const { t } = useTranslation("standards");
  const client = useQueryClient();
  const navigate = useNavigate();
  const [asked, setAsked] = useState(false);
  const discard = useMutation({
    mutationFn: async () => {
      await api.DELETE("/api/v1/oversight/standard-draft", {
        params: { header: ifMatch(draft.etag) },
      });
    },
    onSuccess: async () => {
      client.removeQueries({ queryKey: previewQuery.queryKey });
      await navigate({ to: "/pusat/standar", ignoreBlocker: true });
      await client.invalidateQueries({ queryKey: draftQuery.queryKey });
    },
    onError: () => client.invalidateQueries({ queryKey: draftQuery.queryKey }),
  });
  return (
    <Group>
      <Button variant="default" onClick={() => setAsked(true)}>
        {t("draft.discard")}
      </Button>
      <ConfirmDialog
        opened={asked}
        danger
        title={t("draft.discard_title")}
        confirm={t("draft.discard")}
        busy={discard.isPending}
        error={discard.error}
        onConfirm={() => discard.mutate()}
        onClose={() => setAsked(false)}
      >
        {t("draft.discard_body", { count: draft.value.changes.length })}
      </ConfirmDialog>
    </Group>
  );
}
