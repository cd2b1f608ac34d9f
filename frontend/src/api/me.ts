import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";
import { api } from "./client";
import type { Me, Membership } from "./types";
import { type Versioned, versioned } from "./versioned";

/** The signed-in person with the version needed to change their profile. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async (): Promise<Versioned<Me>> => versioned(await api.GET("/api/v1/me")),
  staleTime: 5 * 60_000,
});

/** The signed-in person. Private routes load it before they show, so this does not wait. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data.value;
}

/** The membership that opens a district, if the person has one. */
export function membershipOf(me: Me, code: string): Membership | undefined {
  return me.memberships.find((m) => m.scope === "district" && m.district_code === code);
}

/** The membership for ministry or province screens; the nation's goes before a province's. */
export function oversightMembership(me: Me): Membership | undefined {
  return (
    me.memberships.find((m) => m.scope === "nation") ??
    me.memberships.find((m) => m.scope === "province")
  );
}

/** True when a membership carries a permission. Hiding a button is courtesy; the service decides. */
export function may(membership: Membership | undefined, permission: string): boolean {
  return membership?.permissions.includes(permission) ?? false;
}
