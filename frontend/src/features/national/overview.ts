import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import { LARGEST_PAGE } from "@/api/every-page";
import type { Reply } from "@/api/types";
import { type NationalFilters, overviewFilters } from "./filters";

export type Overview = Reply<"/api/v1/oversight/overview", "get">;
export type OverviewDistrict = Overview["districts"][number];
export type OverviewWave = Overview["waves"][number];
export type OverviewProvince = Overview["provinces"][number];
/** Which of the two scores is shown. */
export type Score = "claimed" | "verified";

/** The waves of replication as planned. */
export function wavesQuery() {
  return queryOptions({
    queryKey: ["oversight-waves"],
    queryFn: async ({ signal }) => {
      const { data } = await api.GET("/api/v1/oversight/waves", {
        params: { query: { limit: LARGEST_PAGE } },
        signal,
      });
      return data?.items ?? [];
    },
  });
}

/** All districts that the filters ask for. */
export function overviewQuery(filters: NationalFilters) {
  const query = overviewFilters(filters);
  return queryOptions({
    queryKey: ["oversight-overview", query],
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Overview> => {
      const { data } = await api.GET("/api/v1/oversight/overview", { params: { query }, signal });
      if (!data) throw new Error("the overview has no body");
      return data;
    },
  });
}
