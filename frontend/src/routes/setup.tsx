import { createRoute, lazyRouteComponent, notFound, redirect } from "@tanstack/react-router";
import { loadTexts } from "@/lib/i18n";
import { itemLink } from "@/ui/readiness/item-link";
import type { RecordSearch } from "@/ui/record/record-link";
import { workspaceRoute } from "./workspace-root";

/** The list that a component's page shows, when it has several. */
export interface PartSearch {
  bagian?: string;
  /** Item of the standard that opens in the checklist. */
  butir?: string;
}

function partSearch(search: Record<string, unknown>): PartSearch {
  return {
    ...(typeof search.bagian === "string" ? { bagian: search.bagian } : {}),
    ...(typeof search.butir === "string" ? { butir: search.butir } : {}),
  };
}

function recordSearch(search: Record<string, unknown>): RecordSearch {
  return {
    ...(typeof search.isian === "string" ? { isian: search.isian } : {}),
    ...(search.baru === true ? { baru: true } : {}),
  };
}

const regulation = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/regulasi",
  validateSearch: partSearch,
  loader: () => loadTexts("setup", "codes", "readiness", "regulation"),
  component: lazyRouteComponent(
    () => import("@/features/regulation/regulation-page"),
    "RegulationPage",
  ),
});

const regulationRecord = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/regulasi/$jenis/$recordId",
  validateSearch: recordSearch,
  loader: () => loadTexts("setup", "codes", "regulation"),
  component: lazyRouteComponent(
    () => import("@/features/regulation/regulation-editor"),
    "RegulationEditor",
  ),
});

const institution = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/kelembagaan",
  validateSearch: partSearch,
  loader: () => loadTexts("setup", "codes", "readiness", "institution"),
  component: lazyRouteComponent(
    () => import("@/features/institution/institution-page"),
    "InstitutionPage",
  ),
});

const institutionRecord = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/kelembagaan/$jenis/$recordId",
  validateSearch: recordSearch,
  loader: () => loadTexts("setup", "codes", "institution"),
  component: lazyRouteComponent(
    () => import("@/features/institution/institution-editor"),
    "InstitutionEditor",
  ),
});

const mechanism = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/mekanisme-kerja",
  validateSearch: partSearch,
  loader: () => loadTexts("setup", "codes", "readiness", "mechanism"),
  component: lazyRouteComponent(
    () => import("@/features/mechanism/mechanism-page"),
    "MechanismPage",
  ),
});

const mechanismRecord = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/mekanisme-kerja/$jenis/$recordId",
  validateSearch: recordSearch,
  loader: () => loadTexts("setup", "codes", "mechanism"),
  component: lazyRouteComponent(
    () => import("@/features/mechanism/mechanism-editor"),
    "MechanismEditor",
  ),
});

const sopView = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/mekanisme-kerja/sop/$recordId/bagan",
  loader: () => loadTexts("setup", "codes", "mechanism"),
  component: lazyRouteComponent(() => import("@/features/mechanism/sop-view"), "SopView"),
});

const services = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/rentang-layanan",
  validateSearch: partSearch,
  loader: () => loadTexts("setup", "codes", "readiness", "services"),
  component: lazyRouteComponent(() => import("@/features/services/services-page"), "ServicesPage"),
});

const servicesRecord = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/rentang-layanan/$jenis/$recordId",
  validateSearch: recordSearch,
  loader: () => loadTexts("setup", "codes", "services"),
  component: lazyRouteComponent(
    () => import("@/features/services/services-editor"),
    "ServicesEditor",
  ),
});

const staff = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/sdm",
  validateSearch: partSearch,
  loader: () => loadTexts("setup", "codes", "readiness", "staff"),
  component: lazyRouteComponent(() => import("@/features/staff/staff-page"), "StaffPage"),
});

const staffRecord = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/sdm/$jenis/$recordId",
  validateSearch: recordSearch,
  loader: () => loadTexts("setup", "codes", "staff"),
  component: lazyRouteComponent(() => import("@/features/staff/staff-editor"), "StaffEditor"),
});

const data = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/sistem-data",
  validateSearch: partSearch,
  loader: () => loadTexts("setup", "codes", "readiness", "data"),
  component: lazyRouteComponent(() => import("@/features/data/data-page"), "DataPage"),
});

const dataRecord = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/sistem-data/$jenis/$recordId",
  validateSearch: recordSearch,
  loader: () => loadTexts("setup", "codes", "data"),
  component: lazyRouteComponent(() => import("@/features/data/data-editor"), "DataEditor"),
});

/** Mails name an item by its code alone; it opens in the checklist of its component. */
const item = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/butir/$item",
  beforeLoad: ({ params }) => {
    const link = itemLink({ code: params.item }, params.code);
    throw link ? redirect({ ...link, replace: true }) : notFound();
  },
});

const launch = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/tinjauan",
  loader: () => loadTexts("setup", "codes", "readiness", "launch"),
  component: lazyRouteComponent(() => import("@/features/launch/launch-page"), "LaunchPage"),
});

/** The components and the forms of their records. */
export const setupRoutes = [
  regulation,
  regulationRecord,
  institution,
  institutionRecord,
  mechanism,
  mechanismRecord,
  sopView,
  services,
  servicesRecord,
  staff,
  staffRecord,
  data,
  dataRecord,
  item,
  launch,
] as const;
