import { Button, Group } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type BoundarySet, boundariesQuery } from "@/api/boundaries";
import { api } from "@/api/client";
import { may, oversightMembership, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { ifMatch } from "@/api/versioned";
import { formatFileSize, formatMoment, formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { DoneLine } from "@/ui/done-line";
import { Empty } from "@/ui/empty";
import { Facts } from "@/ui/facts";
import { ButtonLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { LoadForm } from "./load-form";
import { Missing } from "./missing";

const DONE = { applied: "form.applied", removed: "current.removed" } as const;

/** The boundaries that the national map is drawn with: what is loaded, another file, none. */
export function BoundariesPage() {
  const { t } = useTranslation("boundaries");
  const boundaries = useQuery(boundariesQuery);
  const mayLoad = may(oversightMembership(useMe()), PERMISSION.boundariesManage);
  const [done, setDone] = useState<keyof typeof DONE>();
  const loaded = boundaries.data?.value.loaded;
  return (
    <Page width="text" title={t("title")} lead={t("lead")}>
      <ProblemAlert error={boundaries.error} onRetry={() => boundaries.refetch()} />
      {boundaries.isPending ? <PageSkeleton /> : null}
      <DoneLine>{done ? t(DONE[done]) : null}</DoneLine>
      {boundaries.data ? (
        <>
          {loaded ? (
            <Current
              loaded={loaded}
              etag={boundaries.data.etag}
              mayRemove={mayLoad}
              onRemoved={() => setDone("removed")}
            />
          ) : (
            <Empty title={t("current.none_title")}>{t("current.none")}</Empty>
          )}
          {mayLoad ? (
            <Section title={t(loaded ? "form.replace" : "form.title")}>
              <LoadForm onBegin={() => setDone(undefined)} onApplied={() => setDone("applied")} />
            </Section>
          ) : null}
        </>
      ) : null}
    </Page>
  );
}

/** How the name begins when nobody was signed in. */
const OPERATOR = "sistem: ";

interface CurrentProps {
  loaded: BoundarySet;
  etag: string | null;
  mayRemove: boolean;
  onRemoved: () => void;
}

function Current({ loaded, etag, mayRemove, onRemoved }: CurrentProps) {
  const { t } = useTranslation("boundaries");
  const language = currentLanguage();
  const number = (value: number) => formatNumber(value, language);
  const isOperator = loaded.loaded_by_name.startsWith(OPERATOR);
  return (
    <Section title={t("current.title")}>
      <Facts
        items={[
          { label: t("current.file"), value: loaded.file_name },
          { label: t("current.source"), value: loaded.source },
          { label: t("current.licence"), value: loaded.licence },
          {
            label: t("current.matched"),
            value: t("current.of", {
              matched: number(loaded.matched),
              all: number(loaded.matched + loaded.missing.length),
            }),
          },
          {
            label: t("current.size"),
            value: t("current.points", {
              size: formatFileSize(loaded.compressed_size, language),
              kept: number(loaded.points_kept),
              read: number(loaded.points_read),
            }),
          },
          {
            label: t("current.loaded"),
            value: t(isOperator ? "current.by_operator" : "current.by", {
              moment: formatMoment(loaded.loaded_at, language),
              name: loaded.loaded_by_name,
            }),
          },
        ]}
      />
      <Missing regencies={loaded.missing} />
      <Group mt="md">
        <ButtonLink to="/pusat" search={{ tampilan: "peta" }} variant="default">
          {t("current.see")}
        </ButtonLink>
        {mayRemove ? <Remove etag={etag} onRemoved={onRemoved} /> : null}
      </Group>
    </Section>
  );
}

function Remove({ etag, onRemoved }: { etag: string | null; onRemoved: () => void }) {
  const { t } = useTranslation("boundaries");
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const remove = useMutation({
    mutationFn: async () => {
      await api.DELETE("/api/v1/oversight/boundaries", {
        params: { header: ifMatch(etag) },
      });
    },
    onSuccess: async () => {
      onRemoved();
      await client.invalidateQueries({ queryKey: boundariesQuery.queryKey });
    },
    // Somebody may have loaded others meanwhile.
    onError: () => client.invalidateQueries({ queryKey: boundariesQuery.queryKey }),
  });
  return (
    <>
      <Button variant="default" onClick={() => setAsked(true)}>
        {t("current.remove")}
      </Button>
      <ConfirmDialog
        opened={asked}
        title={t("current.remove_title")}
        confirm={t("current.remove")}
        danger
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={() => setAsked(false)}
      >
        {t("current.remove_body")}
      </ConfirmDialog>
    </>
  );
}
