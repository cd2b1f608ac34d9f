import { queryOptions } from "@tanstack/react-query";
import { api } from "./client";

/** A district as its members see it. */
export function districtQuery(code: string) {
  return queryOptions({
    queryKey: ["district", code],
    queryFn: async ({ signal }) => {
      const { data } = await api.GET("/api/v1/districts/{code}", {
        params: { path: { code } },
        signal,
      });
      if (!data) throw new Error("a district has a body");
      return data;
    },
  });
}
