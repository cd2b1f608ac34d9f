import { type LinkProps, linkOptions } from "@tanstack/react-router";
import type { AnyKind } from "@/api/setup/kinds";
import type { ComponentKey } from "@/lib/components";

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
  switch (kind.component) {
    case "regulation":
      return linkOptions({ to: "/d/$code/regulasi/$jenis/$recordId", params, search });
    case "institution":
      return linkOptions({ to: "/d/$code/kelembagaan/$jenis/$recordId", params, search });
    case "mechanism":
      return linkOptions({ to: "/d/$code/mekanisme-kerja/$jenis/$recordId", params, search });
    case "services":
      return linkOptions({ to: "/d/$code/rentang-layanan/$jenis/$recordId", params, search });
    case "staff":
      return linkOptions({ to: "/d/$code/sdm/$jenis/$recordId", params, search });
    case "data":
      return linkOptions({ to: "/d/$code/sistem-data/$jenis/$recordId", params, search });
  }
}

/** The page of a component, opened at one of its lists. */
export function componentLink(
  component: ComponentKey,
  code: string,
  bagian?: string,
  butir?: string,
): PageLink {
  const params = { code };
  const search = { ...(bagian ? { bagian } : {}), ...(butir ? { butir } : {}) };
  switch (component) {
    case "regulation":
      return linkOptions({ to: "/d/$code/regulasi", params, search });
    case "institution":
      return linkOptions({ to: "/d/$code/kelembagaan", params, search });
    case "mechanism":
      return linkOptions({ to: "/d/$code/mekanisme-kerja", params, search });
    case "services":
      return linkOptions({ to: "/d/$code/rentang-layanan", params, search });
    case "staff":
      return linkOptions({ to: "/d/$code/sdm", params, search });
    case "data":
      return linkOptions({ to: "/d/$code/sistem-data", params, search });
  }
}
