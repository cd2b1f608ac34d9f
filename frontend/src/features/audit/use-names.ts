import { useQueries, useQuery } from "@tanstack/react-query";
import { query } from "@/api/client";
import { LARGEST_PAGE } from "@/api/every-page";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { rolesQuery } from "@/api/roles";
import type { SetupRecord } from "@/api/setup/content";
import { type AnyKind, KINDS, type KindKey } from "@/api/setup/kinds";
import { recordsQuery } from "@/api/setup/records";
import type { AuditEvent } from "@/api/types";
import { currentLanguage } from "@/lib/i18n";
import { kindOf } from "@/ui/record/deeds";
import { referredKinds } from "./changes";
import type { Names } from "./plain-words";
import { titleOf } from "./things";

/** Names for what the trail gives by id. What the reader may not see, or is gone, has none. */
export interface EventNames extends Names {
  /** What a thing is called whose event does not say it. */
  thing: (entity: string, id: string) => string | undefined;
}

/** Reads the names that these events need, and nothing when they need none. */
export function useNames(code: string, events: AuditEvent[]): EventNames {
  const membership = membershipOf(useMe(), code);
  const has = (...entities: string[]) => events.some((event) => entities.includes(event.entity));
  const seesMembers = may(membership, PERMISSION.membersRead);
  const roles = useQuery({ ...rolesQuery(code), enabled: seesMembers && has("membership") });
  const permissions = query.useQuery("get", "/api/v1/permissions", undefined, {
    enabled: has("district_role"),
  });
  const members = query.useQuery(
    "get",
    "/api/v1/districts/{code}/members",
    { params: { path: { code }, query: { limit: LARGEST_PAGE } } },
    { enabled: seesMembers && has("membership", "setup_responsibility") },
  );
  const kinds = may(membership, PERMISSION.setupRead) ? kindsToRead(events) : [];
  const records = useQueries({
    queries: kinds.flatMap((kind) => [recordsQuery(kind, code), recordsQuery(kind, code, true)]),
    combine: (lists) =>
      new Map(
        lists.flatMap((list) =>
          (list.data ?? []).map(
            (record: SetupRecord<object>) => [record.id, record.title] as const,
          ),
        ),
      ),
  });
  const described = `description_${currentLanguage()}` as const;
  return {
    role: (key) => roles.data?.find((role) => role.key === key)?.name,
    permission: (key) => permissions.data?.items.find((item) => item.key === key)?.[described],
    person: (id) => members.data?.items.find((member) => member.account_id === id)?.name,
    thing: (entity, id) =>
      entity === "membership"
        ? members.data?.items.find((member) => member.id === id)?.name
        : (records.get(id) ?? said(events, entity, id)),
  };
}

/** Names as far as the events say them themselves, for a trail beside which nothing else is read. */
export function namesSaid(events: AuditEvent[]): EventNames {
  const nothing = () => undefined;
  return {
    role: nothing,
    permission: nothing,
    person: nothing,
    thing: (entity, id) => said(events, entity, id),
  };
}

/** What another event about the same thing calls it. */
function said(events: AuditEvent[], entity: string, id: string): string | undefined {
  return events
    .filter((event) => event.entity === entity && event.entity_id === id)
    .map(titleOf)
    .find(Boolean);
}

/** Kinds that events refer to, or whose events do not say what the record is called. */
function kindsToRead(events: AuditEvent[]): AnyKind[] {
  const keys = events.flatMap((event) => [
    ...referredKinds(event),
    ...(kindOf(event.entity) && titleOf(event) === undefined ? [event.entity] : []),
  ]);
  return [...new Set(keys)].map((key) => KINDS[key as KindKey]);
}
