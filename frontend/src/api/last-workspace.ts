import { readStored, writeStored } from "@/lib/stored";
import type { Me, Membership } from "./types";

const KEY = "satupintu.workspace";

/** Remembers on this device where the person worked last. */
export function rememberWorkspace(membership: Membership): void {
  writeStored(KEY, membership.id);
}

/** Where the person worked last, else their first membership; for pages that belong to no place. */
export function lastWorkspace(me: Me): Membership | undefined {
  const id = readStored<string>(KEY);
  return me.memberships.find((m) => m.id === id) ?? me.memberships[0];
}
