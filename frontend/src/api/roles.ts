import { queryOptions } from "@tanstack/react-query";
import { api } from "./client";
import { everyPage } from "./every-page";

/** All roles of a district, built-in and own; there are few, so the pages are joined. */
export function rolesQuery(code: string) {
  return queryOptions({
    queryKey: ["roles", code],
    queryFn: ({ signal }) =>
      everyPage((page) =>
        api.GET("/api/v1/districts/{code}/roles", {
          params: { path: { code }, query: page },
          signal,
        }),
      ),
  });
}
