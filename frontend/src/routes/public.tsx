import { createRoute, lazyRouteComponent, Outlet } from "@tanstack/react-router";
import { PublicFrame } from "@/features/shell/public-frame";
import { loadTexts } from "@/lib/i18n";
import { asReturnPath } from "@/lib/return-path";
import { rootRoute } from "./root";

/** Frame of the pages anyone may see. */
const publicRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "publik",
  component: () => (
    <PublicFrame>
      <Outlet />
    </PublicFrame>
  ),
});

const landing = createRoute({
  getParentRoute: () => publicRoute,
  path: "/",
  loader: () => loadTexts("landing"),
  component: lazyRouteComponent(() => import("@/features/landing/landing-page"), "LandingPage"),
});

/** Search of the sign-in page: where to go afterwards, and why one is here. */
interface LoginSearch {
  kembali?: string;
  sesi?: "berakhir";
}

const login = createRoute({
  getParentRoute: () => publicRoute,
  path: "/masuk",
  validateSearch: (search): LoginSearch => ({
    kembali: asReturnPath(search.kembali),
    sesi: search.sesi === "berakhir" ? "berakhir" : undefined,
  }),
  loader: () => loadTexts("auth"),
  component: lazyRouteComponent(() => import("@/features/auth/login-page"), "LoginPage"),
});

const forgot = createRoute({
  getParentRoute: () => publicRoute,
  path: "/lupa-sandi",
  loader: () => loadTexts("auth"),
  component: lazyRouteComponent(() => import("@/features/auth/forgot-page"), "ForgotPage"),
});

const reset = createRoute({
  getParentRoute: () => publicRoute,
  path: "/atur-ulang",
  loader: () => loadTexts("auth"),
  component: lazyRouteComponent(() => import("@/features/auth/reset-page"), "ResetPage"),
});

const invitation = createRoute({
  getParentRoute: () => publicRoute,
  path: "/undangan",
  loader: () => loadTexts("auth"),
  component: lazyRouteComponent(() => import("@/features/auth/invitation-page"), "InvitationPage"),
});

const digestOptOut = createRoute({
  getParentRoute: () => publicRoute,
  path: "/berhenti-ringkasan",
  loader: () => loadTexts("notifications"),
  component: lazyRouteComponent(
    () => import("@/features/notifications/opt-out-page"),
    "OptOutPage",
  ),
});

const register = createRoute({
  getParentRoute: () => publicRoute,
  path: "/daftar",
  loader: () => loadTexts("registration"),
  component: lazyRouteComponent(() => import("@/features/registration/wizard-page"), "WizardPage"),
});

const registrationStatus = createRoute({
  getParentRoute: () => publicRoute,
  path: "/daftar/status",
  loader: () => loadTexts("registration"),
  component: lazyRouteComponent(() => import("@/features/registration/status-page"), "StatusPage"),
});

const confirmEmail = createRoute({
  getParentRoute: () => publicRoute,
  path: "/daftar/konfirmasi",
  loader: () => loadTexts("registration"),
  component: lazyRouteComponent(
    () => import("@/features/registration/confirm-page"),
    "ConfirmPage",
  ),
});

const centres = createRoute({
  getParentRoute: () => publicRoute,
  path: "/layanan",
  validateSearch: (search): { cari?: string } =>
    typeof search.cari === "string" ? { cari: search.cari } : {},
  loader: () => loadTexts("public_page"),
  component: lazyRouteComponent(() => import("@/features/public/public-page"), "PublicListPage"),
});

const centre = createRoute({
  getParentRoute: () => publicRoute,
  path: "/layanan/$code",
  loader: () => loadTexts("public_page"),
  component: lazyRouteComponent(() => import("@/features/public/public-page"), "PublicPage"),
});

export const publicRoutes = publicRoute.addChildren([
  landing,
  login,
  forgot,
  reset,
  invitation,
  digestOptOut,
  register,
  registrationStatus,
  confirmEmail,
  centres,
  centre,
]);
