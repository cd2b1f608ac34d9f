import { Select, type SelectProps } from "@mantine/core";
import { useRegions } from "@/api/regions";

type Props = Omit<SelectProps, "data" | "value" | "onChange"> & {
  /** Kemendagri code; none for all provinces. */
  value: string | undefined;
  onChange: (code: string | undefined) => void;
};

/** Narrows a list to a province. */
export function ProvinceSelect({ value, onChange, ...rest }: Props) {
  const provinces = useRegions("province");
  return (
    <Select
      searchable
      clearable
      {...rest}
      data={(provinces.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
      value={value ?? null}
      onChange={(code) => onChange(code ?? undefined)}
    />
  );
}
