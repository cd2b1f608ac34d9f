import { useQuery } from "@tanstack/react-query";
import { api } from "./client";
import { LARGEST_PAGE } from "./every-page";
import type { Region } from "./types";

/**
 * Regions of a level, all of them: at most 38 provinces, at most 38 districts in a province. A
 * `parent` of null waits until there is one; without `parent` the level is read whole.
 */
export function useRegions(level: "province" | "regency", parent?: string | null) {
  return useQuery({
    queryKey: ["regions", level, parent],
    enabled: parent !== null,
    // Codes change by law, not within a working day.
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<Region[]> => {
      const { data } = await api.GET("/api/v1/regions", {
        params: { query: { level, parent: parent ?? undefined, limit: LARGEST_PAGE } },
        signal,
      });
      return data?.items ?? [];
    },
  });
}
