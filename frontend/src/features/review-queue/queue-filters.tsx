import { Button, Checkbox, Group, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { districtQuery } from "@/api/district";
import { oversightMembership, useMe } from "@/api/me";
import { COMPONENTS } from "@/lib/components";
import { ProvinceSelect } from "@/ui/province-select";
import { isNarrowed, OWNERS, type QueueFilters } from "./filters";
import classes from "./review-queue.module.css";

const route = getRouteApi("/kerja/pusat/antrean");

/** What narrows the queue. */
export function QueueFilterBar() {
  const { t } = useTranslation(["review_queue", "common"]);
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const nation = oversightMembership(useMe())?.scope === "nation";
  const put = (part: QueueFilters) =>
    void navigate({ search: { ...filters, ...part }, replace: true, resetScroll: false });
  return (
    <search aria-label={t("filter.label")}>
      <Group align="flex-end" gap="md" className={classes.filters}>
        {nation ? (
          <ProvinceSelect
            label={t("filter.province")}
            placeholder={t("filter.every_province")}
            value={filters.provinsi}
            onChange={(provinsi) => put({ provinsi })}
          />
        ) : null}
        <Select
          label={t("filter.component")}
          placeholder={t("filter.every_component")}
          clearable
          data={COMPONENTS.map((key) => ({ value: key, label: t(`common:component.${key}`) }))}
          value={filters.komponen ?? null}
          onChange={(value) => put({ komponen: COMPONENTS.find((key) => key === value) })}
        />
        <Select
          label={t("filter.owner")}
          placeholder={t("filter.every_owner")}
          clearable
          data={OWNERS.map((value) => ({ value, label: t(`owner.${value}`) }))}
          value={filters.milik ?? null}
          onChange={(value) => put({ milik: OWNERS.find((owner) => owner === value) })}
        />
        <Checkbox
          label={t("filter.safe")}
          checked={filters.sekaligus ?? false}
          onChange={(event) => put({ sekaligus: event.currentTarget.checked || undefined })}
        />
        {filters.daerah ? <OneDistrict code={filters.daerah} /> : null}
        {isNarrowed(filters) ? (
          <Button
            variant="default"
            onClick={() => void navigate({ search: {}, replace: true, resetScroll: false })}
          >
            {t("filter.clear")}
          </Button>
        ) : null}
      </Group>
    </search>
  );
}

/** The district that a link narrowed the queue to. */
function OneDistrict({ code }: { code: string }) {
  const { t } = useTranslation("review_queue");
  const district = useQuery(districtQuery(code));
  return <span>{t("filter.only", { district: district.data?.name ?? code })}</span>;
}
