import { Badge, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { adoptionsQuery, type PackageUpdate, packageUpdatesQuery } from "@/api/packages";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { shownPercent } from "@/lib/readiness";
import { CardTable } from "@/ui/card-table";
import { Empty } from "@/ui/empty";
import { AnchorLink, ButtonLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { PackageTabs } from "./package-tabs";
import classes from "./packages.module.css";
import { noteText, versionName } from "./words";

const route = getRouteApi("/kerja/d/$code/paket/pembaruan");

/** What is new in the packages that the district follows, and every step it took with them. */
export function UpdatesPage() {
  const { t } = useTranslation("packages");
  const { code } = route.useParams();
  const updates = useQuery({ ...packageUpdatesQuery(code), staleTime: 0 });
  const steps = useQuery(adoptionsQuery(code));
  const follows = steps.data?.some((step) => !step.undone_at) ?? false;
  return (
    <Page width="wide" title={t("updates.title")} lead={t("updates.lead")}>
      <PackageTabs code={code} shown="updates" />
      <ProblemAlert
        error={updates.error ?? steps.error}
        onRetry={() => void Promise.all([updates.refetch(), steps.refetch()])}
      />
      {updates.isPending || steps.isPending ? <PageSkeleton /> : null}
      {updates.data?.map((update) => (
        <UpdateCard key={update.package_id} update={update} code={code} />
      ))}
      {updates.data?.length === 0 && steps.data ? (
        <Empty title={t(follows ? "updates.none_title" : "updates.no_package_title")}>
          {t(follows ? "updates.none" : "updates.no_package")}
          {follows ? null : (
            <>
              {" "}
              <AnchorLink to="/d/$code/paket" params={{ code }}>
                {t("updates.to_catalogue")}
              </AnchorLink>
            </>
          )}
        </Empty>
      ) : null}
      {steps.data?.length ? (
        <Section title={t("updates.steps")}>
          <CardTable
            caption={t("updates.steps_table")}
            rows={steps.data}
            rowKey={(step) => step.id}
            columns={[
              {
                key: "what",
                label: t("updates.what"),
                isName: true,
                render: (step) => (
                  <AnchorLink
                    to="/d/$code/paket/langkah/$langkah"
                    params={{ code, langkah: step.id }}
                  >
                    {t(step.step === "update" ? "step.title_update" : "step.title_adopt", {
                      name: step.package_name,
                      version: step.package_version,
                    })}
                  </AnchorLink>
                ),
              },
              {
                key: "when",
                label: t("updates.when"),
                render: (step) => (
                  <>
                    {formatMoment(step.adopted_at, currentLanguage())}
                    <Text c="dimmed">{step.adopted_by_name}</Text>
                  </>
                ),
              },
              {
                key: "readiness",
                label: t("updates.readiness"),
                render: (step) =>
                  t("updates.from_to", {
                    before: shownPercent(step.claimed_before),
                    after: shownPercent(step.claimed_after),
                  }),
              },
              {
                key: "state",
                label: t("list.state"),
                render: (step) => (
                  <Badge
                    variant="light"
                    color={step.undone_at ? "kunyit" : "laut"}
                    className={classes.state}
                  >
                    {t(step.undone_at ? "updates.undone" : "updates.done")}
                  </Badge>
                ),
              },
            ]}
          />
        </Section>
      ) : null}
    </Page>
  );
}

function UpdateCard({ update, code }: { update: PackageUpdate; code: string }) {
  const { t } = useTranslation("packages");
  const places = update.changed.flatMap((record) => record.differences);
  const both = places.filter((place) => place.changed_by === "both").length;
  const note = noteText(update.newest);
  return (
    <Section title={versionName(update.newest)}>
      <Stack gap="sm">
        {note ? (
          <Text>{t("updates.note", { author: update.newest.author.name, note })}</Text>
        ) : null}
        <Text>
          {[
            places.length > 0 ? t("updates.changed", { count: places.length }) : null,
            both > 0 ? t("updates.both", { count: both }) : null,
            update.new.length > 0 ? t("updates.new", { count: update.new.length }) : null,
            update.retired.length > 0
              ? t("updates.retired", { count: update.retired.length })
              : null,
          ]
            .filter(Boolean)
            .join(" ")}
        </Text>
        <div>
          <ButtonLink
            to="/d/$code/paket/pembaruan/$paket"
            params={{ code, paket: update.package_id }}
          >
            {t("updates.open")}
          </ButtonLink>
        </div>
      </Stack>
    </Section>
  );
}
