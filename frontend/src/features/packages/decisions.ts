import type { Difference, PackageMerge, PackageUpdate, UpdatedRecord } from "@/api/packages";
import { type AnyKind, fieldOf } from "@/api/setup/kinds";
import { placeOf } from "@/ui/record/place";

/** What a person decided at a place. */
export interface Decision {
  choice: "keep_mine" | "take_theirs" | "edited";
  /** For `edited`. */
  value?: unknown;
}

/** What a person decided so far on an update; what is not in it has its default. */
export interface MergeState {
  /** By record and path. */
  places: Record<string, Record<string, Decision>>;
  /** Records that are left for another day, by their ids here. */
  later: string[];
  /** Records of the model that are not wanted now, by their ids in it. */
  notNew: string[];
  /** Records that the model no longer has. */
  retired: Record<string, "keep" | "archive">;
  /** Own agencies for the model's, by its ids; null to add one. */
  agencies: Record<string, string | null>;
}

export const NOTHING_DECIDED: MergeState = {
  places: {},
  later: [],
  notNew: [],
  retired: {},
  agencies: {},
};

/**
 * What holds at a place: the decision, or for what only the model changed its content. Undefined
 * where both changed and nobody decided yet.
 */
export function decisionAt(
  state: MergeState,
  recordId: string,
  difference: Difference,
): Decision | undefined {
  const decided = state.places[recordId]?.[difference.path];
  if (decided) return decided;
  return difference.changed_by === "model" ? { choice: "take_theirs" } : undefined;
}

/** Decides at a place; the state before stays as it was. */
export function decide(
  state: MergeState,
  recordId: string,
  path: string,
  decision: Decision,
): MergeState {
  const places = { ...state.places[recordId], [path]: decision };
  return { ...state, places: { ...state.places, [recordId]: places } };
}

/** Puts a word into a list or takes it out. */
export function toggled(list: string[], word: string, isIn: boolean): string[] {
  const others = list.filter((one) => one !== word);
  return isIn ? [...others, word] : others;
}

/** The records that take part in the merge. */
export function taking(update: PackageUpdate, state: MergeState): UpdatedRecord[] {
  return update.changed.filter((record) => !state.later.includes(record.record_id));
}

/** Places that still need a person. */
export function undecided(
  update: PackageUpdate,
  state: MergeState,
): { record: UpdatedRecord; difference: Difference }[] {
  return taking(update, state).flatMap((record) =>
    record.differences
      .filter((difference) => !decisionAt(state, record.record_id, difference))
      .map((difference) => ({ record, difference })),
  );
}

/**
 * What is sent. Only places that differ now are named, so that decisions of an earlier look at the
 * update do no harm.
 */
export function mergeBody(update: PackageUpdate, state: MergeState): PackageMerge {
  return {
    package_version: update.newest.package_version,
    records: taking(update, state).map((record) => ({
      record_id: record.record_id,
      version: record.version,
      decisions: record.differences.flatMap((difference) => {
        const decided = decisionAt(state, record.record_id, difference);
        if (!decided) return [];
        const { choice, value } = decided;
        const edited = choice === "edited" ? { value: value as Record<string, never> } : {};
        return [{ path: difference.path, choice, ...edited }];
      }),
    })),
    new: update.new.map((record) => record.origin_id).filter((id) => !state.notNew.includes(id)),
    agencies: Object.entries(state.agencies).map(([origin_id, record_id]) => ({
      origin_id,
      record_id,
    })),
    retired: update.retired.flatMap((record) => {
      const act = state.retired[record.record_id];
      if (!act) return [];
      return [{ record_id: record.record_id, version: record.version, archive: act === "archive" }];
    }),
  };
}

/** True when sending it would do something. */
export function doesSomething(body: PackageMerge): boolean {
  return [body.records, body.new, body.retired].some((list) => (list ?? []).length > 0);
}

/** How a value at a place can be written by hand; null where it is better done in the form. */
export type Editor = "text" | "number" | "yes_no" | "lines" | "code" | null;

export function editorOf(kind: AnyKind, difference: Difference, contents: unknown[]): Editor {
  const place = placeOf(difference.path, contents);
  if (place.isOrder || place.field === null) return null;
  const field = fieldOf(place.field);
  const samples = [difference.theirs, difference.mine, difference.base];
  const sample = samples.find((value) => value !== null && value !== undefined);
  if (/(_id|_ids)$/.test(field) && !/^(.*\.)?(name|label|help)_id$/.test(field)) return null;
  if (typeof sample === "number") return "number";
  if (typeof sample === "boolean") return "yes_no";
  if (typeof sample === "string") return kind.codes[field] ? "code" : textEditor(sample, field);
  if (Array.isArray(sample)) {
    const isLines = sample.every((one) => typeof one === "string") && !kind.codes[field];
    return isLines ? "lines" : null;
  }
  return null;
}

/** Days have a form of their own, and steps of a flow are known by ids. */
function textEditor(sample: string, field: string): Editor {
  return /^\d{4}-\d{2}-\d{2}$/.test(sample) || /^steps\.(next|yes|no)$/.test(field) ? null : "text";
}
