/**
 * Joins two changes of one document without losing either. What only one side changed is taken
 * from that side; what both changed differently is a conflict for a person to decide.
 *
 * Rows (objects with an `id`) are matched by their id, wherever they moved. A row that one side
 * removed and the other changed is kept: removing again is easy, writing again is not. Lists of
 * plain words are joined as sets.
 */

/** Keys and row ids from the top of the document to a value. */
export type MergePath = string[];

/** A value that both sides changed differently. */
export interface MergeConflict {
  path: MergePath;
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

export interface Merged<T> {
  /** The joined document; at a conflict it holds my value. */
  value: T;
  conflicts: MergeConflict[];
  /** What was taken from the other side alone. */
  taken: MergePath[];
}

type Fields = Record<string, unknown>;
type Row = Fields & { id: string };

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isRow(value: unknown): value is Row {
  return isFields(value) && typeof value.id === "string" && value.id !== "";
}

function areRows(value: unknown): value is Row[] {
  return Array.isArray(value) && value.every(isRow);
}

function isWord(value: unknown): boolean {
  return value === null || typeof value !== "object";
}

/** A value as the service keeps it: texts without blanks around them, no empty lines in lists. */
function tidy(value: unknown): unknown {
  if (typeof value === "string") return value.trim();
  if (Array.isArray(value)) return value.map(tidy).filter((item) => item !== "");
  return value;
}

/** True when the two values would be stored alike. Order matters in lists, not in objects. */
export function sameContent(a: unknown, b: unknown): boolean {
  const [left, right] = [tidy(a), tidy(b)];
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, i) => sameContent(item, right[i]));
  }
  if (isFields(left) && isFields(right)) {
    const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
    return [...keys].every((key) => sameContent(left[key], right[key]));
  }
  return (left ?? null) === (right ?? null);
}

/** Joins `mine` and `theirs`, which both began as `base`. */
export function merge3<T>(base: T, mine: T, theirs: T): Merged<T> {
  const conflicts: MergeConflict[] = [];
  const taken: MergePath[] = [];
  const value = join(base, mine, theirs, [], conflicts, taken) as T;
  return { value, conflicts, taken };
}

function join(
  base: unknown,
  mine: unknown,
  theirs: unknown,
  path: MergePath,
  conflicts: MergeConflict[],
  taken: MergePath[],
): unknown {
  if (sameContent(mine, theirs) || sameContent(base, theirs)) return mine;
  if (isFields(mine) && isFields(theirs)) {
    const origin = isFields(base) ? base : {};
    const keys = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
    return Object.fromEntries(
      keys.map((key) => [
        key,
        join(origin[key], mine[key], theirs[key], [...path, key], conflicts, taken),
      ]),
    );
  }
  if (areRows(mine) && areRows(theirs)) {
    return joinRows(areRows(base) ? base : [], mine, theirs, path, conflicts, taken);
  }
  if (sameContent(base, mine)) {
    taken.push(path);
    return theirs;
  }
  if (Array.isArray(mine) && Array.isArray(theirs) && [...mine, ...theirs].every(isWord)) {
    taken.push(path);
    return joinWords(Array.isArray(base) ? base : [], mine, theirs);
  }
  conflicts.push({ path, base, mine, theirs });
  return mine;
}

function joinWords(base: unknown[], mine: unknown[], theirs: unknown[]): unknown[] {
  const kept = mine.filter((word) => !base.includes(word) || theirs.includes(word));
  const added = theirs.filter((word) => !base.includes(word) && !mine.includes(word));
  return [...kept, ...added];
}

function joinRows(
  base: Row[],
  mine: Row[],
  theirs: Row[],
  path: MergePath,
  conflicts: MergeConflict[],
  taken: MergePath[],
): Row[] {
  const find = (rows: Row[], id: string) => rows.find((row) => row.id === id);
  const joined = new Map<string, Row>();
  for (const { id } of [...mine, ...theirs]) {
    if (joined.has(id)) continue;
    const [was, my, their] = [find(base, id), find(mine, id), find(theirs, id)];
    if (my && their) {
      joined.set(id, join(was, my, their, [...path, id], conflicts, taken) as Row);
    } else if (my) {
      // They removed it: gone, unless I changed it or it is new.
      if (!was || !sameContent(was, my)) joined.set(id, my);
      else taken.push([...path, id]);
    } else if (their && (!was || !sameContent(was, their))) {
      joined.set(id, their);
      taken.push([...path, id]);
    }
  }
  const ids = (rows: Row[]) => rows.map((row) => row.id).filter((id) => joined.has(id));
  const myOrderChanged = !sameContent(
    ids(base),
    ids(mine).filter((id) => find(base, id)),
  );
  const [lead, follow] = myOrderChanged ? [mine, theirs] : [theirs, mine];
  return placed(ids(lead), ids(follow)).flatMap((id) => joined.get(id) ?? []);
}

/** The ids in the order of `lead`; those only in `follow` stand after the neighbour they had there. */
function placed(lead: string[], follow: string[]): string[] {
  const order = [...lead];
  follow.forEach((id, index) => {
    if (order.includes(id)) return;
    const before = follow.slice(0, index).findLast((other) => order.includes(other));
    order.splice(before ? order.indexOf(before) + 1 : 0, 0, id);
  });
  return order;
}

/** The document with the value at `path` replaced; steps into rows go by their id. */
export function withValue<T>(document: T, path: MergePath, value: unknown): T {
  const [step, ...rest] = path;
  if (step === undefined) return value as T;
  if (Array.isArray(document)) {
    return document.map((row: unknown) =>
      isRow(row) && row.id === step ? withValue(row, rest, value) : row,
    ) as T;
  }
  const fields: Fields = isFields(document) ? document : {};
  return { ...fields, [step]: withValue(fields[step], rest, value) } as T;
}

/** A single value that differs between two documents. */
export interface Difference {
  path: MergePath;
  before: unknown;
  after: unknown;
}

/** Every value that differs, for reading: rows by id, lists of words whole. */
export function differences(before: unknown, after: unknown, path: MergePath = []): Difference[] {
  if (sameContent(before, after)) return [];
  if (isFields(before) && isFields(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => differences(before[key], after[key], [...path, key]));
  }
  if (areRows(before) && areRows(after) && before.length + after.length > 0) {
    const ids = [...new Set([...before, ...after].map((row) => row.id))];
    const rows = ids.flatMap((id) => {
      const [was, is] = [before.find((r) => r.id === id), after.find((r) => r.id === id)];
      if (was && is) return differences(was, is, [...path, id]);
      return [{ path: [...path, id], before: was ?? null, after: is ?? null }];
    });
    if (rows.length > 0) return rows;
  }
  return [{ path, before, after }];
}
