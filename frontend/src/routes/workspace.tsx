import { createRoute, redirect } from "@tanstack/react-router";
import { districtQuery } from "@/api/district";
import { may, membershipOf } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { readinessQuery } from "@/api/readiness";
import type { TrailSearch } from "@/features/audit/event-trail";
import { readFilters } from "@/features/national/filters";
import { readQueueFilters } from "@/features/review-queue/filters";
import { COMPONENTS } from "@/lib/components";
import { asReturnPath } from "@/lib/return-path";
import { searchText } from "@/lib/search-text";
import { workspaceLink } from "@/ui/workspace-link";
import { announcementRoutes } from "./announcements";
import { calendarRoutes } from "./calendar";
import { packageRoutes } from "./packages";
import { screen } from "./screen";
import { setupRoutes } from "./setup";
import { workspaceRoute } from "./workspace-root";

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
  component: screen(() => import("@/features/auth/choose-page"), "ChoosePage", "auth"),
});

const account = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/akun",
  validateSearch: (search): { kembali?: string } => {
    const kembali = asReturnPath(search.kembali);
    return kembali ? { kembali } : {};
  },
  component: screen(() => import("@/features/account/account-page"), "AccountPage", "account"),
});

const districtHome = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code",
  // Asked for while the screen itself is still on its way; the screen tells what fails.
  loader: ({ context, params: { code } }) => {
    void context.queryClient.prefetchQuery(districtQuery(code));
    if (may(membershipOf(context.me, code), PERMISSION.setupRead)) {
      void context.queryClient.prefetchQuery(readinessQuery(code));
    }
  },
  component: screen(() => import("@/features/district/home-page"), "HomePage", "district", "setup"),
});

/** A day and a version of the standard: the view of a past day can be shared as a link. */
interface PastSearch {
  tanggal?: string;
  standar?: string;
}

function pastSearch(search: Record<string, unknown>): PastSearch {
  // A version that somebody typed ("1.0") is read as a number.
  const standar = Number.isInteger(search.standar) ? `${search.standar}.0` : search.standar;
  return { tanggal: dayOrNothing(search.tanggal), standar: searchText(standar) };
}

const districtPast = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/keadaan",
  validateSearch: pastSearch,
  component: screen(
    () => import("@/features/district/past-page"),
    "PastPage",
    "past",
    "readiness",
    "codes",
  ),
});

const members = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/anggota",
  component: screen(() => import("@/features/members/members-page"), "MembersPage", "members"),
});

const succession = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/pergantian",
  component: screen(
    () => import("@/features/succession/succession-page"),
    "SuccessionPage",
    "succession",
  ),
});

const roles = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/peran",
  component: screen(() => import("@/features/members/roles-page"), "RolesPage", "members"),
});

const roleEditor = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/peran/$roleId",
  component: screen(() => import("@/features/members/role-page"), "RolePage", "members"),
});

const profile = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/profil",
  component: screen(() => import("@/features/profile/profile-page"), "ProfilePage", "profile"),
});

/** Filters of an audit trail: the kind of thing, and one of them; who did it; the days from and to. */
function auditFilters(search: Record<string, unknown>): TrailSearch {
  return {
    jenis: searchText(search.jenis),
    // One thing is named by its kind and id together; an id may look like a number.
    id: searchText(search.jenis) && search.id !== undefined ? String(search.id) : undefined,
    oleh: searchText(search.oleh),
    dari: dayOrNothing(search.dari),
    sampai: dayOrNothing(search.sampai),
  };
}

const audit = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/jejak-audit",
  validateSearch: auditFilters,
  // Events show fields of every component.
  component: screen(
    () => import("@/features/audit/audit-page"),
    "AuditPage",
    "audit",
    "setup",
    "codes",
    "readiness",
    ...COMPONENTS,
  ),
});

const installationAudit = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/jejak-audit",
  validateSearch: auditFilters,
  component: screen(
    () => import("@/features/audit/installation-page"),
    "InstallationAuditPage",
    "audit",
    "setup",
    "codes",
    "readiness",
  ),
});

const notifications = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pemberitahuan",
  validateSearch: (search): { belum?: true } => (search.belum === true ? { belum: true } : {}),
  component: screen(
    () => import("@/features/notifications/notifications-page"),
    "NotificationsPage",
    "notifications",
  ),
});

const notificationPreferences = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pemberitahuan/pengaturan",
  component: screen(
    () => import("@/features/notifications/preferences-page"),
    "PreferencesPage",
    "notifications",
  ),
});

