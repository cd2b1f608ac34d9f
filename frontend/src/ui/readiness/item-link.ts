import type { ReadinessItem } from "@/api/readiness";
import { COMPONENTS, type ComponentKey } from "@/lib/components";
import { CHECKLIST_PART } from "../record/checklist-part";
import { componentLink, type PageLink } from "../record/record-link";

const PREFIX: Record<string, ComponentKey> = {
  REG: "regulation",
  LEM: "institution",
  MEK: "mechanism",
  LAY: "services",
  SDM: "staff",
  DAT: "data",
};

/** The item in the checklist of its component, opened. */
export function itemLink(item: Pick<ReadinessItem, "code">, code: string): PageLink {
  const component = PREFIX[item.code.split("-")[0] ?? ""] ?? COMPONENTS[0];
  return componentLink(component, code, CHECKLIST_PART, item.code);
}
