import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { fieldProps } from "./field";
import type { FieldOf, Lens } from "./lens";

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
        params: { query: { parent: parent ?? undefined, limit: 200 } },
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
