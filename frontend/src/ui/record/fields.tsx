import { Box, Checkbox, Select, Stack, Textarea, TextInput, VisuallyHidden } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { CODES, type CodeList } from "@/api/setup/codes";
import { DayInput } from "../day-input";
import { NumberInput } from "../number-input";
import { fieldProps } from "./field";
import type { FieldOf, Lens } from "./lens";
import classes from "./record.module.css";
import { codeName } from "./texts";

interface FieldProps<T extends object, V> {
  lens: Lens<T>;
  name: FieldOf<T, V>;
  /** Widest useful width; a field as long as its answer is easier to read. */
  maw?: string;
}

/** Keeps the box as long as its answer while name and hint use the whole line. */
function narrow(maw: string | undefined) {
  if (!maw) return {};
  return { inputContainer: (input: ReactNode) => <Box maw={maw}>{input}</Box> };
}

/** One line of text. */
export function TextField<T extends object>({
  lens,
  name,
  maw,
  type,
  onLeave,
}: FieldProps<T, string> & { type?: "email" | "tel"; onLeave?: (text: string) => void }) {
  return (
    <TextInput
      {...fieldProps(lens, name)}
      {...narrow(maw)}
      type={type}
      onBlur={onLeave ? (event) => onLeave(event.currentTarget.value) : undefined}
      value={lens.value[name] as string}
      onChange={(event) => lens.set(name, event.currentTarget.value as T[typeof name])}
    />
  );
}

/** Text of several lines. */
export function AreaField<T extends object>({ lens, name, maw }: FieldProps<T, string>) {
  return (
    <Textarea
      {...fieldProps(lens, name)}
      {...narrow(maw)}
      autosize
      minRows={2}
      maxRows={14}
      value={lens.value[name] as string}
      onChange={(event) => lens.set(name, event.currentTarget.value as T[typeof name])}
    />
  );
}

/**
 * A whole number from zero. Nine digits hold every count, age and year, and stay below what the
 * service keeps in 32 bits; an amount of money needs more `digits` (at most 15, which a number holds
 * exactly).
 */
export function NumberField<T extends object>({
  lens,
  name,
  maw = "10rem",
  digits = 9,
}: FieldProps<T, number | null> & { digits?: number }) {
  return (
    <NumberInput
      {...fieldProps(lens, name)}
      {...narrow(maw)}
      digits={digits}
      value={lens.value[name] as number | null}
      onChange={(number) => lens.set(name, number as T[typeof name])}
    />
  );
}

/** A number with or without decimals. */
export function DecimalField<T extends object>({
  lens,
  name,
  maw = "12rem",
}: FieldProps<T, number | null>) {
  return (
    <NumberInput
      {...fieldProps(lens, name)}
      {...narrow(maw)}
      value={lens.value[name] as number | null}
      onChange={(number) => lens.set(name, number as T[typeof name])}
    />
  );
}

/** A day. */
export function DayField<T extends object>({
  lens,
  name,
  maw = "16rem",
}: FieldProps<T, string | null>) {
  const { description, ...props } = fieldProps(lens, name);
  return (
    <DayInput
      {...props}
      {...(description ? { description } : {})}
      {...narrow(maw)}
      value={lens.value[name] as string | null}
      onChange={(day) => lens.set(name, day as T[typeof name])}
    />
  );
}

/** Yes or no. */
export function CheckField<T extends object>({ lens, name }: FieldProps<T, boolean>) {
  const { readOnly, ...props } = fieldProps(lens, name);
  return (
    <Checkbox
      {...props}
      disabled={readOnly}
      checked={lens.value[name] as boolean}
      onChange={(event) => lens.set(name, event.currentTarget.checked as T[typeof name])}
    />
  );
}

/** One code of a closed list. */
export function CodeField<T extends object>({
  lens,
  name,
  list,
  only,
  maw = "26rem",
}: FieldProps<T, string | null> & { list: CodeList; only?: readonly string[] }) {
  const value = lens.value[name] as string | null;
  const codes = CODES[list].filter((code) => !only || only.includes(code) || code === value);
  return (
    <Select
      {...fieldProps(lens, name)}
      {...narrow(maw)}
      searchable={codes.length > 8}
      clearable={!lens.form.readOnly}
      data={codes.map((code) => ({ value: code, label: codeName(list, code) }))}
      value={value}
      onChange={(code) => lens.set(name, code as T[typeof name])}
    />
  );
}

/** Several codes of a closed list, all in sight. */
export function CodesField<T extends object>({
  lens,
  name,
  list,
}: FieldProps<T, string[]> & { list: CodeList }) {
  const { readOnly, id, ...props } = fieldProps(lens, name);
  return (
    <Checkbox.Group
      {...props}
      id={id}
      value={lens.value[name] as string[]}
      onChange={(codes) => lens.set(name, codes as T[typeof name])}
    >
      <Stack gap={0} mt="xs">
        {CODES[list].map((code) => (
          <Checkbox key={code} value={code} label={codeName(list, code)} disabled={readOnly} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

/** A list of lines, one a line: the quickest way to write and to paste it. */
export function LinesField<T extends object>({ lens, name }: FieldProps<T, string[]>) {
  const { t } = useTranslation("setup");
  const lines = lens.value[name] as string[];
  // What is typed, line breaks at its end included; the list itself has no empty lines.
  const [draft, setDraft] = useState<string | null>(null);
  const props = fieldProps(lens, name);
  return (
    <Textarea
      {...props}
      description={props.description ?? t("lines.hint")}
      autosize
      minRows={2}
      maxRows={14}
      value={draft ?? lines.join("\n")}
      onChange={(event) => {
        setDraft(event.currentTarget.value);
        const next = event.currentTarget.value.split("\n").filter((line) => line.trim() !== "");
        lens.set(name, next as T[typeof name]);
      }}
      onBlur={() => setDraft(null)}
    />
  );
}

/** A list of days, typed one after the other. */
export function DaysField<T extends object>({ lens, name }: FieldProps<T, string[]>) {
  const { t } = useTranslation("setup");
  const days = lens.value[name] as string[];
  const { id, label, description, error, readOnly } = fieldProps(lens, name);
  const put = (index: number, day: string | null) => {
    const next = [...days];
    if (day === null) next.splice(index, 1);
    else next[index] = day;
    lens.set(name, next as T[typeof name]);
  };
  const slots = readOnly ? days : [...days, null];
  return (
    <Stack component="fieldset" gap="xs" className={classes.rows} id={id} tabIndex={-1}>
      <VisuallyHidden component="legend">{label}</VisuallyHidden>
      {slots.map((day, index) => (
        <DayInput
          // The last slot keeps its key while a day is typed into it.
          // biome-ignore lint/suspicious/noArrayIndexKey: days have no ids and stand in order
          key={index}
          label={
            index < days.length ? t("days.nth", { label, n: index + 1 }) : t("days.add", { label })
          }
          description={index === 0 ? description : ""}
          error={
            lens.form.errors[`${lens.path}${name}.${index}`] ?? (index === 0 ? error : undefined)
          }
          readOnly={readOnly}
          {...narrow("16rem")}
          value={day}
          onChange={(next) => put(index, next)}
        />
      ))}
    </Stack>
  );
}
