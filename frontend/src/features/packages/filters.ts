import type { ModelPackage } from "@/api/packages";
import { COMPONENT_OF, type ComponentKind } from "@/lib/components";

/** What of the catalogue is shown; it lives in the address. */
export interface CatalogueFilters {
  cari?: string;
  komponen?: ComponentKind;
  penerbit?: Publisher;
  urut?: Order;
}

/** Without one the newest come first. */
export const ORDERS = ["kesiapan", "pemakai"] as const;
export type Order = (typeof ORDERS)[number];

export const PUBLISHERS = ["district", "nation", "imported"] as const;
export type Publisher = (typeof PUBLISHERS)[number];

/** Reads the filters of an address; words that mean nothing are left out. */
export function readCatalogueFilters(search: Record<string, unknown>): CatalogueFilters {
  const { cari, komponen, penerbit, urut } = search;
  return {
    ...(typeof cari === "string" && cari !== "" ? { cari } : {}),
    ...(typeof komponen === "string" && komponen in COMPONENT_OF
      ? { komponen: komponen as ComponentKind }
      : {}),
    ...(PUBLISHERS.some((one) => one === penerbit) ? { penerbit: penerbit as Publisher } : {}),
    ...(ORDERS.some((one) => one === urut) ? { urut: urut as Order } : {}),
  };
}

/** Who put a package into the catalogue. */
export function publisherOf(one: ModelPackage): Publisher {
  if (one.is_imported) return "imported";
  return one.author.scope;
}

/** What a package is ranked by. */
const RANK: Record<Order, (one: ModelPackage) => number> = {
  kesiapan: (one) => one.readiness_gained ?? Number.NEGATIVE_INFINITY,
  pemakai: (one) => one.adopters?.count ?? 0,
};

/** The packages that the filters leave, in the order that they name. */
export function filterPackages(
  packages: readonly ModelPackage[],
  { cari, komponen, penerbit, urut }: CatalogueFilters,
): ModelPackage[] {
  const text = (cari ?? "").trim().toLocaleLowerCase("id");
  const shown = packages.filter((one) => {
    const words = `${one.name} ${one.author.name} ${one.author.unit_name}`.toLocaleLowerCase("id");
    return (
      words.includes(text) &&
      (!komponen || one.counts.some((count) => count.component === komponen)) &&
      (!penerbit || publisherOf(one) === penerbit)
    );
  });
  if (!urut) return shown;
  const rank = RANK[urut];
  return shown.toSorted((a, b) => rank(b) - rank(a) || 0);
}
