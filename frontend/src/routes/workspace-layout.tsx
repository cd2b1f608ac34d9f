import { Outlet, useLocation, useParams, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { lastWorkspace, rememberWorkspace } from "@/api/last-workspace";
import { membershipOf, oversightMembership, useMe } from "@/api/me";
import { useSessionState } from "@/api/use-session";
import { StandingBanner } from "@/features/shell/standing-banner";
import { WorkspaceFrame } from "@/features/shell/workspace-frame";
import { navigationOf, visitorNavigation } from "./navigation";
import { VisitorBanner } from "./visitor-banner";

/** Puts the navigation of the workspace at hand around its pages. */
export function WorkspaceLayout() {
  const { t } = useTranslation();
  const me = useMe();
  const { code } = useParams({ strict: false });
  const { pathname } = useLocation();
  useSignInAgain();

  const here = code
    ? membershipOf(me, code)
    : pathname.startsWith("/pusat")
      ? oversightMembership(me)
      : undefined;
  useEffect(() => {
    if (here) rememberWorkspace(here);
  }, [here]);
  // A district that is not this person's has no navigation; pages of no place keep the last one.
  // Who oversees it looks in as a visitor.
  const visitor = code && !here ? oversightMembership(me) : undefined;
  const current = here ?? visitor ?? (code ? undefined : lastWorkspace(me));
  const groups = code && visitor ? visitorNavigation(visitor, code, t) : navigationOf(current, t);
  return (
    <WorkspaceFrame me={me} current={current} groups={groups} path={pathname}>
      {code && visitor ? <VisitorBanner code={code} /> : null}
      {code ? <StandingBanner code={code} /> : null}
      <Outlet />
    </WorkspaceFrame>
  );
}

/**
 * A session that ends while a page is open leads to sign-in and back to the same page; whoever signed out in another tab signs
 * in anew. The address is read at that moment:
 * on the way it becomes that of the sign-in page, which must not be where one comes back to.
 */
function useSignInAgain(): void {
  const state = useSessionState();
  const router = useRouter();
  useEffect(() => {
    if (state === "signed_out_elsewhere") void router.navigate({ to: "/masuk" });
    if (state !== "expired") return;
    const { pathname, href } = router.state.location;
    if (pathname === "/masuk") return;
    void router.navigate({ to: "/masuk", search: { kembali: href, sesi: "berakhir" } });
  }, [state, router]);
}
