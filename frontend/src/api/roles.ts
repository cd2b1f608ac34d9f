import { queryOptions } from "@tanstack/react-query";
import { api } from "./client";
import type { Role } from "./types";

/** All roles of a district, built-in and own; there are few, so the pages are joined. */
export function rolesQuery(code: string) {
  return queryOptions({
    queryKey: ["roles", code],
    queryFn: async ({ signal }) => {
      const roles: Role[] = [];
      let cursor: string | undefined;
      do {
        const { data } = await api.GET("/api/v1/districts/{code}/roles", {
          params: { path: { code }, query: { cursor, limit: 200 } },
          signal,
        });
        roles.push(...(data?.items ?? []));
        cursor = data?.next_cursor ?? undefined;
      } while (cursor);
      return roles;
    },
  });
}
