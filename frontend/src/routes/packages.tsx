import { createRoute } from "@tanstack/react-router";
import type { CompareSearch } from "@/features/packages/compare-page";
import { readCatalogueFilters } from "@/features/packages/filters";
import { COMPONENTS } from "@/lib/components";
import type { Namespace } from "@/lib/i18n";
import { screen } from "./screen";
import { workspaceRoute } from "./workspace-root";

/** Packages show records of every component. */
const TEXTS: Namespace[] = ["packages", "setup", "codes", ...COMPONENTS];

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
  component: screen(() => import("@/features/packages/catalogue-page"), "CataloguePage", ...TEXTS),
});

const detail = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/$paket",
  component: screen(
    () => import("@/features/packages/district-package-page"),
    "DistrictPackagePage",
    ...TEXTS,
  ),
});

const adopt = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/$paket/mulai",
  component: screen(() => import("@/features/packages/adopt-page"), "AdoptPage", ...TEXTS),
});

const own = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/terbitan",
  validateSearch: (search): { baru?: string } => {
    const baru = wordOf(search.baru);
    return baru ? { baru } : {};
  },
  component: screen(
    () => import("@/features/packages/own-packages-page"),
    "OwnPackagesPage",
    ...TEXTS,
  ),
});

const publish = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/terbitkan",
  validateSearch: (search): { paket?: string } => {
    const paket = wordOf(search.paket);
    return paket ? { paket } : {};
  },
  component: screen(() => import("@/features/packages/publish-page"), "PublishPage", ...TEXTS),
});

const updates = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/pembaruan",
  component: screen(() => import("@/features/packages/updates-page"), "UpdatesPage", ...TEXTS),
});

const merge = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/pembaruan/$paket",
  component: screen(() => import("@/features/packages/merge-page"), "MergePage", ...TEXTS),
});

const step = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/langkah/$langkah",
  component: screen(() => import("@/features/packages/step-page"), "StepPage", ...TEXTS),
});

const compare = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/bandingkan",
  validateSearch: compareSearch,
  component: screen(() => import("@/features/packages/compare-page"), "ComparePage", ...TEXTS),
});

const transfer = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/d/$code/paket/cadangan",
  component: screen(() => import("@/features/packages/transfer-page"), "TransferPage", ...TEXTS),
});

const nationalCatalogue = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/paket",
  validateSearch: readCatalogueFilters,
  component: screen(
    () => import("@/features/packages/national-catalogue-page"),
    "NationalCataloguePage",
    ...TEXTS,
  ),
});

const nationalDetail = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/paket/$paket",
  component: screen(
    () => import("@/features/packages/national-package-page"),
    "NationalPackagePage",
    ...TEXTS,
  ),
});

const nationalImport = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/paket/impor",
  component: screen(() => import("@/features/packages/import-page"), "ImportPage", ...TEXTS),
});

const nationalCompare = createRoute({
  getParentRoute: () => workspaceRoute,
  path: "/pusat/paket/bandingkan",
  validateSearch: compareSearch,
  component: screen(
    () => import("@/features/packages/compare-page"),
    "NationalComparePage",
    ...TEXTS,
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
