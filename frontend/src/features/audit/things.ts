import { type AnyKind, KINDS } from "@/api/setup/kinds";
import type { AuditEvent } from "@/api/types";
import { COMPONENTS } from "@/lib/components";
import { textAt } from "@/lib/i18n";
import { itemLink } from "@/ui/readiness/item-link";
import { kindOf, thingName } from "@/ui/record/deeds";
import { type PageLink, recordLink } from "@/ui/record/record-link";

/** Kinds of things outside the six components, by their words in the trail, as the filter lists them. */
export const OTHER_THINGS = {
  readiness: ["evidence", "item_progress", "item_review", "setup_responsibility", "file_object"],
  packages: ["model_package", "package_adoption", "setup"],
  workspace: [
    "district",
    "membership",
    "invitation",
    "succession",
    "district_role",
    "announcement",
    "calendar_event",
    "nudge",
    "setup_history",
    "review_request",
  ],
} as const;

/** Kinds of things outside districts. */
export const INSTALLATION_THINGS = {
  people: ["account", "session", "invitation", "notice_preference"],
  nation: [
    "registration",
    "district_invitation",
    "replication_plan",
    "replication_wave",
    "boundary_set",
    "standard_draft",
    "standard_version",
    "model_package",
    "announcement",
    "calendar_event",
  ],
} as const;

/** Kinds of things under one heading of the filter. */
export interface ThingGroup {
  group: string;
  items: { value: string; label: string }[];
}

/** Kinds of things in the groups of the filter, each with what people call it. */
export function thingGroups(): ThingGroup[] {
  const components = COMPONENTS.map((component) => ({
    group: textAt("common", `component.${component}`) ?? component,
    items: Object.values<AnyKind>(KINDS)
      .filter((kind) => kind.component === component)
      .map((kind) => option(kind.key)),
  }));
  return [...components, ...namedGroups(OTHER_THINGS)];
}

/** The same for the installation's trail. */
export function installationThings(): ThingGroup[] {
  return namedGroups(INSTALLATION_THINGS);
}

function namedGroups(groups: Record<string, readonly string[]>): ThingGroup[] {
  return Object.entries(groups).map(([key, entities]) => ({
    group: textAt("audit", `group.${key}`) ?? key,
    items: entities.map(option),
  }));
}

function option(value: string) {
  return { value, label: sentenceCase(thingName(value)) };
}

/** With a capital at its start, as labels are written. */
function sentenceCase(text: string): string {
  return text.charAt(0).toLocaleUpperCase("id") + text.slice(1);
}

/** Fields that name a thing, in the order in which the first that is filled counts. */
const NAMES = [
  "title",
  "name",
  "package_name",
  "name_id",
  "label_id",
  "forum",
  "subject",
  "email",
  "file_name",
];

/** What the thing is called, as far as the event itself says. */
export function titleOf(event: AuditEvent): string | undefined {
  if (["item_progress", "district_invitation"].includes(event.entity)) return event.entity_id;
  // Who is not signed in yet names an account by its email only.
  if (event.entity === "account" && event.entity_id.includes("@")) return event.entity_id;
  // There is one unit; its name stands above the trail.
  if (event.entity === "district") return undefined;
  for (const content of [event.after, event.before]) {
    const fields = fieldsOf(content);
    if (event.entity === "item_review") return textOf(fields.item_code);
    for (const name of NAMES) {
      const title = textOf(fields[name]);
      if (title) return title;
    }
  }
  return undefined;
}

/** Where the thing is seen today; nowhere for files and for words this program does not know. */
export function thingLink(event: AuditEvent, code: string): PageLink | undefined {
  const kind = kindOf(event.entity);
  if (kind) return recordLink(kind, code, event.entity_id);
  const params = { code };
  switch (event.entity) {
    case "evidence":
    case "item_review": {
      const item = textOf(fieldsOf(event.after ?? event.before).item_code);
      return item ? itemLink({ code: item }, code) : undefined;
    }
    case "item_progress":
      return itemLink({ code: event.entity_id }, code);
    case "membership":
    case "invitation":
      return { to: "/d/$code/anggota", params };
    case "model_package":
      return { to: "/d/$code/paket/$paket", params: { code, paket: event.entity_id } };
    case "package_adoption":
      return { to: "/d/$code/paket/langkah/$langkah", params: { code, langkah: event.entity_id } };
    case "district_role":
      return { to: "/d/$code/peran", params };
    case "district":
      return { to: "/d/$code/profil", params };
    case "announcement":
      return {
        to: "/d/$code/pengumuman/$pengumuman",
        params: { code, pengumuman: event.entity_id },
      };
    case "calendar_event":
      return { to: "/d/$code/kalender/$kegiatan", params: { code, kegiatan: event.entity_id } };
    default:
      return undefined;
  }
}

/** The same for the installation's trail. */
export function installationLink(event: AuditEvent): PageLink | undefined {
  switch (event.entity) {
    case "registration":
      return {
        to: "/pusat/permohonan/$registrationId",
        params: { registrationId: event.entity_id },
      };
    case "district_invitation":
      return { to: "/pusat/kabupaten" };
    case "replication_plan":
    case "replication_wave":
      return { to: "/pusat" };
    case "standard_draft":
    case "standard_version":
      return { to: "/pusat/standar" };
    case "announcement":
      return { to: "/pusat/pengumuman/$pengumuman", params: { pengumuman: event.entity_id } };
    case "calendar_event":
      return { to: "/pusat/kalender/$kegiatan", params: { kegiatan: event.entity_id } };
    case "boundary_set":
      return { to: "/pusat/batas-wilayah" };
    default:
      return undefined;
  }
}

/** The fields of what an event shows; none when it shows nothing. */
export function fieldsOf(content: AuditEvent["after"]): Record<string, unknown> {
  return content ?? {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
