import { Alert, Button, Group, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { type ModelPackage, ownPackagesQuery } from "@/api/packages";
import { ifMatch } from "@/api/versioned";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { CardTable } from "@/ui/card-table";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { Empty } from "@/ui/empty";
import { AnchorLink, ButtonLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { OfferState } from "./package-page";
import { PackageTabs } from "./package-tabs";
import { gainedText, versionName } from "./words";

const route = getRouteApi("/kerja/d/$code/paket/terbitan");

/** What the district published: every version, who stands on it, and the way to withdraw it. */
export function OwnPackagesPage() {
  const { t } = useTranslation("packages");
  const { code } = route.useParams();
  const { baru } = route.useSearch();
  const own = useQuery(ownPackagesQuery(code));
  const [withdrawn, setWithdrawn] = useState<ModelPackage | null>(null);
  const fresh = own.data?.find((one) => one.id === baru);
  return (
    <Page
      width="wide"
      title={t("own.title")}
      lead={t("own.lead")}
      action={
        <ButtonLink
          to="/d/$code/paket/terbitkan"
          params={{ code }}
          search={own.data?.[0] ? { paket: own.data[0].package_id } : {}}
        >
          {t(own.data?.length ? "own.next_version" : "publish.open")}
        </ButtonLink>
      }
    >
      <PackageTabs code={code} shown="own" />
      {fresh ? (
        <Alert role="status" color="laut" variant="light" title={t("own.published_title")}>
          {t("own.published", { name: versionName(fresh) })}
        </Alert>
      ) : null}
      <ProblemAlert error={own.error} onRetry={() => own.refetch()} />
      {own.isPending ? <PageSkeleton /> : null}
      {own.data?.length === 0 ? <Empty title={t("own.empty_title")}>{t("own.empty")}</Empty> : null}
      {own.data?.length ? (
        <CardTable
          caption={t("own.table")}
          rows={own.data}
          rowKey={(one) => one.id}
          columns={[
            {
              key: "name",
              label: t("list.name"),
              isName: true,
              render: (one) => (
                <AnchorLink to="/d/$code/paket/$paket" params={{ code, paket: one.id }} fw={600}>
                  {versionName(one)}
                </AnchorLink>
              ),
            },
            {
              key: "day",
              label: t("list.published"),
              render: (one) => formatDate(one.published_at, currentLanguage()),
            },
            {
              key: "adopters",
              label: t("list.adopters"),
              render: (one) => (
                <>
                  {t("adopters", { count: one.adopters?.count ?? 0 })}
                  <Text c="dimmed">{one.adopters?.names.slice(0, 3).join(", ")}</Text>
                </>
              ),
            },
            {
              key: "gained",
              label: t("list.gained"),
              render: (one) => gainedText(one.readiness_gained),
            },
            { key: "state", label: t("list.state"), render: (one) => <OfferState one={one} /> },
            {
              key: "act",
              label: t("own.act"),
              hideLabel: true,
              render: (one) =>
                one.withdrawn_at ? null : (
                  <Group justify="flex-end">
                    <Button
                      variant="subtle"
                      aria-label={t("own.withdraw_of", { name: versionName(one) })}
                      onClick={() => setWithdrawn(one)}
                    >
                      {t("own.withdraw")}
                    </Button>
                  </Group>
                ),
            },
          ]}
        />
      ) : null}
      {withdrawn ? (
        <Withdraw code={code} one={withdrawn} onClose={() => setWithdrawn(null)} />
      ) : null}
    </Page>
  );
}

interface WithdrawProps {
  /** The district whose it is; null for the ministry's. */
  code: string | null;
  one: ModelPackage;
  onClose: () => void;
}

/** Asks before a version is no longer offered: it cannot be offered again. */
export function Withdraw({ code, one, onClose }: WithdrawProps) {
  const { t } = useTranslation("packages");
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => {
      const header = ifMatch(`"${one.version}"`);
      const path = { model_package_id: one.id };
      return code
        ? api.POST("/api/v1/districts/{code}/packages/{model_package_id}/withdraw", {
            params: { path: { code, ...path }, header },
          })
        : api.POST("/api/v1/oversight/packages/{model_package_id}/withdraw", {
            params: { path, header },
          });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["packages"] });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      opened
      title={t("own.withdraw_title", { name: versionName(one) })}
      confirm={t("own.withdraw")}
      busy={withdraw.isPending}
      error={withdraw.error}
      onConfirm={() => withdraw.mutate()}
      onClose={onClose}
    >
      {t("own.withdraw_body", { count: one.adopters?.count ?? 0 })}
    </ConfirmDialog>
  );
}
