import { COMPONENTS, type ComponentKey, KIND_OF_COMPONENT } from "@/lib/components";
import { searchText } from "@/lib/search-text";

/** Whose entries: those that the reader was asked to look at, or those that nobody was. */
export const OWNERS = ["saya", "bebas"] as const;

/** What the address says of the queue; all of it, so that a view can be sent as a link. */
export interface QueueFilters {
  provinsi?: string;
  /** Code of a district. */
  daerah?: string;
  komponen?: ComponentKey;
  milik?: (typeof OWNERS)[number];
  /** Only what may be accepted with others. */
  sekaligus?: true;
}

/** Reads the address; what means nothing is left out. */
export function readQueueFilters(search: Record<string, unknown>): QueueFilters {
  return {
    provinsi: searchText(search.provinsi),
    daerah: searchText(search.daerah),
    komponen: COMPONENTS.find((key) => key === search.komponen),
    milik: OWNERS.find((owner) => owner === search.milik),
    sekaligus: search.sekaligus === true ? true : undefined,
  };
}

/** The same in the words of the service. */
export function queueQueryOf(filters: QueueFilters) {
  return {
    province: filters.provinsi,
    district: filters.daerah,
    component: filters.komponen ? KIND_OF_COMPONENT[filters.komponen] : undefined,
    mine: filters.milik === "saya" ? true : undefined,
    unasked: filters.milik === "bebas" ? true : undefined,
    safe: filters.sekaligus,
  };
}

/** True when not everything is shown. */
export function isNarrowed(filters: QueueFilters): boolean {
  return Object.values(queueQueryOf(filters)).some((value) => value !== undefined);
}
