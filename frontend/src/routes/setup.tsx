import { createRoute, notFound, redirect } from "@tanstack/react-router";
import { itemLink } from "@/ui/readiness/item-link";
import type { RecordSearch } from "@/ui/record/record-link";
import { screen } from "./screen";
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
  component: screen(
    () => import("@/features/regulation/regulation-page"),
    "RegulationPage",
    "setup",
    "codes",
    "readiness",
    "regulation",
  ),
});

const regulationRecord = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/regulasi/$jenis/$recordId",
  validateSearch: recordSearch,
  component: screen(
    () => import("@/features/regulation/regulation-editor"),
    "RegulationEditor",
    "setup",
    "codes",
    "regulation",
  ),
});

const institution = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/kelembagaan",
  validateSearch: partSearch,
  component: screen(
    () => import("@/features/institution/institution-page"),
    "InstitutionPage",
    "setup",
    "codes",
    "readiness",
    "institution",
  ),
});

const institutionRecord = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/kelembagaan/$jenis/$recordId",
  validateSearch: recordSearch,
  component: screen(
    () => import("@/features/institution/institution-editor"),
    "InstitutionEditor",
    "setup",
    "codes",
    "institution",
  ),
});

const mechanism = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/mekanisme-kerja",
  validateSearch: partSearch,
  component: screen(
    () => import("@/features/mechanism/mechanism-page"),
    "MechanismPage",
    "setup",
    "codes",
    "readiness",
    "mechanism",
  ),
});

const mechanismRecord = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/mekanisme-kerja/$jenis/$recordId",
  validateSearch: recordSearch,
  component: screen(
    () => import("@/features/mechanism/mechanism-editor"),
    "MechanismEditor",
    "setup",
    "codes",
    "mechanism",
  ),
});

const sopView = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/mekanisme-kerja/sop/$recordId/bagan",
  component: screen(
    () => import("@/features/mechanism/sop-view"),
    "SopView",
    "setup",
    "codes",
    "mechanism",
  ),
});

const services = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/rentang-layanan",
  validateSearch: partSearch,
  component: screen(
    () => import("@/features/services/services-page"),
    "ServicesPage",
    "setup",
    "codes",
    "readiness",
    "services",
  ),
});

const servicesRecord = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/rentang-layanan/$jenis/$recordId",
  validateSearch: recordSearch,
  component: screen(
    () => import("@/features/services/services-editor"),
    "ServicesEditor",
    "setup",
    "codes",
    "services",
  ),
});

const staff = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/sdm",
  validateSearch: partSearch,
  component: screen(
    () => import("@/features/staff/staff-page"),
    "StaffPage",
    "setup",
    "codes",
    "readiness",
    "staff",
  ),
});

const staffRecord = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/sdm/$jenis/$recordId",
  validateSearch: recordSearch,
  component: screen(
    () => import("@/features/staff/staff-editor"),
    "StaffEditor",
    "setup",
    "codes",
    "staff",
  ),
});

const data = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/sistem-data",
  validateSearch: partSearch,
  component: screen(
    () => import("@/features/data/data-page"),
    "DataPage",
    "setup",
    "codes",
    "readiness",
    "data",
  ),
});

const dataRecord = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/sistem-data/$jenis/$recordId",
  validateSearch: recordSearch,
  component: screen(
    () => import("@/features/data/data-editor"),
    "DataEditor",
    "setup",
    "codes",
    "data",
  ),
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
  component: screen(
    () => import("@/features/launch/launch-page"),
    "LaunchPage",
    "setup",
    "codes",
    "readiness",
    "launch",
  ),
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
