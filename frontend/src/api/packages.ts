import { queryOptions } from "@tanstack/react-query";
import { api } from "./client";
import { everyPage, LARGEST_PAGE } from "./every-page";
import { ProblemError } from "./problem";
import type { components } from "./schema.gen";

type Schemas = components["schemas"];
export type ModelPackage = Schemas["ModelPackage"];
export type PackageCount = Schemas["PackageCount"];
export type PackagePreview = Schemas["PackagePreview"];
export type PackageDraft = Schemas["PackageDraft"];
export type AdoptionPreview = Schemas["PackageAdoptionPreview"];
export type AdoptionCreate = Schemas["PackageAdoptionCreate"];
export type PackageItem = Schemas["PackageItem"];
export type PackageAgency = Schemas["PackageAgency"];
export type AgencyChoice = Schemas["AgencyChoice"];
export type Adoption = Schemas["PackageAdoption"];
export type Undone = Schemas["PackageUndone"];
export type PackageOrigin = Schemas["PackageOrigin"];
export type ComparedRecord = Omit<Schemas["ComparedRecord"], "differences"> & {
  differences: Difference[];
};
export type Comparison = { equal: number; records: ComparedRecord[] };
export type SetupImported = Schemas["SetupImported"];

/** A place that differs. The document calls its values objects; they are of any type. */
export type Difference = Omit<Schemas["Difference"], "base" | "mine" | "theirs"> & {
  base: unknown;
  mine: unknown;
  theirs: unknown;
};
export type UpdatedRecord = Omit<Schemas["UpdatedRecord"], "differences"> & {
  differences: Difference[];
};
export type PackageUpdate = Omit<Schemas["PackageUpdate"], "changed"> & {
  changed: UpdatedRecord[];
};
export type PackageMerge = Schemas["PackageMerge"];

/** A record of a package, in the content of its kind. */
export interface PackageRecord {
  origin_id: string;
  title: string;
  content: Record<string, unknown>;
}

/** A package as it travels: records by component and kind. */
export type PackageDocument = Omit<Schemas["PackageDocument"], "components"> & {
  components: Record<string, Record<string, PackageRecord[]>>;
};

/** All packages on offer, the newest first; a country has hundreds at most. */
export const cataloguePackagesQuery = queryOptions({
  queryKey: ["packages", "offered"],
  queryFn: ({ signal }): Promise<ModelPackage[]> =>
    everyPage((page) => api.GET("/api/v1/packages", { params: { query: page }, signal })),
});

/** One version of a package. */
export function packageQuery(id: string) {
  return queryOptions({
    queryKey: ["packages", "one", id],
    queryFn: async ({ signal }): Promise<ModelPackage> => {
      const params = { path: { model_package_id: id } };
      const { data } = await api.GET("/api/v1/packages/{model_package_id}", { params, signal });
      if (!data) throw new Error("a package has a body");
      return data;
    },
  });
}

/** All versions of a package, the newest first. */
export function packageVersionsQuery(id: string) {
  return queryOptions({
    queryKey: ["packages", "versions", id],
    queryFn: async ({ signal }): Promise<ModelPackage[]> => {
      const params = { path: { model_package_id: id } };
      const path = "/api/v1/packages/{model_package_id}/versions";
      const { data } = await api.GET(path, { params, signal });
      return data?.items ?? [];
    },
  });
}

/** What a version holds; a published version never changes. */
export function packageDocumentQuery(id: string) {
  return queryOptions({
    queryKey: ["packages", "document", id],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<PackageDocument> => {
      const params = { path: { model_package_id: id } };
      const path = "/api/v1/packages/{model_package_id}/document";
      const { data } = await api.GET(path, { params, signal });
      return data as unknown as PackageDocument;
    },
  });
}

/** The file of a version, byte for byte as it is signed. */
export async function packageFile(id: string): Promise<Blob> {
  const { data } = await api.GET("/api/v1/packages/{model_package_id}/document", {
    params: { path: { model_package_id: id } },
    parseAs: "blob",
  });
  return data as unknown as Blob;
}

/** Fingerprints of the keys that sign packages of this installation. */
export const ownKeysQuery = queryOptions({
  queryKey: ["packages", "keys"],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }): Promise<string[]> => {
    const { data } = await api.GET("/api/v1/packages/jwks.json", { signal });
    return data?.keys.map((key) => key.kid) ?? [];
  },
});

/** What a district published, every version, the newest first. */
export function ownPackagesQuery(code: string) {
  return queryOptions({
    queryKey: ["packages", "own", code],
    queryFn: async ({ signal }): Promise<ModelPackage[]> => {
      const { data } = await api.GET("/api/v1/districts/{code}/packages", {
        params: { path: { code }, query: { limit: LARGEST_PAGE } },
        signal,
      });
      return data?.items ?? [];
    },
  });
}

/** The steps in which a district took over packages, the newest first. */
export function adoptionsQuery(code: string) {
  return queryOptions({
    queryKey: ["adoptions", code, "steps"],
    queryFn: async ({ signal }): Promise<Adoption[]> => {
      const { data } = await api.GET("/api/v1/districts/{code}/package-adoptions", {
        params: { path: { code }, query: { limit: LARGEST_PAGE } },
        signal,
      });
      return data?.items ?? [];
    },
  });
}

/** One step. */
export function adoptionQuery(code: string, id: string) {
  return queryOptions({
    queryKey: ["adoptions", code, "step", id],
    queryFn: async ({ signal }): Promise<Adoption> => {
      const { data } = await api.GET("/api/v1/districts/{code}/package-adoptions/{adoption_id}", {
        params: { path: { code, adoption_id: id } },
        signal,
      });
      if (!data) throw new Error("a step has a body");
      return data;
    },
  });
}

/** What later versions of adopted packages change for a district. */
export function packageUpdatesQuery(code: string) {
  return queryOptions({
    queryKey: ["adoptions", code, "updates"],
    // Asked for by every page of the setup; a publisher's next version can wait these minutes.
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }): Promise<PackageUpdate[]> => {
      const params = { path: { code } };
      const path = "/api/v1/districts/{code}/package-updates";
      const { data } = await api.GET(path, { params, signal });
      return (data?.items ?? []) as PackageUpdate[];
    },
  });
}

/** Where a district's records come from, by record. */
export function packageOriginsQuery(code: string) {
  return queryOptions({
    queryKey: ["adoptions", code, "origins"],
    staleTime: 60_000,
    queryFn: async ({ signal }): Promise<Map<string, PackageOrigin>> => {
      const params = { path: { code } };
      const path = "/api/v1/districts/{code}/package-origins";
      const { data } = await api.GET(path, { params, signal });
      return new Map((data?.items ?? []).map((origin) => [origin.record_id, origin]));
    },
  });
}

/** Sends a file as it is: writing its JSON anew could change what its hash was made of. */
export const asItIs = (body: unknown): BodyInit => body as BodyInit;

/** The fingerprint that the service wants confirmed, when that is what it refused for. */
export function untrustedSigner(error: unknown): { kid: string; author: string } | null {
  if (!(error instanceof ProblemError) || error.code !== "package_untrusted") return null;
  const current = error.current<{ signer_kid?: string; author?: { name?: string } }>();
  return { kid: current?.signer_kid ?? "", author: current?.author?.name ?? "" };
}
