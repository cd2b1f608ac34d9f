import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { CompareSearch } from "@/features/packages/compare-page";
import { readCatalogueFilters } from "@/features/packages/filters";
import { COMPONENTS } from "@/lib/components";
import { loadTexts } from "@/lib/i18n";
import { workspaceRoute } from "./workspace-root";

/** Packages show records of every component. */
const texts = () => loadTexts("packages", "setup", "codes", ...COMPONENTS);

function wordOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function compareSearch(search: Record<string, unknown>): CompareSearch {
  const [kiri, kanan] = [wordOf(search.kiri), wordOf(search.kanan)];
  return { ...(kiri ? { kiri } : {}), ...(kanan ? { kanan } : {}) };
}

const catalogue = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket",
  validateSearch: readCatalogueFilters,
  loader: texts,
  component: lazyRouteComponent(
    () => import("@/features/packages/catalogue-page"),
    "CataloguePage",
  ),
});

const detail = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/$paket",
  loader: texts,
  component: lazyRouteComponent(
    () => import("@/features/packages/district-package-page"),
    "DistrictPackagePage",
  ),
});

const adopt = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/$paket/mulai",
  loader: texts,
  component: lazyRouteComponent(() => import("@/features/packages/adopt-page"), "AdoptPage"),
});

const own = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/terbitan",
  validateSearch: (search): { baru?: string } => {
    const baru = wordOf(search.baru);
    return baru ? { baru } : {};
  },
  loader: texts,
  component: lazyRouteComponent(
    () => import("@/features/packages/own-packages-page"),
    "OwnPackagesPage",
  ),
});

const publish = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/terbitkan",
  validateSearch: (search): { paket?: string } => {
    const paket = wordOf(search.paket);
    return paket ? { paket } : {};
  },
  loader: texts,
  component: lazyRouteComponent(() => import("@/features/packages/publish-page"), "PublishPage"),
});

const updates = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/pembaruan",
  loader: texts,
  component: lazyRouteComponent(() => import("@/features/packages/updates-page"), "UpdatesPage"),
});

const merge = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/pembaruan/$paket",
  loader: texts,
  component: lazyRouteComponent(() => import("@/features/packages/merge-page"), "MergePage"),
});

const step = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/langkah/$langkah",
  loader: texts,
  component: lazyRouteComponent(() => import("@/features/packages/step-page"), "StepPage"),
});

const compare = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/bandingkan",
  validateSearch: compareSearch,
  loader: texts,
  component: lazyRouteComponent(() => import("@/features/packages/compare-page"), "ComparePage"),
});

const transfer = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/cadangan",
  loader: texts,
  component: lazyRouteComponent(() => import("@/features/packages/transfer-page"), "TransferPage"),
});

const nationalCatalogue = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/paket",
  validateSearch: readCatalogueFilters,
  loader: texts,
  component: lazyRouteComponent(
    () => import("@/features/packages/national-catalogue-page"),
    "NationalCataloguePage",
  ),
});

const nationalDetail = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/paket/$paket",
  loader: texts,
  component: lazyRouteComponent(
    () => import("@/features/packages/national-package-page"),
    "NationalPackagePage",
  ),
});

const nationalImport = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/paket/impor",
  loader: texts,
  component: lazyRouteComponent(() => import("@/features/packages/import-page"), "ImportPage"),
});

const nationalCompare = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/paket/bandingkan",
  validateSearch: compareSearch,
  loader: texts,
  component: lazyRouteComponent(
    () => import("@/features/packages/compare-page"),
    "NationalComparePage",
  ),
});

/** Model packages, and a district's whole setup as a file. */
export const packageRoutes = [
  catalogue,
  detail,
  adopt,
  own,
  publish,
  updates,
  merge,
  step,
  compare,
  transfer,
  nationalCatalogue,
  nationalDetail,
  nationalImport,
  nationalCompare,
] as const;
