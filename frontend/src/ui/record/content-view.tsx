import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { AnyKind } from "@/api/setup/kinds";
import classes from "./content-view.module.css";
import type { Describer } from "./describe";
import { rowName } from "./place";
import { codeName, fieldLabel } from "./texts";

interface Props {
  kind: AnyKind;
  content: Record<string, unknown>;
  /** Writes values in words; it was given this content. */
  describe: Describer;
}

/** A content to be read: every field that is filled, rows as a numbered list. */
export function ContentView({ kind, content, describe }: Props) {
  const { t } = useTranslation("setup");
  const fields = Object.keys(kind.empty)
    .map((field) => ({ field, value: content[field] }))
    .filter(({ value }) => isFilled(value));
  if (fields.length === 0) return <Text c="dimmed">{t("content_empty")}</Text>;
  return (
    <dl className={classes.content}>
      {fields.map(({ field, value }) => (
        <div key={field}>
          <Text component="dt" c="dimmed">
            {fieldLabel(kind, field)}
          </Text>
          <dd>
            {isRows(value) ? (
              <Rows kind={kind} list={field} rows={value} describe={describe} />
            ) : (
              <span className={classes.text}>{describe.text([field], value)}</span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

type Row = Record<string, unknown>;

interface RowsProps {
  kind: AnyKind;
  list: string;
  rows: Row[];
  describe: Describer;
}

function Rows({ kind, list, rows, describe }: RowsProps) {
  return (
    <ol className={classes.rows}>
      {rows.map((row, index) => {
        const name = rowName(kind, list, row);
        const parts = rowParts(kind, list, row, describe).filter((part) => part.text !== name);
        return (
          <li key={typeof row.id === "string" ? row.id : index}>
            {name ? <Text fw={600}>{name}</Text> : null}
            {parts.map(({ label, text }) => (
              <Text key={label}>
                <Text span c="dimmed" inherit>
                  {label}:
                </Text>{" "}
                {text}
              </Text>
            ))}
          </li>
        );
      })}
    </ol>
  );
}

/** The fields of a row in words; an amount and its unit are one. */
function rowParts(kind: AnyKind, list: string, row: Row, describe: Describer) {
  return Object.entries(row)
    .filter(([key, value]) => key !== "id" && !key.endsWith("_unit") && isFilled(value))
    .map(([key, value]) => ({
      label: fieldLabel(kind, `${list}.${key}`),
      text: spanText(kind, `${list}.${key}`, row, key) ?? describe.text([list, key], value),
    }))
    .filter(({ text }) => text !== "");
}

/** "30 menit" for `duration` with `duration_unit`, and for `{amount, unit}`. */
function spanText(kind: AnyKind, path: string, row: Row, key: string): string | undefined {
  const value = row[key];
  const unitOf = (field: string, unit: unknown) => {
    const list = kind.codes[field];
    return list && typeof unit === "string" ? codeName(list, unit) : undefined;
  };
  if (typeof value === "number") {
    const unit = unitOf(`${path}_unit`, row[`${key}_unit`]);
    return unit ? `${value} ${unit}` : undefined;
  }
  if (typeof value !== "object" || value === null || !("amount" in value)) return undefined;
  const { amount, unit } = value as Row;
  const name = unitOf(`${path}.unit`, unit);
  return typeof amount === "number" && name ? `${amount} ${name}` : undefined;
}

function isRows(value: unknown): value is Row[] {
  return Array.isArray(value) && value.some((row) => typeof row === "object" && row !== null);
}

/** Texts, numbers, ticked boxes, lists with something in them. */
function isFilled(value: unknown): boolean {
  if (value === null || value === undefined || value === "" || value === false) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object") return Object.values(value).some(isFilled);
  return true;
}
