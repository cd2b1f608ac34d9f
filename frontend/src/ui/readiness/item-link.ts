import type { ReadinessItem } from "@/api/readiness";
import { componentOfItem } from "@/lib/components";
import { CHECKLIST_PART } from "../record/checklist-part";
import { componentLink, type PageLink } from "../record/record-link";

/**
 * The item in the checklist of its component, opened; undefined when no component of this program
 * has such items, as in a page that is older than the standard.
 */
export function itemLink(item: Pick<ReadinessItem, "code">, code: string): PageLink | undefined {
  const component = componentOfItem(item.code);
  return component ? componentLink(component, code, CHECKLIST_PART, item.code) : undefined;
}
