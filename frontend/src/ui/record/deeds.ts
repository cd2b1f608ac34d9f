import { type AnyKind, KINDS, type KindKey } from "@/api/setup/kinds";
import type { AuditEvent } from "@/api/types";
import { textAt } from "@/lib/i18n";
import { kindName } from "./texts";

/** The kind of setup record that an event is about, when it is about one. */
export function kindOf(entity: string): AnyKind | undefined {
  return entity in KINDS ? KINDS[entity as KindKey] : undefined;
}

/** What people call a kind of thing. A word that is newer than this program is shown as it is. */
export function thingName(entity: string): string {
  const kind = kindOf(entity);
  return kind ? kindName(kind) : (textAt("audit", `thing.${entity}`) ?? entity);
}

/** What was done, to what: "mengubah SOP". Some acts have a sentence of their own. */
export function deedName({ action, entity }: Pick<AuditEvent, "action" | "entity">): string {
  const own = textAt("audit", `deed.${entity}_${action}`);
  if (own) return own;
  return `${textAt("audit", `action.${action}`) ?? action} ${thingName(entity)}`;
}
