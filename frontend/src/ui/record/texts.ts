import type { Code, CodeList } from "@/api/setup/codes";
import { type AnyKind, fieldOf } from "@/api/setup/kinds";
import { textAt } from "@/lib/i18n";

/**
 * Texts whose keys are made from the API's own words: the name of a field, a hint, the name of a
 * code. A test compares the files of texts with the kinds, so that none is missing.
 */
function key(path: string): string {
  return fieldOf(path).replaceAll(".", "_");
}

/** What people call a field: `steps.2.actor` is "Pelaksana". */
export function fieldLabel(kind: AnyKind, path: string): string {
  return textAt(kind.component, `field.${kind.key}.${key(path)}`) ?? path;
}

/** The line under a field, where there is one. */
export function fieldHint(kind: AnyKind, path: string): string | undefined {
  return textAt(kind.component, `hint.${kind.key}.${key(path)}`);
}

/** What people call one of the kind: "instrumen hukum". */
export function kindName(kind: AnyKind): string {
  return textAt("setup", `kind.${kind.key}`) ?? kind.key;
}

/** What people call a code. */
export function codeName<L extends CodeList>(list: L, code: Code<L> | (string & {})): string {
  return textAt("codes", `code.${list}.${code}`) ?? code;
}
