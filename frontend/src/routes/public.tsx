import { createRoute, Outlet } from "@tanstack/react-router";
import { LoginPage } from "@/features/auth/login-page";
import { LandingPage } from "@/features/landing/landing-page";
import { PublicListPage, PublicPage } from "@/features/public/public-page";
import { PublicFrame } from "@/features/shell/public-frame";
import { asReturnPath } from "@/lib/return-path";
import { rootRoute } from "./root";
import { screen } from "./screen";

/** Pages with which a visit begins. They are small and come with the application: only their texts are asked for. */
const door = async () => ({ LandingPage, LoginPage, PublicListPage, PublicPage });

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
  component: screen(door, "LandingPage", "landing"),
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
  component: screen(door, "LoginPage", "auth"),
});

const forgot = createRoute({
  getParentRoute: () => publicRoute,
  path: "/lupa-sandi",
  component: screen(() => import("@/features/auth/forgot-page"), "ForgotPage", "auth"),
});

const reset = createRoute({
  getParentRoute: () => publicRoute,
  path: "/atur-ulang",
  component: screen(() => import("@/features/auth/reset-page"), "ResetPage", "auth"),
});

const invitation = createRoute({
  getParentRoute: () => publicRoute,
  path: "/undangan",
  component: screen(() => import("@/features/auth/invitation-page"), "InvitationPage", "auth"),
});

const digestOptOut = createRoute({
  getParentRoute: () => publicRoute,
  path: "/berhenti-ringkasan",
  component: screen(
    () => import("@/features/notifications/opt-out-page"),
    "OptOutPage",
    "notifications",
  ),
});

const register = createRoute({
  getParentRoute: () => publicRoute,
  path: "/daftar",
  component: screen(
    () => import("@/features/registration/wizard-page"),
    "WizardPage",
    "registration",
  ),
});

const registrationStatus = createRoute({
  getParentRoute: () => publicRoute,
  path: "/daftar/status",
  component: screen(
    () => import("@/features/registration/status-page"),
    "StatusPage",
    "registration",
  ),
});

const confirmEmail = createRoute({
  getParentRoute: () => publicRoute,
  path: "/daftar/konfirmasi",
  component: screen(
    () => import("@/features/registration/confirm-page"),
    "ConfirmPage",
    "registration",
  ),
});

const centres = createRoute({
  getParentRoute: () => publicRoute,
  path: "/layanan",
  validateSearch: (search): { cari?: string } =>
    typeof search.cari === "string" ? { cari: search.cari } : {},
  component: screen(door, "PublicListPage", "public_page"),
});

const centre = createRoute({
  getParentRoute: () => publicRoute,
  path: "/layanan/$code",
  component: screen(door, "PublicPage", "public_page"),
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
