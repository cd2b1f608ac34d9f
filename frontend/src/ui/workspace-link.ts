import { linkOptions } from "@tanstack/react-router";
import type { Membership } from "@/api/types";

/** Where a membership leads: its district's home, or all districts for ministry and province. */
export function workspaceLink(membership: Membership) {
  return membership.scope === "district" && membership.district_code
    ? linkOptions({ to: "/d/$code", params: { code: membership.district_code } })
    : linkOptions({ to: "/pusat" });
}
