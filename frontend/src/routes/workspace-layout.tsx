import { Outlet, useLocation, useNavigate, useParams } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { lastWorkspace, rememberWorkspace } from "@/api/last-workspace";
import { membershipOf, oversightMembership, useMe } from "@/api/me";
import { useSessionState } from "@/api/use-session";
import { StandingBanner } from "@/features/shell/standing-banner";
import { WorkspaceFrame } from "@/features/shell/workspace-frame";
import { navigationOf } from "./navigation";

/** Puts the navigation of the workspace at hand around its pages. */
export function WorkspaceLayout() {
  const { t } = useTranslation();
  const me = useMe();
  const { code } = useParams({ strict: false });
  const { pathname, href } = useLocation();
  useSignInAgain(href);

  const here = code
    ? membershipOf(me, code)
    : pathname.startsWith("/pusat")
      ? oversightMembership(me)
      : undefined;
  useEffect(() => {
    if (here) rememberWorkspace(here);
  }, [here]);
  // A district that is not this person's has no navigation; pages of no place keep the last one.
  const current = here ?? (code ? undefined : lastWorkspace(me));
  return (
    <WorkspaceFrame me={me} current={current} groups={navigationOf(current, t)} path={pathname}>
      {code ? <StandingBanner code={code} /> : null}
      <Outlet />
    </WorkspaceFrame>
  );
}

/** A session that ends while a page is open leads to sign-in and back to the same page. */
function useSignInAgain(href: string): void {
  const state = useSessionState();
  const navigate = useNavigate();
  useEffect(() => {
    if (state === "expired") {
      void navigate({ to: "/masuk", search: { kembali: href, sesi: "berakhir" } });
    }
  }, [state, href, navigate]);
}
