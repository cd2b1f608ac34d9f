import type { AuditEvent } from "@/api/types";
import { differences, type MergePath } from "@/lib/merge3";
import { kindOf } from "@/ui/record/deeds";
import { isShown } from "./plain-words";
import { fieldsOf } from "./things";

/** Writes fields and their values so that a person can read them. */
export interface Words {
  label: (path: MergePath) => string;
  text: (path: MergePath, value: unknown) => string;
}

/** A field that changed, both values as text. */
export interface ChangedField {
  name: string;
  label: string;
  before: string;
  after: string;
}

/** A field with one value. */
export interface PlainField {
  label: string;
  value: string;
}

/** What an event shows: fields that changed, those that did not, or the whole of something new or gone. */
export interface Shown {
  changed: ChangedField[];
  same: PlainField[];
  whole: PlainField[];
}

/** The contents of an event with every field that such a thing has. */
export function contentsOf(event: AuditEvent): Record<"before" | "after", Record<string, unknown>> {
  const kind = kindOf(event.entity);
  // Moves of setup records name nothing but the place.
  const empty = kind && event.action !== "move" ? kind.empty : {};
  return {
    before: { ...empty, ...visible(event, event.before) },
    after: { ...empty, ...visible(event, event.after) },
  };
}

function visible(event: AuditEvent, content: AuditEvent["after"]): Record<string, unknown> {
  const fields = fieldsOf(content);
  // Every field of a setup record is somebody's answer.
  if (kindOf(event.entity)) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([field]) => isShown(field, fields)));
}

/** What an event shows, in words. */
export function shownOf(event: AuditEvent, words: Words): Shown {
  const { before, after } = contentsOf(event);
  if (!event.before || !event.after) {
    const whole = event.after ? after : event.before ? before : {};
    return { changed: [], same: [], whole: plainFields(whole, words) };
  }
  const found = differences(before, after);
  const changed = found.map((difference) => ({
    name: difference.path.join("."),
    label: words.label(difference.path),
    before: words.text(difference.path, difference.before),
    after: words.text(difference.path, difference.after),
  }));
  const touched = new Set(found.map((difference) => difference.path[0]));
  const rest = Object.entries(after).filter(([field]) => !touched.has(field));
  return { changed, same: plainFields(Object.fromEntries(rest), words), whole: [] };
}

/** Every field that holds something. */
function plainFields(content: Record<string, unknown>, words: Words): PlainField[] {
  return Object.entries(content)
    .map(([field, value]) => ({ label: words.label([field]), value: words.text([field], value) }))
    .filter(({ value }) => value !== "");
}

/** The kinds of records that ids within a setup record name: their titles are to be read first. */
export function referredKinds(event: AuditEvent): string[] {
  const kind = kindOf(event.entity);
  if (!kind) return [];
  return Object.entries(kind.refs)
    .filter(([path]) => [event.before, event.after].some((content) => isFilled(content, path)))
    .flatMap(([, kinds]) => kinds ?? []);
}

function isFilled(content: unknown, path: string): boolean {
  if (Array.isArray(content)) return content.some((row) => isFilled(row, path));
  if (path === "") return content !== null && content !== undefined && content !== "";
  if (typeof content !== "object" || content === null) return false;
  const [step = "", ...rest] = path.split(".");
  const inner: unknown = Object.entries(content).find(([key]) => key === step)?.[1];
  return isFilled(inner, rest.join("."));
}
