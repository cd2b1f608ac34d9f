import { Alert, Badge, Button, Group, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import {
  type ModelPackage,
  ownKeysQuery,
  packageDocumentQuery,
  packageFile,
  packageQuery,
  packageVersionsQuery,
} from "@/api/packages";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { saveBlob } from "@/lib/save-blob";
import { CardTable } from "@/ui/card-table";
import { Facts } from "@/ui/facts";
import { AnchorLink, BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { PackageContents } from "./contents";
import { catalogueLink, compareLink, type Place, packageLink } from "./links";
import classes from "./packages.module.css";
import { countsText, gainedText, noteText } from "./words";

interface Props {
  place: Place;
  id: string;
  /** The page's primary action, for a package that is on offer. */
  action: (one: ModelPackage) => ReactNode;
}

/** One version of a package: whose it is, what is in it, who signed it, who took it over. */
export function PackageView({ place, id, action }: Props) {
  const { t } = useTranslation("packages");
  const one = useQuery(packageQuery(id));
  const document = useQuery(packageDocumentQuery(id));
  const download = useMutation({
    mutationFn: () => packageFile(id),
    onSuccess: (file) =>
      saveBlob(
        file,
        `paket-${one.data?.author.code || "pusat"}-v${one.data?.package_version}.json`,
      ),
  });
  if (one.error) throw one.error;
  if (!one.data) return <PageSkeleton />;
  const shown = one.data;
  return (
    <Page
      width="wide"
      title={shown.name}
      lead={t("detail.lead", {
        version: shown.package_version,
        author: shown.author.name,
        day: formatDate(shown.published_at, currentLanguage()),
      })}
      action={shown.withdrawn_at ? null : action(shown)}
    >
      <BackLink {...catalogueLink(place)}>{t("detail.back")}</BackLink>
      {shown.withdrawn_at ? (
        <Alert color="kunyit" variant="light" title={t("detail.withdrawn_title")}>
          {t("detail.withdrawn", { day: formatDate(shown.withdrawn_at, currentLanguage()) })}
        </Alert>
      ) : null}
      <Section title={t("detail.about")}>
        <About one={shown} />
        <Group mt="md" gap="sm">
          <Button
            variant="default"
            leftSection={<IconDownload size={20} aria-hidden />}
            loading={download.isPending}
            onClick={() => download.mutate()}
          >
            {t("detail.download")}
          </Button>
          <AnchorLink {...compareLink(place, place ? "saya" : undefined, id)} py="xs">
            {t(place ? "detail.compare_own" : "detail.compare")}
          </AnchorLink>
        </Group>
        <ProblemAlert error={download.error} />
      </Section>
      <Section title={t("detail.contents")}>
        <ProblemAlert error={document.error} onRetry={() => document.refetch()} />
        {document.isPending ? <PageSkeleton /> : null}
        {document.data ? <PackageContents document={document.data} /> : null}
      </Section>
      <Versions place={place} shown={shown} />
    </Page>
  );
}

/** Whose it is, what is new, who took it over, and by which key it is signed. */
function About({ one }: { one: ModelPackage }) {
  const { t } = useTranslation("packages");
  const keys = useQuery(ownKeysQuery);
  const document = useQuery(packageDocumentQuery(one.id));
  const signature = one.is_imported
    ? "detail.signed_elsewhere"
    : keys.data?.includes(one.signer_kid)
      ? "detail.signed_here"
      : "detail.signed_before";
  const note = noteText(one);
  const from = document.data?.taken_from?.name;
  const facts = [
    { label: t("list.author"), value: `${one.author.name} ${one.author.unit_name}`.trim() },
    ...(from ? [{ label: t("detail.taken_from"), value: from }] : []),
    ...(note ? [{ label: t("detail.note"), value: note }] : []),
    { label: t("list.contents"), value: countsText(one.counts) },
    {
      label: t("list.adopters"),
      // Names may be hidden from the reader; how many there are is not.
      value: (
        <>
          {t("adopters", { count: one.adopters?.count ?? 0 })}
          {one.adopters?.names.length ? (
            <Text c="dimmed">{one.adopters.names.join(", ")}</Text>
          ) : null}
        </>
      ),
    },
    { label: t("list.gained"), value: gainedText(one.readiness_gained) },
    { label: t("detail.standard"), value: one.standard_version },
    {
      label: t("detail.signature"),
      value: (
        <Stack gap={2}>
          <span>{t(signature)}</span>
          <Text span c="dimmed">
            {t("detail.key")}
          </Text>
          <span className={classes.fingerprint}>{one.signer_kid}</span>
          <Text span c="dimmed">
            {t("detail.hash")}
          </Text>
          <span className={classes.fingerprint}>{one.content_hash}</span>
        </Stack>
      ),
    },
  ];
  return <Facts items={facts} />;
}

/** The versions of the package; another one is a click away, or side by side. */
function Versions({ place, shown }: { place: Place; shown: ModelPackage }) {
  const { t } = useTranslation("packages");
  const versions = useQuery(packageVersionsQuery(shown.id));
  if (!versions.data || versions.data.length < 2) {
    return <ProblemAlert error={versions.error} onRetry={() => versions.refetch()} />;
  }
  return (
    <Section title={t("detail.versions")}>
      <CardTable
        caption={t("detail.versions_table", { name: shown.name })}
        rows={versions.data}
        rowKey={(one) => one.id}
        columns={[
          {
            key: "version",
            label: t("list.version"),
            isName: true,
            render: (one) =>
              one.id === shown.id ? (
                t("detail.this_version", { version: one.package_version })
              ) : (
                <AnchorLink {...packageLink(place, one.id)}>
                  {t("version", { version: one.package_version })}
                </AnchorLink>
              ),
          },
          {
            key: "day",
            label: t("list.published"),
            render: (one) => formatDate(one.published_at, currentLanguage()),
          },
          { key: "note", label: t("detail.note"), render: (one) => noteText(one) || "–" },
          {
            key: "state",
            label: t("list.state"),
            render: (one) => <OfferState one={one} />,
          },
          {
            key: "compare",
            label: t("detail.compare"),
            hideLabel: true,
            render: (one) =>
              one.id === shown.id ? null : (
                <AnchorLink {...compareLink(place, one.id, shown.id)}>
                  {t("detail.compare_with", { version: one.package_version })}
                </AnchorLink>
              ),
          },
        ]}
      />
    </Section>
  );
}

/** On offer or withdrawn. */
export function OfferState({ one }: { one: ModelPackage }) {
  const { t } = useTranslation("packages");
  return (
    <Badge variant="light" color={one.withdrawn_at ? "kunyit" : "laut"} className={classes.state}>
      {t(one.withdrawn_at ? "state.withdrawn" : "state.offered")}
    </Badge>
  );
}
