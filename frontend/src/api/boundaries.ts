import { queryOptions } from "@tanstack/react-query";
import { api } from "./client";
import { isProblem } from "./problem";
import type { components } from "./schema.gen";
import { type Versioned, versioned } from "./versioned";

type Schemas = components["schemas"];
export type BoundarySet = Schemas["BoundarySet"];
export type BoundaryReport = Schemas["BoundaryReport"];
export type BoundaryTopology = Schemas["BoundaryTopology"];
export type BoundaryRegency = Schemas["BoundaryRegency"];

/** What is loaded, with the version needed to remove it. A small answer: the shapes come apart. */
export const boundariesQuery = queryOptions({
  queryKey: ["boundaries"],
  staleTime: 5 * 60_000,
  queryFn: async ({ signal }): Promise<Versioned<Schemas["Boundaries"]>> =>
    versioned(await api.GET("/api/v1/oversight/boundaries", { signal })),
});

/**
 * The shapes with this hash; they never change. When others are loaded meanwhile, or none, the page
 * asks again what is loaded: the shapes of one file never stand above the source of another.
 */
export function topologyQuery(hash: string) {
  return queryOptions({
    queryKey: ["boundary-topology", hash],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal, client }): Promise<BoundaryTopology> => {
      const askAgain = () => void client.invalidateQueries({ queryKey: boundariesQuery.queryKey });
      try {
        const { data, response } = await api.GET("/api/v1/oversight/boundaries/topology", {
          signal,
        });
        if (!data) throw new Error("the topology has no body");
        if (!isTagOf(response.headers.get("ETag"), hash)) {
          askAgain();
          throw new Error("other boundaries were loaded");
        }
        return data;
      } catch (error) {
        if (isProblem(error, "not_found")) askAgain();
        throw error;
      }
    },
  });
}

/** True unless a tag says that it is of something else: it begins like the hash, and proxies add to it. */
function isTagOf(tag: string | null, hash: string): boolean {
  const begin = tag?.match(/^(?:W\/)?"([0-9a-f]+)/)?.[1];
  return begin === undefined || hash.startsWith(begin);
}

/** What is sent of a boundary file. */
export interface BoundaryForm {
  file: File;
  source: string;
  licence: string;
}

function formOf({ file, source, licence }: BoundaryForm): FormData {
  const form = new FormData();
  form.append("source", source);
  form.append("licence", licence);
  form.append("file", file, file.name);
  return form;
}

/** Asks what would come of a file; nothing is kept. */
export async function checkBoundaries(form: BoundaryForm): Promise<BoundaryReport> {
  const { data } = await api.POST("/api/v1/oversight/boundaries", {
    params: { query: { check: true } },
    body: form as never,
    bodySerializer: () => formOf(form),
  });
  if (!data) throw new Error("a report has a body");
  return data as BoundaryReport;
}

/** Loads a file in place of what is loaded. */
export async function loadBoundaries(form: BoundaryForm, key: string): Promise<void> {
  await api.POST("/api/v1/oversight/boundaries", {
    params: { query: {} },
    headers: { "Idempotency-Key": key },
    body: form as never,
    bodySerializer: () => formOf(form),
  });
}
