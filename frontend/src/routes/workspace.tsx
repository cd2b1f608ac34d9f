import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { readFilters } from "@/features/national/filters";
import { COMPONENTS } from "@/lib/components";
import { loadTexts } from "@/lib/i18n";
import { asReturnPath } from "@/lib/return-path";
import { workspaceLink } from "@/ui/workspace-link";
import { packageRoutes } from "./packages";
import { setupRoutes } from "./setup";
import { workspaceRoute } from "./workspace-root";

function textOrNothing(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function dayOrNothing(value: unknown): string | undefined {
  return typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined;
}

const choose = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/ruang",
  beforeLoad: ({ context }) => {
    const [only, ...others] = context.me.memberships;
    if (only && others.length === 0) throw redirect(workspaceLink(only));
  },
  loader: () => loadTexts("auth"),
  component: lazyRouteComponent(() => import("@/features/auth/choose-page"), "ChoosePage"),
});

const account = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/akun",
  validateSearch: (search): { kembali?: string } => {
    const kembali = asReturnPath(search.kembali);
    return kembali ? { kembali } : {};
  },
  loader: () => loadTexts("account"),
  component: lazyRouteComponent(() => import("@/features/account/account-page"), "AccountPage"),
});

const districtHome = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code",
  loader: () => loadTexts("district", "setup"),
  component: lazyRouteComponent(() => import("@/features/district/home-page"), "HomePage"),
});

const members = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/anggota",
  loader: () => loadTexts("members"),
  component: lazyRouteComponent(() => import("@/features/members/members-page"), "MembersPage"),
});

const roles = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/peran",
  loader: () => loadTexts("members"),
  component: lazyRouteComponent(() => import("@/features/members/roles-page"), "RolesPage"),
});

const roleEditor = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/peran/$roleId",
  loader: () => loadTexts("members"),
  component: lazyRouteComponent(() => import("@/features/members/role-page"), "RolePage"),
});

const profile = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/profil",
  loader: () => loadTexts("profile"),
  component: lazyRouteComponent(() => import("@/features/profile/profile-page"), "ProfilePage"),
});

/** Filters of the audit trail: the kind of thing, and one of them; who did it; the days from and to. */
interface AuditFilters {
  jenis?: string;
  id?: string;
  oleh?: string;
  dari?: string;
  sampai?: string;
}

const audit = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/jejak-audit",
  validateSearch: (search): AuditFilters => ({
    jenis: textOrNothing(search.jenis),
    // One thing is named by its kind and id together.
    id: textOrNothing(search.jenis) ? textOrNothing(search.id) : undefined,
    oleh: textOrNothing(search.oleh),
    dari: dayOrNothing(search.dari),
    sampai: dayOrNothing(search.sampai),
  }),
  // Events show fields of every component.
  loader: () => loadTexts("audit", "setup", "codes", "readiness", ...COMPONENTS),
  component: lazyRouteComponent(() => import("@/features/audit/audit-page"), "AuditPage"),
});

const national = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat",
  validateSearch: readFilters,
  loader: () => loadTexts("national", "supervision"),
  component: lazyRouteComponent(() => import("@/features/national/national-page"), "NationalPage"),
});

/** Filters of the applications list; they live in the address so that a view can be shared. */
interface ApplicationFilters {
  keadaan?: string;
  provinsi?: string;
  cari?: string;
}

const applications = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/permohonan",
  validateSearch: (search): ApplicationFilters => ({
    keadaan: textOrNothing(search.keadaan),
    // A bare number in the address ("provinsi=73") is read as one; codes are text.
    provinsi: search.provinsi === undefined ? undefined : String(search.provinsi),
    cari: textOrNothing(search.cari),
  }),
  loader: () => loadTexts("oversight", "registration"),
  component: lazyRouteComponent(
    () => import("@/features/oversight/applications-page"),
    "ApplicationsPage",
  ),
});

const application = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/permohonan/$registrationId",
  loader: () => loadTexts("oversight", "registration"),
  component: lazyRouteComponent(
    () => import("@/features/oversight/application-page"),
    "ApplicationPage",
  ),
});

/** Filters of the list of districts. */
interface DistrictFilters {
  keadaan?: string;
  provinsi?: string;
  cari?: string;
}

const districts = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/kabupaten",
  validateSearch: (search): DistrictFilters => ({
    keadaan: textOrNothing(search.keadaan),
    provinsi: search.provinsi === undefined ? undefined : String(search.provinsi),
    cari: textOrNothing(search.cari),
  }),
  loader: () => loadTexts("supervision"),
  component: lazyRouteComponent(
    () => import("@/features/supervision/districts-page"),
    "DistrictsPage",
  ),
});

const districtReview = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/kabupaten/$wilayah",
  loader: () => loadTexts("supervision", "setup", "codes", "readiness"),
  component: lazyRouteComponent(
    () => import("@/features/supervision/district-review-page"),
    "DistrictReviewPage",
  ),
});

export const workspaceRoutes = workspaceRoute.addChildren([
  ...setupRoutes,
  ...packageRoutes,
  choose,
  account,
  districtHome,
  members,
  roles,
  roleEditor,
  profile,
  audit,
  national,
  applications,
  application,
  districts,
  districtReview,
]);
