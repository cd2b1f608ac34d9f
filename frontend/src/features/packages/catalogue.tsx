import { Badge, Group, Select, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { cataloguePackagesQuery, type ModelPackage } from "@/api/packages";
import { COMPONENT_OF, type ComponentKind } from "@/lib/components";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { CardTable, type Column } from "@/ui/card-table";
import { Empty } from "@/ui/empty";
import { AnchorLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { ProblemAlert } from "@/ui/problem-alert";
import { type CatalogueFilters, filterPackages, ORDERS, PUBLISHERS, publisherOf } from "./filters";
import { type Place, packageLink } from "./links";
import { componentName, componentsOf, gainedText } from "./words";

interface Props {
  place: Place;
  filters: CatalogueFilters;
  onFilter: (filters: CatalogueFilters) => void;
  /** What to do while nothing is on offer. */
  empty: ReactNode;
}

/** The packages on offer: whose, what they hold, who took them over and what that brought. */
export function Catalogue({ place, filters, onFilter, empty }: Props) {
  const { t } = useTranslation("packages");
  const packages = useQuery(cataloguePackagesQuery);
  const all = packages.data ?? [];
  const shown = filterPackages(all, filters);
  const columns: Column<ModelPackage>[] = [
    {
      key: "name",
      label: t("list.name"),
      isName: true,
      render: (one) => (
        <>
          <AnchorLink {...packageLink(place, one.id)} fw={600} display="inline-block" py={4}>
            {one.name}
          </AnchorLink>
          <Text c="dimmed" fw={400}>
            {t("version_of", {
              version: one.package_version,
              day: formatDate(one.published_at, currentLanguage()),
            })}
          </Text>
        </>
      ),
    },
    {
      key: "author",
      label: t("list.author"),
      render: (one) => (
        <>
          {one.author.name}
          <Text c="dimmed">{one.author.unit_name}</Text>
          {publisherOf(one) === "district" ? null : (
            <Badge variant="light">{t(`publisher.${publisherOf(one)}`)}</Badge>
          )}
        </>
      ),
    },
    {
      key: "contents",
      label: t("list.contents"),
      render: (one) =>
        componentsOf(one.counts)
          .map((component) => componentName(component))
          .join(", "),
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
  ];
  return (
    <>
      {all.length > 0 ? <FilterBar filters={filters} onFilter={onFilter} /> : null}
      <ProblemAlert error={packages.error} onRetry={() => packages.refetch()} />
      {packages.isPending ? <PageSkeleton /> : null}
      {shown.length > 0 ? (
        <CardTable
          sticky
          caption={t("list.table")}
          columns={columns}
          rows={shown}
          rowKey={(one) => one.id}
        />
      ) : null}
      {packages.isSuccess && all.length === 0 ? (
        <Empty title={t("list.empty_title")}>{empty}</Empty>
      ) : null}
      {all.length > 0 && shown.length === 0 ? (
        <Empty title={t("list.not_found_title")}>{t("list.not_found")}</Empty>
      ) : null}
    </>
  );
}

function FilterBar({ filters, onFilter }: Pick<Props, "filters" | "onFilter">) {
  const { t } = useTranslation("packages");
  const [typed, setTyped] = useState(filters.cari ?? "");
  const search = useDebouncedCallback((cari: string) => onFilter({ ...filters, cari }), 300);
  const components = Object.keys(COMPONENT_OF) as ComponentKind[];
  return (
    <Group component="search" align="flex-end" gap="md">
      <TextInput
        type="search"
        label={t("filter.search")}
        leftSection={<IconSearch size={20} aria-hidden />}
        flex="1 1 14rem"
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          search(event.currentTarget.value);
        }}
      />
      <Select
        label={t("filter.component")}
        flex="1 1 12rem"
        clearable
        placeholder={t("filter.all_components")}
        data={components.map((value) => ({ value, label: componentName(value) }))}
        value={filters.komponen ?? null}
        onChange={(value) =>
          onFilter({ ...filters, komponen: (value as ComponentKind | null) ?? undefined })
        }
      />
      <Select
        label={t("filter.publisher")}
        flex="1 1 12rem"
        clearable
        placeholder={t("filter.all_publishers")}
        data={PUBLISHERS.map((value) => ({ value, label: t(`publisher.${value}`) }))}
        value={filters.penerbit ?? null}
        onChange={(value) =>
          onFilter({ ...filters, penerbit: PUBLISHERS.find((one) => one === value) })
        }
      />
      <Select
        label={t("filter.order")}
        flex="1 1 12rem"
        clearable
        placeholder={t("filter.newest")}
        data={ORDERS.map((value) => ({ value, label: t(`filter.by.${value}`) }))}
        value={filters.urut ?? null}
        onChange={(value) => onFilter({ ...filters, urut: ORDERS.find((one) => one === value) })}
      />
    </Group>
  );
}
