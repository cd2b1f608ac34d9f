import { Button, Checkbox, Group, Select, Text, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { oversightMembership, useMe } from "@/api/me";
import { useRegions } from "@/api/regions";
import { PHASES } from "@/lib/phases";
import { ProvinceSelect } from "@/ui/province-select";
import { isNarrowed, type NationalFilters, OBSTACLES, STATUSES, STUCK_DAYS } from "./filters";
import classes from "./national.module.css";
import { wavesQuery } from "./overview";
import { waveName } from "./wave-name";
import { filterWords } from "./words";

const route = getRouteApi("/kerja/pusat");

/** What narrows every figure of the page; on paper the same in words. */
export function FilterBar() {
  const { t } = useTranslation(["national", "supervision", "common"]);
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const nation = oversightMembership(useMe())?.scope === "nation";
  const provinces = useRegions("province");
  // Emptied together with the address.
  const [round, setRound] = useState(0);
  const waves = useQuery(wavesQuery());
  const put = (part: NationalFilters) =>
    void navigate({ search: { ...filters, ...part }, replace: true, resetScroll: false });
  const search = useDebouncedCallback((cari: string) => put({ cari: cari || undefined }), 300);
  const provinceName = provinces.data?.find(({ code }) => code === filters.provinsi)?.name;
  const clear = () => {
    const { tampilan, bentuk, angka, urut } = filters;
    setRound(round + 1);
    void navigate({ search: { tampilan, bentuk, angka, urut }, replace: true, resetScroll: false });
  };
  const wave = waves.data?.find(({ id }) => id === filters.gelombang);
  const words = filterWords(t, filters, {
    province: provinceName,
    wave: wave && waveName(t, wave),
  });
  return (
    <>
      <search className="sp-screen-only" aria-label={t("filter.label")}>
        <Group align="flex-end" gap="md" className={classes.filters}>
          {nation ? (
            <ProvinceSelect
              label={t("filter.province")}
              placeholder={t("filter.every_province")}
              value={filters.provinsi}
              onChange={(provinsi) => put({ provinsi })}
            />
          ) : null}
          {waves.data?.length ? (
            <Select
              label={t("filter.wave")}
              placeholder={t("filter.every_wave")}
              clearable
              data={waves.data.map((wave) => ({ value: wave.id, label: waveName(t, wave) }))}
              value={filters.gelombang ?? null}
              onChange={(gelombang) => put({ gelombang: gelombang ?? undefined })}
            />
          ) : null}
          <Select
            label={t("filter.phase")}
            placeholder={t("filter.every_phase")}
            clearable
            data={PHASES.map((value) => ({ value, label: t(`supervision:phase.${value}`) }))}
            value={filters.tahap ?? null}
            onChange={(value) => put({ tahap: PHASES.find((phase) => phase === value) })}
          />
          <Select
            label={t("filter.status")}
            placeholder={t("filter.every_status")}
            clearable
            data={STATUSES.map((value) => ({ value, label: t(`status.${value}`) }))}
            value={filters.keadaan ?? null}
            onChange={(value) => put({ keadaan: STATUSES.find((status) => status === value) })}
          />
          <Select
            label={t("filter.stuck")}
            placeholder={t("filter.any_time")}
            clearable
            data={STUCK_DAYS.map((days) => ({
              value: String(days),
              label: t("filter.stuck_days", { count: days }),
            }))}
            value={filters.tertahan ? String(filters.tertahan) : null}
            onChange={(value) => put({ tertahan: value ? Number(value) : undefined })}
          />
          <Select
            label={t("filter.obstacle")}
            placeholder={t("filter.every_obstacle")}
            clearable
            data={OBSTACLES.map((value) => ({ value, label: t(`obstacle.${value}`) }))}
            value={filters.hambatan ?? null}
            onChange={(value) => put({ hambatan: OBSTACLES.find((kind) => kind === value) })}
          />
          <TextInput
            key={round}
            type="search"
            label={t("filter.search")}
            leftSection={<IconSearch size={20} aria-hidden />}
            defaultValue={filters.cari ?? ""}
            onChange={(event) => search(event.currentTarget.value)}
          />
          <Checkbox
            label={t("filter.expiring")}
            checked={filters.kedaluwarsa ?? false}
            onChange={(event) => put({ kedaluwarsa: event.currentTarget.checked || undefined })}
          />
          {isNarrowed(filters) ? (
            <Button variant="default" onClick={clear}>
              {t("filter.clear")}
            </Button>
          ) : null}
        </Group>
      </search>
      {words.length > 0 ? (
        <Text className="sp-print-only">{t("filter.printed", { filters: words.join("; ") })}</Text>
      ) : null}
    </>
  );
}
