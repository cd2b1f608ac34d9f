import { Select, Stack, Text } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import {
  type Comparison,
  cataloguePackagesQuery,
  type ModelPackage,
  ownPackagesQuery,
  packageVersionsQuery,
} from "@/api/packages";
import { Empty } from "@/ui/empty";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { ComparedRecords } from "./compared-records";
import type { Place } from "./links";
import { PackageTabs } from "./package-tabs";
import classes from "./packages.module.css";
import { versionName } from "./words";

/** In an address: the district's own setup, as it is now. */
export const OWN = "saya";

/** What is compared with what. */
export interface CompareSearch {
  kiri?: string;
  kanan?: string;
}

const districtRoute = getRouteApi("/kerja/d/$code/paket/bandingkan");
const nationalRoute = getRouteApi("/kerja/pusat/paket/bandingkan");

/** A district compares its own setup, or any package, with another. */
export function ComparePage() {
  const { t } = useTranslation("packages");
  const { code } = districtRoute.useParams();
  const search = districtRoute.useSearch();
  const navigate = districtRoute.useNavigate();
  return (
    <Page width="wide" title={t("compare.title")} lead={t("compare.lead")}>
      <PackageTabs code={code} shown="compare" />
      <Compare
        place={{ code }}
        search={{ kiri: OWN, ...search }}
        onChoose={(next) => void navigate({ search: next, replace: true })}
      />
    </Page>
  );
}

/** The ministry compares packages. */
export function NationalComparePage() {
  const { t } = useTranslation("packages");
  const search = nationalRoute.useSearch();
  const navigate = nationalRoute.useNavigate();
  return (
    <Page width="wide" title={t("compare.title")} lead={t("compare.lead_national")}>
      <Compare
        place={null}
        search={search}
        onChoose={(next) => void navigate({ search: next, replace: true })}
      />
    </Page>
  );
}

interface Props {
  place: Place;
  search: CompareSearch;
  onChoose: (search: CompareSearch) => void;
}

function Compare({ place, search, onChoose }: Props) {
  const { t } = useTranslation("packages");
  const { kiri, kanan } = search;
  const packages = useComparable(place, [kiri, kanan]);
  const options = packages.all.map((one) => ({
    value: one.id,
    label: t("compare.option", { name: versionName(one), author: one.author.name }),
  }));
  const own = place ? [{ value: OWN, label: t("compare.own") }] : [];
  const ready = kiri !== undefined && kanan !== undefined && kiri !== kanan;
  const nameOf = (id: string) => {
    if (id === OWN) return t("compare.own");
    const one = packages.all.find((found) => found.id === id);
    return one ? versionName(one) : t("compare.package");
  };
  return (
    <Stack gap="lg">
      <Section>
        <div className={classes.steps}>
          <Select
            label={t("compare.left")}
            searchable
            data={[...own, ...options]}
            value={kiri ?? null}
            onChange={(value) => value && onChoose({ ...search, kiri: value })}
          />
          <Select
            label={t("compare.right")}
            searchable
            placeholder={t("compare.choose")}
            data={options}
            value={kanan ?? null}
            error={kiri !== undefined && kiri === kanan ? t("compare.same") : undefined}
            onChange={(value) => value && onChoose({ ...search, kanan: value })}
          />
        </div>
      </Section>
      <ProblemAlert error={packages.error} onRetry={packages.retry} />
      {ready ? (
        <Result place={place} kiri={kiri} kanan={kanan} left={nameOf(kiri)} right={nameOf(kanan)} />
      ) : (
        <Empty title={t("compare.empty_title")}>{t("compare.empty")}</Empty>
      )}
    </Stack>
  );
}

/** What can be chosen: what is on offer, one's own versions, and the versions of what is chosen. */
function useComparable(place: Place, chosen: (string | undefined)[]) {
  const offered = useQuery(cataloguePackagesQuery);
  const own = useQuery({
    ...ownPackagesQuery(place?.code ?? ""),
    enabled: place !== null,
    retry: false,
  });
  const versions = useQueries({
    queries: chosen
      .filter((id): id is string => id !== undefined && id !== OWN)
      .map((id) => packageVersionsQuery(id)),
  });
  const lists = [
    ...versions.map((version) => version.data ?? []),
    offered.data ?? [],
    own.data ?? [],
  ];
  const all = new Map<string, ModelPackage>(lists.flat().map((one) => [one.id, one]));
  const sorted = [...all.values()].sort(
    (a, b) => a.name.localeCompare(b.name, "id") || b.package_version - a.package_version,
  );
  return {
    all: sorted,
    // Who may not publish may still compare: the own versions are then simply not offered.
    error: offered.error ?? versions.find((version) => version.error)?.error ?? null,
    retry: () => {
      for (const one of [offered, ...versions]) if (one.error) void one.refetch();
    },
  };
}

interface ResultProps {
  place: Place;
  kiri: string;
  kanan: string;
  left: string;
  right: string;
}

function Result({ place, kiri, kanan, left, right }: ResultProps) {
  const { t } = useTranslation("packages");
  const comparison = useQuery({
    queryKey: ["packages", "comparison", place?.code ?? "", kiri, kanan],
    staleTime: 0,
    queryFn: async ({ signal }): Promise<Comparison> => {
      if (kiri === OWN && place) {
        const { data } = await api.GET("/api/v1/districts/{code}/setup-comparison", {
          params: { path: { code: place.code }, query: { with: kanan } },
          signal,
        });
        return data as Comparison;
      }
      const { data } = await api.GET("/api/v1/packages/{model_package_id}/comparison", {
        params: { path: { model_package_id: kiri }, query: { with: kanan } },
        signal,
      });
      return data as Comparison;
    },
  });
  if (comparison.error) {
    return <ProblemAlert error={comparison.error} onRetry={() => comparison.refetch()} />;
  }
  if (!comparison.data) return <PageSkeleton />;
  const { records, equal } = comparison.data;
  return (
    <>
      <Text role="status">
        {t("compare.differ", { count: records.length })} {t("compare.equal", { count: equal })}
      </Text>
      {records.length === 0 ? (
        <Empty title={t("compare.none_title")}>{t("compare.none")}</Empty>
      ) : (
        <ComparedRecords
          code={kiri === OWN ? (place?.code ?? null) : null}
          one={kiri}
          other={kanan}
          left={left}
          right={right}
          records={records}
        />
      )}
    </>
  );
}
