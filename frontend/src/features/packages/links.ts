import type { PageLink } from "@/ui/record/record-link";

/** Whose screens these are: a district's, by its code, or the ministry's. */
export type Place = { code: string } | null;

/** The catalogue. */
export function catalogueLink(place: Place): PageLink {
  return place ? { to: "/d/$code/paket", params: { code: place.code } } : { to: "/pusat/paket" };
}

/** One version of a package. */
export function packageLink(place: Place, paket: string): PageLink {
  return place
    ? { to: "/d/$code/paket/$paket", params: { code: place.code, paket } }
    : { to: "/pusat/paket/$paket", params: { paket } };
}

/** Two setups side by side; `saya` is the district's own. */
export function compareLink(place: Place, kiri?: string, kanan?: string): PageLink {
  const search = { ...(kiri ? { kiri } : {}), ...(kanan ? { kanan } : {}) };
  return place
    ? { to: "/d/$code/paket/bandingkan", params: { code: place.code }, search }
    : { to: "/pusat/paket/bandingkan", search };
}
