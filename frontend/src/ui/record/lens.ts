import type { AnyKind } from "@/api/setup/kinds";

/** What a person sees of a form beside its values. */
export interface FormSurroundings {
  code: string;
  kind: AnyKind;
  readOnly: boolean;
  /** Refusals of the service by path of the field. */
  errors: Record<string, string>;
  /** Instructions for what is missing by path of the field. */
  missing: Record<string, string>;
  /** Field that a link named; the row around it opens. */
  target: string | null;
}

/**
 * A view of one object inside a form: its value, how to change a field of it, and where it lies.
 * Fields are written once against a lens and work at the top as well as inside a row.
 */
export interface Lens<T extends object> {
  value: T;
  /** Path of the object in the content with a dot at its end; empty at the top. */
  path: string;
  form: FormSurroundings;
  set: <K extends keyof T & string>(key: K, next: T[K]) => void;
  change: (update: (now: T) => T) => void;
  /** Changes several fields at once. */
  patch: (part: Partial<T>) => void;
}

/** Names of the fields whose values are of a type. */
export type FieldOf<T, V> = {
  [K in keyof T & string]: T[K] extends V ? K : never;
}[keyof T & string];

/** A lens over a whole value. */
export function lensOf<T extends object>(
  value: T,
  change: (update: (now: T) => T) => void,
  form: FormSurroundings,
  path: string = "",
): Lens<T> {
  const patch = (part: Partial<T>) => change((now) => ({ ...now, ...part }));
  return {
    value,
    path,
    form,
    change,
    set: (key, next) => change((now) => ({ ...now, [key]: next })),
    patch,
  };
}

/** The lens of an object field. */
export function nested<T extends object, K extends FieldOf<T, object>>(
  lens: Lens<T>,
  key: K,
): Lens<T[K] & object> {
  type Inner = T[K] & object;
  const change = (update: (now: Inner) => Inner) =>
    lens.change((now) => ({ ...now, [key]: update(now[key] as Inner) }));
  return lensOf(lens.value[key] as Inner, change, lens.form, `${lens.path}${key}.`);
}

/** The lens of a row in a list field. */
export function rowLens<T extends object, R extends object>(
  lens: Lens<T>,
  key: FieldOf<T, R[]>,
  index: number,
): Lens<R> {
  const rows = lens.value[key] as R[];
  const change = (update: (now: R) => R) =>
    lens.change((now) => ({
      ...now,
      [key]: (now[key] as R[]).map((row, i) => (i === index ? update(row) : row)),
    }));
  return lensOf(rows[index] as R, change, lens.form, `${lens.path}${key}.${index}.`);
}

/** Id of the element in which a field is edited, for links that open it. */
export function fieldId(path: string): string {
  return `isian-${path}`;
}

/** Moves the focus to a field, or to the nearest thing around it that can be found. */
export function focusField(path: string): boolean {
  const steps = path.split(".");
  while (steps.length > 0) {
    const element = document.getElementById(fieldId(steps.join(".")));
    if (element) {
      element.scrollIntoView({ block: "center" });
      element.focus({ preventScroll: true });
      return true;
    }
    steps.pop();
  }
  return false;
}