const national = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat",
  validateSearch: readFilters,
  component: screen(
    () => import("@/features/national/national-page"),
    "NationalPage",
    "national",
    "supervision",
    "export",
  ),
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
    keadaan: searchText(search.keadaan),
    // A bare number in the address ("provinsi=73") is read as one; codes are text.
    provinsi: searchText(search.provinsi),
    cari: searchText(search.cari),
  }),
  component: screen(
    () => import("@/features/oversight/applications-page"),
    "ApplicationsPage",
    "oversight",
    "registration",
  ),
});

const application = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/permohonan/$registrationId",
  component: screen(
    () => import("@/features/oversight/application-page"),
    "ApplicationPage",
    "oversight",
    "registration",
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
    keadaan: searchText(search.keadaan),
    provinsi: searchText(search.provinsi),
    cari: searchText(search.cari),
  }),
  component: screen(
    () => import("@/features/supervision/districts-page"),
    "DistrictsPage",
    "supervision",
    "export",
  ),
});

const districtReview = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/kabupaten/$wilayah",
  component: screen(
    () => import("@/features/supervision/district-review-page"),
    "DistrictReviewPage",
    "supervision",
    "setup",
    "codes",
    "readiness",
  ),
});

const districtReviewPast = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/kabupaten/$wilayah/keadaan",
  validateSearch: pastSearch,
  component: screen(
    () => import("@/features/supervision/past-page"),
    "DistrictPastPage",
    "past",
    "readiness",
    "codes",
  ),
});

const districtHistory = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/kabupaten/$wilayah/riwayat",
  component: screen(
    () => import("@/features/supervision/history-page"),
    "HistoryPage",
    "supervision",
    "audit",
    "setup",
    ...COMPONENTS,
  ),
});

const districtLetters = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/kabupaten/$wilayah/surat",
  component: screen(
    () => import("@/features/supervision/letters-page"),
    "LettersPage",
    "supervision",
    "national",
  ),
});

const reviewQueue = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/antrean",
  validateSearch: readQueueFilters,
  component: screen(
    () => import("@/features/review-queue/queue-page"),
    "QueuePage",
    "review_queue",
    "export",
  ),
});

const reviewEntry = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/antrean/$wilayah/$entri",
  // The list one came from: the next of it is the next here.
  validateSearch: readQueueFilters,
  component: screen(
    () => import("@/features/review-queue/entry-page"),
    "EntryPage",
    "review_queue",
    "readiness",
    "codes",
    "setup",
  ),
});

const standards = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/standar",
  validateSearch: (search): { baru?: string | undefined } => ({ baru: searchText(search.baru) }),
  component: screen(
    () => import("@/features/standards/standards-page"),
    "StandardsPage",
    "standards",
  ),
});

/** The part of the draft's page, and the filters of the districts in its impact. */
interface DraftSearch {
  bagian?: "perubahan" | "dampak";
  provinsi?: string;
  akibat?: string;
}

const standardDraft = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/standar/rancangan",
  validateSearch: (search): DraftSearch => ({
    bagian: search.bagian === "perubahan" || search.bagian === "dampak" ? search.bagian : undefined,
    provinsi: searchText(search.provinsi),
    akibat: searchText(search.akibat),
  }),
  component: screen(
    () => import("@/features/standards/draft-page"),
    "DraftPage",
    "standards",
    "codes",
    "readiness",
  ),
});

const standardChange = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/perubahan-standar",
  component: screen(
    () => import("@/features/standards/district-change-page"),
    "DistrictChangePage",
    "standards",
    "readiness",
  ),
});

const boundaries = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/batas-wilayah",
  component: screen(
    () => import("@/features/boundaries/boundaries-page"),
    "BoundariesPage",
    "boundaries",
  ),
});

export const workspaceRoutes = workspaceRoute.addChildren([
  ...setupRoutes,
  ...packageRoutes,
  ...announcementRoutes,
  ...calendarRoutes,
  choose,
  account,
  districtHome,
  districtPast,
  members,
  succession,
  roles,
  roleEditor,
  profile,
  audit,
  installationAudit,
  notifications,
  notificationPreferences,
  national,
  boundaries,
  standards,
  standardDraft,
  standardChange,
  applications,
  application,
  districts,
  districtReview,
  districtReviewPast,
  districtHistory,
  districtLetters,
  reviewQueue,
  reviewEntry,
]);
