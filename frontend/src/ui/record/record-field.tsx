import { MultiSelect, Select } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type AnyKind, KINDS, type KindKey } from "@/api/setup/kinds";
import { recordsQuery } from "@/api/setup/records";
import { fieldProps } from "./field";
import type { FieldOf, Lens } from "./lens";
import { kindName } from "./texts";

interface Option {
  value: string;
  label: string;
}

/** The records of some kinds as options, grouped when there are several kinds. */
export function useRecordOptions(code: string, keys: KindKey[], except?: string) {
  const { t } = useTranslation("setup");
  const kinds = keys.map((key) => KINDS[key] as AnyKind);
  const answers = useQueries({ queries: kinds.map((kind) => recordsQuery(kind, code)) });
  const groups = kinds.map((kind, index) => ({
    group: kindName(kind),
    items: (answers[index]?.data ?? [])
      .filter((record) => record.id !== except)
      .map((record): Option => ({ value: record.id, label: record.title || t("untitled") })),
  }));
  const isReady = answers.every((answer) => answer.isSuccess);
  return { groups, all: groups.flatMap((group) => group.items), isReady };
}

interface Props<T extends object, V> {
  lens: Lens<T>;
  name: FieldOf<T, V>;
  kinds: KindKey[];
  /** The record itself, which cannot point to itself. */
  except?: string;
}

/** Points to one other record. */
export function RecordField<T extends object>(props: Props<T, string | null>) {
  const { lens, name, kinds, except } = props;
  const { t } = useTranslation("setup");
  const { all, isReady } = useRecordOptions(lens.form.code, kinds, except);
  const value = lens.value[name] as string | null;
  const unknown = value !== null && !all.some((option) => option.value === value);
  return (
    <Select
      {...fieldProps(lens, name)}
      maw="34rem"
      searchable
      clearable={!lens.form.readOnly}
      placeholder={isReady && all.length === 0 ? nothing(kinds, t) : undefined}
      nothingFoundMessage={nothing(kinds, t)}
      data={unknown ? [...all, { value, label: t("ref.gone") }] : all}
      value={value}
      onChange={(id) => lens.set(name, id as T[typeof name])}
    />
  );
}

/** Points to several other records. */
export function RecordsField<T extends object>(props: Props<T, string[]>) {
  const { lens, name, kinds, except } = props;
  const { t } = useTranslation("setup");
  const { groups, all, isReady } = useRecordOptions(lens.form.code, kinds, except);
  const value = lens.value[name] as string[];
  const gone = value
    .filter((id) => !all.some((option) => option.value === id))
    .map((id) => ({ value: id, label: t("ref.gone") }));
  return (
    <MultiSelect
      {...fieldProps(lens, name)}
      searchable
      hidePickedOptions
      placeholder={isReady && all.length === 0 ? nothing(kinds, t) : undefined}
      nothingFoundMessage={nothing(kinds, t)}
      data={kinds.length > 1 ? [...groups, { group: "", items: gone }] : [...all, ...gone]}
      value={value}
      onChange={(ids) => lens.set(name, ids as T[typeof name])}
    />
  );
}

function nothing(
  kinds: KindKey[],
  t: (key: "ref.none", values: { kinds: string }) => string,
): string {
  const names = kinds.map((key) => kindName(KINDS[key])).join(", ");
  return t("ref.none", { kinds: names });
}
