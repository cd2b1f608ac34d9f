import { Checkbox, MultiSelect, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { LARGEST_PAGE } from "@/api/every-page";
import { fieldProps } from "./field";
import type { FieldOf, Lens } from "./lens";
import classes from "./record.module.css";

interface Props<T extends object> {
  lens: Lens<T>;
  name: FieldOf<T, string>;
}

function useChildren(parent: string | null) {
  return useQuery({
    queryKey: ["regions", "children", parent],
    enabled: parent !== null,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET("/api/v1/regions", {
        params: { query: { parent: parent ?? undefined, limit: LARGEST_PAGE } },
        signal,
      });
      return data?.items ?? [];
    },
  });
}

/** A kecamatan of the district, and in it a desa or kelurahan when the answer is that narrow. */
export function RegionField<T extends object>({ lens, name }: Props<T>) {
  const { t } = useTranslation("setup");
  const value = lens.value[name] as string;
  const subdistrict = value ? value.split(".").slice(0, 3).join(".") : null;
  const [search, setSearch] = useState("");
  const subdistricts = useChildren(lens.form.code);
  const villages = useChildren(subdistrict);
  const options = (rows: { code: string; name: string }[] | undefined) =>
    (rows ?? []).map((row) => ({ value: row.code, label: row.name }));
  const put = (code: string | null) => lens.set(name, (code ?? "") as T[typeof name]);
  return (
    <>
      <Select
        {...fieldProps(lens, name)}
        maw="26rem"
        searchable
        clearable={!lens.form.readOnly}
        data={options(subdistricts.data)}
        value={subdistrict}
        onChange={put}
      />
      {subdistrict ? (
        <Select
          label={t("region.village")}
          description={t("region.village_hint")}
          maw="26rem"
          searchable
          readOnly={lens.form.readOnly}
          clearable={!lens.form.readOnly}
          data={options(villages.data)}
          searchValue={search}
          onSearchChange={setSearch}
          value={value === subdistrict ? null : value}
          onChange={(code) => put(code ?? subdistrict)}
        />
      ) : null}
    </>
  );
}

interface ManyProps<T extends object> {
  lens: Lens<T>;
  name: FieldOf<T, string[]>;
}

/** Several kecamatan of the district. */
export function SubdistrictsField<T extends object>({ lens, name }: ManyProps<T>) {
  const subdistricts = useChildren(lens.form.code);
  return (
    <MultiSelect
      {...fieldProps(lens, name)}
      searchable
      hidePickedOptions
      data={(subdistricts.data ?? []).map((row) => ({ value: row.code, label: row.name }))}
      value={lens.value[name] as string[]}
      onChange={(codes) => lens.set(name, codes as T[typeof name])}
    />
  );
}

/** Villages of the district: one kecamatan at a time, all of it or some. */
export function VillagesField<T extends object>({ lens, name }: ManyProps<T>) {
  const { t } = useTranslation("setup");
  const chosen = lens.value[name] as string[];
  const [subdistrict, setSubdistrict] = useState<string | null>(
    chosen[0]?.split(".").slice(0, 3).join(".") ?? null,
  );
  const subdistricts = useChildren(lens.form.code);
  const villages = useChildren(subdistrict);
  const { id, label, description, error, readOnly } = fieldProps(lens, name);
  const put = (codes: string[]) => lens.set(name, codes as T[typeof name]);
  const here = (villages.data ?? []).map((village) => village.code);
  const allHere = here.length > 0 && here.every((code) => chosen.includes(code));
  return (
    <Stack component="fieldset" id={id} tabIndex={-1} className={classes.rows}>
      <Text component="legend" fw={600}>
        {label}
      </Text>
      {description ? <Text c="dimmed">{description}</Text> : null}
      {error ? <Text c="red.9">{error}</Text> : null}
      <Text role="status">{t("region.chosen", { count: chosen.length })}</Text>
      <Select
        label={t("region.subdistrict")}
        maw="26rem"
        searchable
        data={(subdistricts.data ?? []).map((row) => ({ value: row.code, label: row.name }))}
        value={subdistrict}
        onChange={setSubdistrict}
      />
      {here.length > 0 ? (
        <>
          <Checkbox
            label={t("region.all")}
            disabled={readOnly}
            checked={allHere}
            indeterminate={!allHere && here.some((code) => chosen.includes(code))}
            onChange={() =>
              put(
                allHere
                  ? chosen.filter((code) => !here.includes(code))
                  : [...new Set([...chosen, ...here])],
              )
            }
          />
          <div className={classes.columns}>
            {(villages.data ?? []).map((village) => (
              <Checkbox
                key={village.code}
                label={village.name}
                disabled={readOnly}
                checked={chosen.includes(village.code)}
                onChange={(event) =>
                  put(
                    event.currentTarget.checked
                      ? [...chosen, village.code]
                      : chosen.filter((code) => code !== village.code),
                  )
                }
              />
            ))}
          </div>
        </>
      ) : null}
    </Stack>
  );
}
