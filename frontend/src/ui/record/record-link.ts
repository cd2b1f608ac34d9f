import type { LinkProps } from "@tanstack/react-router";
import type { AnyKind } from "@/api/setup/kinds";
import { type ComponentKey, PLACE_OF } from "@/lib/components";

/** Where a link leads; every one is checked against the routes where it is made. */
export type PageLink = Pick<LinkProps, "to" | "params" | "search">;

/** Search of a form's page: the field a link points at, and whether the record is yet to be made. */
export interface RecordSearch {
  isian?: string;
  baru?: boolean;
}

/** Where a record is edited. */
export function recordLink(
  kind: AnyKind,
  code: string,
  recordId: string,
  search: RecordSearch = {},
): PageLink {
  const params = { code, jenis: kind.slug, recordId };
  return { to: PLACE_OF[kind.component].record, params, search };
}

/** The page of a component, opened at one of its lists. */
export function componentLink(
  component: ComponentKey,
  code: string,
  bagian?: string,
  butir?: string,
): PageLink {
  const search = { ...(bagian ? { bagian } : {}), ...(butir ? { butir } : {}) };
  return { to: PLACE_OF[component].page, params: { code }, search };
}
