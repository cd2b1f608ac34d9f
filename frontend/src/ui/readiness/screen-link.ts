import type { ComponentKey } from "@/lib/components";
import { componentLink, type PageLink } from "../record/record-link";

/**
 * The screens of the standard, by the standard's own slugs: the component on whose page the work is
 * done, and the part of that page when it is not the first.
 */
export const SCREENS: Readonly<Record<string, readonly [ComponentKey, part?: string]>> = {
  regulation: ["regulation"],
  "institution/teams": ["institution"],
  "institution/secretariat": ["institution"],
  "institution/areas": ["institution"],
  "institution/agencies": ["institution", "instansi"],
  // Meetings are a rhythm of work, though the standard counts them to the institution.
  "institution/coordination": ["mechanism", "koordinasi"],
  sop: ["mechanism"],
  services: ["services"],
  "services/detection": ["services", "deteksi-dini"],
  "services/standards": ["mechanism", "standar"],
  staff: ["staff"],
  "staff/training": ["staff"],
  "data-system/categories": ["data"],
  "data-system/sources": ["data", "sumber"],
  "data-system/reporting": ["data", "laporan"],
  "data-system/agreements": ["data", "perjanjian"],
  "data-system/protection": ["data", "pelindungan"],
};

/** Where the standard says an item is worked on; undefined when this program has no such screen. */
export function screenLink(screen: string, code: string): PageLink | undefined {
  const found = SCREENS[screen];
  return found ? componentLink(found[0], code, found[1]) : undefined;
}
