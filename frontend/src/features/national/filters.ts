import type { paths } from "@/api/schema.gen";
import { PHASES } from "@/lib/phases";
import { searchText } from "@/lib/search-text";

type Query = NonNullable<paths["/api/v1/oversight/overview"]["get"]["parameters"]["query"]>;

export const STATUSES = ["invited", "onboarding", "live", "suspended"] as const;
/** Days without progress that can be asked for. */
export const STUCK_DAYS = [30, 60, 90, 180, 365] as const;
export const VIEWS = ["matriks", "peta", "tabel", "tertahan"] as const;
/** What may be in a district's way. */
export const OBSTACLES = ["never_used", "returned", "expired", "expiring", "unassigned"] as const;
export type View = (typeof VIEWS)[number];

/** What the address says of the national page; all of it, so that a view can be sent as a link. */
export interface NationalFilters {
  provinsi?: string;
  tahap?: (typeof PHASES)[number];
  keadaan?: (typeof STATUSES)[number];
  /** Days without progress. */
  tertahan?: number;
  /** What is in the way. */
  hambatan?: (typeof OBSTACLES)[number];
  kedaluwarsa?: true;
  /** Id of a wave of replication. */
  gelombang?: string;
  cari?: string;
  tampilan?: View;
  /** Tiles where boundaries could be drawn. */
  bentuk?: "petak";
  /** Which score colours and numbers show: what is there, or what is verified. */
  angka?: "terverifikasi";
  /** Key of the column that sorts, with a minus for the other direction. */
  urut?: string;
}

function oneOf<T>(value: unknown, list: readonly T[]): T | undefined {
  return list.find((known) => known === value);
}

/** Reads the address; what means nothing is left out. */
export function readFilters(search: Record<string, unknown>): NationalFilters {
  return {
    provinsi: searchText(search.provinsi),
    tahap: oneOf(search.tahap, PHASES),
    keadaan: oneOf(search.keadaan, STATUSES),
    tertahan: oneOf(search.tertahan, STUCK_DAYS),
    hambatan: oneOf(search.hambatan, OBSTACLES),
    kedaluwarsa: search.kedaluwarsa === true ? true : undefined,
    gelombang: searchText(search.gelombang),
    cari: searchText(search.cari),
    tampilan: oneOf(search.tampilan, VIEWS),
    bentuk: oneOf(search.bentuk, ["petak"] as const),
    angka: oneOf(search.angka, ["terverifikasi"] as const),
    urut: searchText(search.urut),
  };
}

/** The part of the address that the service answers. */
export function overviewFilters(filters: NationalFilters): Query {
  return {
    province: filters.provinsi,
    phase: filters.tahap,
    status: filters.keadaan,
    stuck_days: filters.tertahan,
    obstacle: filters.hambatan,
    expiring: filters.kedaluwarsa,
    wave: filters.gelombang,
    q: filters.cari,
  };
}

/** True when not everything is shown. */
export function isNarrowed(filters: NationalFilters): boolean {
  return Object.values(overviewFilters(filters)).some((value) => value !== undefined);
}
