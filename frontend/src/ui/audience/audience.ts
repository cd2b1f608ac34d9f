import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "@/api/client";
import { everyPage } from "@/api/every-page";
import type { Sent } from "@/api/types";

export type Audience = NonNullable<Sent<"/api/v1/oversight/announcements", "post">["audience"]>;
export type Phase = NonNullable<Audience["phase"]>;

/** How the districts are chosen on the screen. */
export type Which = "all" | "provinces" | "phase" | "districts";

/** What the fields hold; what is not chosen by is kept while one looks around. */
export interface Choice {
  which: Which;
  provinces: string[];
  phase: Phase | null;
  districts: string[];
  roles: "coordinators" | "everyone";
}

export const EVERYBODY: Choice = {
  which: "all",
  provinces: [],
  phase: null,
  districts: [],
  roles: "everyone",
};

/** The audience that was chosen; null while something is missing: nothing chosen must not mean everybody. */
export function audienceOf(choice: Choice): Audience | null {
  const { which, provinces, phase, districts, roles } = choice;
  if (which === "provinces") return provinces.length > 0 ? { provinces, roles } : null;
  if (which === "phase") return phase ? { phase, roles } : null;
  if (which === "districts") return districts.length > 0 ? { districts, roles } : null;
  return { roles };
}

/** How many it reaches. */
export function useAudienceSize(audience: Audience | null) {
  const query = {
    province: audience?.provinces?.join(",") || undefined,
    phase: audience?.phase ?? undefined,
    district: audience?.districts?.join(",") || undefined,
    roles: audience?.roles,
  };
  return useQuery({
    queryKey: ["audience", query],
    enabled: audience !== null,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET("/api/v1/oversight/audience", { params: { query }, signal });
      return data;
    },
  });
}

/** All districts within reach that are active, by name of province and code. */
export const reachableQuery = queryOptions({
  queryKey: ["oversight-districts", "reachable"],
  staleTime: 5 * 60_000,
  queryFn: ({ signal }) =>
    everyPage((page) =>
      api.GET("/api/v1/oversight/districts", {
        params: { query: { standing: "active", ...page } },
        signal,
      }),
    ),
});
