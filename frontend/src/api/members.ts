import { queryOptions } from "@tanstack/react-query";
import { api } from "./client";
import { LARGEST_PAGE } from "./every-page";

/** The people of a district, to choose one from; readable with the right to see members. */
export function memberOptionsQuery(code: string) {
  return queryOptions({
    queryKey: ["members", code, "options"],
    queryFn: async ({ signal }) => {
      const params = { path: { code }, query: { limit: LARGEST_PAGE } };
      const { data } = await api.GET("/api/v1/districts/{code}/members", { params, signal });
      return data?.items ?? [];
    },
  });
}
