import { queryOptions } from "@tanstack/react-query";
import { clientOf } from "../client";
import { everyPage, type Page } from "../every-page";
import { type Versioned, versioned } from "../versioned";
import type { SetupChange, SetupRecord } from "./content";
import type { AnyKind, RecordKind } from "./kinds";

/**
 * The calls that every kind of setup record has. The document repeats them for each kind with the
 * same shapes; here they are written once, over the path of the kind.
 */
interface KindPaths {
  [path: string]: Record<"get" | "post" | "put", Call>;
}

interface Call {
  parameters: {
    path: { code: string; record_id?: string };
    query?: { limit: number; cursor?: string | undefined; archived?: boolean };
    header?: { "If-Match"?: string; "Idempotency-Key"?: string };
  };
  requestBody?: { content: { "application/json": object } };
  responses: { 200: { content: { "application/json": unknown } } };
}

const calls = clientOf<KindPaths>();

/** All records of a kind in the district's order. A district sets up hundreds at most. */
export function recordsQuery<C extends object>(
  kind: RecordKind<C>,
  code: string,
  archived: boolean = false,
) {
  return queryOptions({
    queryKey: ["setup", code, kind.key, archived ? "archived" : "in_use"],
    queryFn: ({ signal }) =>
      everyPage<SetupRecord<C>>(async (page) => {
        const params = { path: { code }, query: { ...page, archived } };
        const { data } = await calls.GET(kind.path, { params, signal });
        return { data: data as Page<SetupRecord<C>> };
      }),
  });
}

export async function getRecord<C extends object>(
  kind: RecordKind<C>,
  code: string,
  id: string,
): Promise<Versioned<SetupRecord<C>>> {
  const answer = await calls.GET(`${kind.path}/{record_id}`, {
    params: { path: { code, record_id: id } },
  });
  return versioned({ data: answer.data as SetupRecord<C>, response: answer.response });
}

/** Creates a record under an id made here, so that sending it twice makes it once. */
export async function createRecord<C extends object>(
  kind: RecordKind<C>,
  code: string,
  id: string,
  content: C,
  key: string,
): Promise<Versioned<SetupRecord<C>>> {
  const answer = await calls.POST(kind.path, {
    params: { path: { code }, header: { "Idempotency-Key": key } },
    body: { id, content },
  });
  return versioned({ data: answer.data as SetupRecord<C>, response: answer.response });
}

export async function putRecord<C extends object>(
  kind: RecordKind<C>,
  code: string,
  id: string,
  content: C,
  etag: string | null,
): Promise<Versioned<SetupRecord<C>>> {
  const answer = await calls.PUT(`${kind.path}/{record_id}`, {
    params: { path: { code, record_id: id }, header: { "If-Match": etag ?? "*" } },
    body: { content },
  });
  return versioned({ data: answer.data as SetupRecord<C>, response: answer.response });
}

/** Puts a record away or brings it back. */
export async function setArchived(
  kind: AnyKind,
  code: string,
  record: { id: string; version: number },
  archived: boolean,
): Promise<SetupRecord<unknown>> {
  const act = archived ? "archive" : "restore";
  const { data } = await calls.POST(`${kind.path}/{record_id}/${act}`, {
    params: {
      path: { code, record_id: record.id },
      header: { "If-Match": `"${record.version}"` },
    },
  });
  return data as SetupRecord<unknown>;
}

/** Moves a record in front of another, or to the end. */
export async function moveRecord(
  kind: AnyKind,
  code: string,
  id: string,
  before: string | null,
): Promise<void> {
  await calls.POST(`${kind.path}/reorder`, { params: { path: { code } }, body: { id, before } });
}

/** One page of a record's changes, the latest first. */
export async function listChanges(
  kind: AnyKind,
  code: string,
  id: string,
  cursor?: string,
): Promise<Page<SetupChange>> {
  const { data } = await calls.GET(`${kind.path}/{record_id}/history`, {
    params: { path: { code, record_id: id }, query: { limit: 20, cursor } },
  });
  return data as Page<SetupChange>;
}
