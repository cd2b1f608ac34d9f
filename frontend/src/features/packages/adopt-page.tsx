import { Alert, Button, Stack, Text } from "@mantine/core";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { useIntentKey } from "@/api/intent-key";
import { may, membershipOf, useMe } from "@/api/me";
import {
  type AdoptionCreate,
  type AdoptionPreview,
  type AgencyChoice,
  type ModelPackage,
  packageQuery,
} from "@/api/packages";
import { PERMISSION } from "@/api/permissions";
import type { ComponentKind } from "@/lib/components";
import { shownPercent } from "@/lib/readiness";
import { Empty } from "@/ui/empty";
import { BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { AdoptPreview } from "./adopt-preview";
import { AgencyChoices } from "./agency-choices";
import { ComponentChoice } from "./component-choice";
import classes from "./packages.module.css";
import { componentsOf, versionName } from "./words";

const route = getRouteApi("/kerja/d/$code/paket/$paket/mulai");

/** Starting from a package: choose, adapt, look, take over in one go. */
export function AdoptPage() {
  const { t } = useTranslation("packages");
  const { code, paket } = route.useParams();
  const one = useQuery(packageQuery(paket));
  const writes = may(membershipOf(useMe(), code), PERMISSION.setupWrite);
  if (one.error) throw one.error;
  if (!one.data) return <PageSkeleton />;
  return (
    <Page
      width="text"
      title={t("adopt.title", { name: one.data.name })}
      lead={t("adopt.lead", { author: one.data.author.name })}
    >
      <BackLink to="/d/$code/paket/$paket" params={{ code, paket }}>
        {versionName(one.data)}
      </BackLink>
      {writes ? (
        <AdoptForm code={code} one={one.data} />
      ) : (
        <Empty title={t("adopt.no_right_title")}>{t("adopt.no_right")}</Empty>
      )}
    </Page>
  );
}

function AdoptForm({ code, one }: { code: string; one: ModelPackage }) {
  const { t } = useTranslation("packages");
  const offered = componentsOf(one.counts);
  const [components, setComponents] = useState<ComponentKind[]>(offered);
  const [choices, setChoices] = useState<AgencyChoice[]>([]);
  const body: AdoptionCreate = {
    model_package_id: one.id,
    components,
    agencies: choices,
  };
  const preview = useQuery({
    queryKey: ["adoptions", code, "preview", body],
    enabled: components.length > 0,
    placeholderData: keepPreviousData,
    // It says what would happen now.
    staleTime: 0,
    gcTime: 0,
    queryFn: async ({ signal }): Promise<AdoptionPreview> => {
      const { data } = await api.POST("/api/v1/districts/{code}/package-adoptions/preview", {
        params: { path: { code } },
        body,
        signal,
      });
      if (!data) throw new Error("a preview has a body");
      return data;
    },
  });
  const agencies = preview.data?.agencies ?? [];
  const open = agencies.filter((agency) => agency.needs_choice);
  const brings = preview.data?.items.some((item) => ["add", "map", "same"].includes(item.fate));
  const nth = (
    n: number,
    title: "adopt.choose_title" | "adopt.agencies_title" | "adopt.preview_title",
  ) => t("adopt.nth", { n, title: t(title) });
  return (
    <Stack gap="lg">
      <Section title={nth(1, "adopt.choose_title")}>
        <ComponentChoice
          label={t("adopt.choose")}
          offered={offered}
          counts={one.counts}
          chosen={components}
          onChoose={setComponents}
          error={components.length === 0 ? t("adopt.choose_one") : undefined}
        />
      </Section>
      <ProblemAlert error={preview.error} onRetry={() => preview.refetch()} />
      {preview.isLoading ? <PageSkeleton /> : null}
      {preview.data && components.length > 0 ? (
        <>
          {agencies.length > 0 ? (
            <Section title={nth(2, "adopt.agencies_title")}>
              <AgencyChoices
                code={code}
                agencies={agencies}
                choices={choices}
                onChoose={setChoices}
              />
            </Section>
          ) : null}
          <Section title={nth(agencies.length > 0 ? 3 : 2, "adopt.preview_title")}>
            <AdoptPreview preview={preview.data} code={code} />
          </Section>
          {open.length > 0 ? (
            <Alert color="kunyit" variant="light" title={t("adopt.open_title")}>
              {t("adopt.choice_open", { names: open.map((agency) => agency.name).join(", ") })}
            </Alert>
          ) : null}
          <Apply
            code={code}
            body={body}
            preview={preview.data}
            disabled={open.length > 0 || !brings || preview.isPlaceholderData || preview.isFetching}
          />
        </>
      ) : null}
    </Stack>
  );
}

interface ApplyProps {
  code: string;
  body: AdoptionCreate;
  preview: AdoptionPreview;
  disabled: boolean;
}

/** The one act of the page, with what it will bring beside it. */
function Apply({ code, body, preview, disabled }: ApplyProps) {
  const { t } = useTranslation("packages");
  const client = useQueryClient();
  const navigate = useNavigate();
  const key = useIntentKey(body);
  const added = preview.items.filter((item) => item.fate === "add").length;
  const apply = useMutation({
    mutationFn: async () => {
      const { data } = await api.POST("/api/v1/districts/{code}/package-adoptions", {
        params: { path: { code } },
        headers: { "Idempotency-Key": key },
        body,
      });
      if (!data) throw new Error("a step has a body");
      return data;
    },
    onSuccess: async (step) => {
      await Promise.all(
        ["adoptions", "setup", "readiness"].map((name) =>
          client.invalidateQueries({ queryKey: [name, code] }),
        ),
      );
      await client.invalidateQueries({ queryKey: ["packages"] });
      await navigate({
        to: "/d/$code/paket/langkah/$langkah",
        params: { code, langkah: step.id },
      });
    },
  });
  return (
    <>
      <ProblemAlert error={apply.error} />
      <div className={classes.total}>
        <Text aria-live="polite">
          {t("adopt.total", {
            count: added,
            before: shownPercent(preview.claimed_before),
            after: shownPercent(preview.claimed_after),
          })}
        </Text>
        <Button disabled={disabled} loading={apply.isPending} onClick={() => apply.mutate()}>
          {t("adopt.act")}
        </Button>
      </div>
    </>
  );
}
