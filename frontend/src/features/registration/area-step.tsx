import { Select, Stack } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useRegions } from "@/api/regions";
import { ProblemAlert } from "@/ui/problem-alert";
import type { Answers } from "./answers";

/** Province, then kabupaten/kota, each found by typing a part of its name. */
export function AreaStep({ form }: { form: UseFormReturnType<Answers> }) {
  const { t } = useTranslation(["registration", "common"]);
  const { province_code } = form.values;
  const provinces = useRegions("province");
  const districts = useRegions("regency", province_code || null);
  return (
    <Stack>
      <ProblemAlert
        error={provinces.error ?? districts.error}
        onRetry={() => (provinces.error ? provinces.refetch() : districts.refetch())}
      />
      <Select
        label={t("area.province")}
        placeholder={t("area.province_placeholder")}
        searchable
        selectFirstOptionOnChange
        nothingFoundMessage={t("area.nothing")}
        disabled={!provinces.data}
        data={(provinces.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        {...form.getInputProps("province_code")}
        value={province_code || null}
        onChange={(code) => {
          if (code === province_code) return;
          form.setFieldValue("province_code", code ?? "");
          form.setFieldValue("district_code", "");
        }}
      />
      <Select
        label={t("area.district")}
        placeholder={t(province_code ? "area.district_placeholder" : "area.district_first")}
        searchable
        selectFirstOptionOnChange
        nothingFoundMessage={t("area.nothing")}
        disabled={!districts.data}
        data={(districts.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        {...form.getInputProps("district_code")}
        value={form.values.district_code || null}
        onChange={(code) => form.setFieldValue("district_code", code ?? "")}
      />
    </Stack>
  );
}
