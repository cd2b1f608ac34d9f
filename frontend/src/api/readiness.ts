import { queryOptions } from "@tanstack/react-query";
import { api } from "./client";
import { LARGEST_PAGE } from "./every-page";
import type { components } from "./schema.gen";
import { type Versioned, versioned } from "./versioned";

export { componentKey } from "@/lib/components";

type Schemas = components["schemas"];
export type ReadinessReport = Schemas["ReadinessReport"];
export type ReadinessComponent = Schemas["ReadinessComponent"];
export type PastReadiness = Schemas["PastReadiness"];
export type PastComponent = Schemas["PastComponent"];
export type PastItem = Schemas["PastItem"];
export type ReadinessItem = Schemas["ReadinessItem"];
export type ItemProgress = Schemas["ItemProgress"];
export type Evidence = Schemas["Evidence"];
export type EvidenceUpdate = Schemas["EvidenceUpdate"];
export type Blocker = Schemas["ReadinessBlocker"];
export type DistrictSummary = Schemas["DistrictSummary"];
export type PublicDistrictPage = Schemas["PublicDistrictPage"];

/** How ready a district is, item by item. */
export function readinessQuery(code: string) {
  return queryOptions({
    queryKey: ["readiness", code, "report"],
    queryFn: async ({ signal }): Promise<ReadinessReport> => {
      const params = { path: { code } };
      const { data } = await api.GET("/api/v1/districts/{code}/readiness", { params, signal });
      if (!data) throw new Error("a report has a body");
      return data;
    },
  });
}

/** How ready a district was on a past day; by what counted then, or by a version named. */
export function pastReadinessQuery(code: string, date: string, standard: string | undefined) {
  return queryOptions({
    queryKey: ["readiness", code, "past", date, standard],
    // What is over does not change while somebody looks at it.
    staleTime: 300_000,
    queryFn: async ({ signal }): Promise<PastReadiness> => {
      const { data } = await api.GET("/api/v1/districts/{code}/past-readiness", {
        params: { path: { code }, query: { date, standard } },
        signal,
      });
      if (!data) throw new Error("an answer has a body");
      return data;
    },
  });
}

/** The evidence of one item, the latest first. */
export function evidenceQuery(code: string, item: string) {
  return queryOptions({
    queryKey: ["readiness", code, "evidence", item],
    queryFn: async ({ signal }): Promise<Evidence[]> => {
      const { data } = await api.GET("/api/v1/districts/{code}/evidence", {
        params: { path: { code }, query: { item, limit: LARGEST_PAGE } },
        signal,
      });
      return data?.items ?? [];
    },
  });
}

/** The examples and rules behind the items; they change with a new version of the standard only. */
export const standardQuery = queryOptions({
  queryKey: ["standard"],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }) => {
    const { data } = await api.GET("/api/v1/standards/current", { signal });
    if (!data) throw new Error("a standard has a body");
    return data;
  },
});

/** A district with the version that going live is decided on. */
export async function districtVersion(code: string): Promise<Versioned<Schemas["District"]>> {
  return versioned(await api.GET("/api/v1/districts/{code}", { params: { path: { code } } }));
}
