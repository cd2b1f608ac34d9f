import { queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import { everyPage } from "@/api/every-page";
import type { components } from "@/api/schema.gen";

export type PublicDistrict = components["schemas"]["PublicDistrict"];

/**
 * All districts whose centre is live. They are few hundred short lines, so the pages are joined and searched on the
 * device: no district is missing from the list, and typing waits for no network.
 */
export const liveDistrictsQuery = queryOptions({
  queryKey: ["public-districts"],
  queryFn: ({ signal }) =>
    everyPage((page) => api.GET("/api/v1/public/districts", { params: { query: page }, signal })),
});

/** Those whose name has every word of the search, however shortened: "kab. gowa" is Kabupaten Gowa. */
export function namedLike(rows: PublicDistrict[], search: string): PublicDistrict[] {
  const words = search.toLocaleLowerCase("id").split(/[\s.]+/);
  return rows.filter(({ name }) =>
    words.every((word) => name.toLocaleLowerCase("id").includes(word)),
  );
}
