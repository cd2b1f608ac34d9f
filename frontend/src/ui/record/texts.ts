import i18next from "i18next";
import type { Code, CodeList } from "@/api/setup/codes";
import { type AnyKind, fieldOf } from "@/api/setup/kinds";

/**
 * Texts whose keys are made from the API's own words: the name of a field, a hint, the name of a
 * code. A test compares the files of texts with the kinds, so that none is missing.
 */
const say = i18next.t.bind(i18next) as unknown as (key: string, options: object) => string;

function key(path: string): string {
  return fieldOf(path).replaceAll(".", "_");
}

/** What people call a field: `steps.2.actor` is "Pelaksana". */
export function fieldLabel(kind: AnyKind, path: string): string {
  const [name, ns] = [key(path), kind.component];
  return say(`field.${kind.key}.${name}`, { ns });
}

/** The line under a field, where there is one. */
export function fieldHint(kind: AnyKind, path: string): string | undefined {
  const [name, ns] = [key(path), kind.component];
  const hint = `hint.${kind.key}.${name}`;
  return i18next.exists(hint, { ns }) ? say(`hint.${kind.key}.${name}`, { ns }) : undefined;
}

/** What people call one of the kind: "instrumen hukum". */
export function kindName(kind: AnyKind): string {
  return say(`kind.${kind.key}`, { ns: "setup" });
}

/** What people call a code. */
export function codeName<L extends CodeList>(list: L, code: Code<L> | (string & {})): string {
  return i18next.exists(`code.${list}.${code}`, { ns: "codes" })
    ? say(`code.${list}.${code}`, { ns: "codes" })
    : code;
}
