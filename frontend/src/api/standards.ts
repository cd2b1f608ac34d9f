import { queryOptions } from "@tanstack/react-query";
import { api } from "./client";
import { everyPage, LARGEST_PAGE } from "./every-page";
import { isProblem } from "./problem";
import type { components } from "./schema.gen";
import { type Versioned, versioned } from "./versioned";

type Schemas = components["schemas"];
export type StandardEdition = Schemas["StandardEdition"];
export type StandardDraft = Schemas["StandardDraft"];
export type StandardContent = Schemas["StandardContent"];
export type StandardItem = Schemas["StandardItem"];
export type StandardComponent = Schemas["StandardComponent"];
export type StandardItemChange = Schemas["StandardItemChange"];
export type StandardChangeKind = Schemas["StandardChangeKind"];
export type StandardPreview = Schemas["StandardPreview"];
export type StandardImpact = Schemas["StandardImpact"];
export type StandardPublication = Schemas["StandardPublication"];
export type StandardTransition = Schemas["StandardTransition"];
export type DistrictItemChange = Schemas["DistrictItemChange"];

/** The published versions, the newest first. */
export const editionsQuery = queryOptions({
  queryKey: ["standards", "editions"],
  queryFn: async ({ signal }): Promise<StandardEdition[]> => {
    const { data } = await api.GET("/api/v1/standards", { signal });
    return data?.items ?? [];
  },
});

/** The open draft with its version; null when none is open. */
export const draftQuery = queryOptions({
  queryKey: ["standards", "draft"],
  queryFn: async ({ signal }): Promise<Versioned<StandardDraft> | null> => {
    try {
      return versioned(await api.GET("/api/v1/oversight/standard-draft", { signal }));
    } catch (error) {
      if (isProblem(error, "not_found")) return null;
      throw error;
    }
  },
});

/** How far the preview of the draft is, asked again while it is worked on; null before the first. */
export const previewQuery = queryOptions({
  queryKey: ["standards", "preview"],
  refetchInterval: ({ state }: { state: { data?: StandardPreview | null | undefined } }) =>
    state.data && !state.data.finished_at ? 1_000 : false,
  queryFn: async ({ signal }): Promise<StandardPreview | null> => {
    try {
      const { data } = await api.GET("/api/v1/oversight/standard-draft/preview", { signal });
      return data ?? null;
    } catch (error) {
      if (isProblem(error, "not_found")) return null;
      throw error;
    }
  },
});

/** What is different in a version from the one before. */
export function changesQuery(version: string) {
  return queryOptions({
    queryKey: ["standards", "changes", version],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<StandardItemChange[]> => {
      const { data } = await api.GET("/api/v1/standards/{version}/changes", {
        params: { path: { version } },
        signal,
      });
      return data?.changes ?? [];
    },
  });
}

/** What each version changes for a district, the newest first; none while there is only one. */
export function districtChangeQuery(code: string) {
  return queryOptions({
    queryKey: ["readiness", code, "standard-change"],
    queryFn: async ({ signal }): Promise<StandardTransition[]> => {
      const { data } = await api.GET("/api/v1/districts/{code}/standard-change", {
        params: { path: { code } },
        signal,
      });
      return data?.changes ?? [];
    },
  });
}

/** Which districts of a preview. */
export interface ImpactFilter {
  province: string | undefined;
  effect: string | undefined;
}

/** One page of what the draft would do to districts. */
export async function impactsPage(
  filter: ImpactFilter,
  cursor: string | undefined,
  signal?: AbortSignal,
) {
  const { data } = await api.GET("/api/v1/oversight/standard-draft/impacts", {
    params: { query: { ...filter, cursor, limit: LARGEST_PAGE } },
    signal,
  });
  if (!data) throw new Error("a list has a body");
  return data;
}

/** All districts of a preview, for a table to take away. */
export function allImpacts(filter: ImpactFilter): Promise<StandardImpact[]> {
  return everyPage(async ({ cursor }) => ({ data: await impactsPage(filter, cursor) }));
}
