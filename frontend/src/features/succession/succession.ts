import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { api } from "@/api/client";
import type { Reply, Sent } from "@/api/types";
import { ifMatch } from "@/api/versioned";

export type Succession = Reply<"/api/v1/districts/{code}/successions", "get">["items"][number];
export type SuccessionCreate = Sent<"/api/v1/districts/{code}/successions", "post">;
type Decision = Sent<"/api/v1/districts/{code}/successions/{succession_id}/decision", "post">;

export const coordinatorsQuery = (code: string) =>
  queryOptions({
    queryKey: ["coordinators", code],
    queryFn: async ({ signal }) => {
      const { data } = await api.GET("/api/v1/districts/{code}/coordinators", {
        params: { path: { code } },
        signal,
      });
      return data?.items ?? [];
    },
  });

export const successionsQuery = (code: string) =>
  infiniteQueryOptions({
    queryKey: ["successions", code],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const { data } = await api.GET("/api/v1/districts/{code}/successions", {
        params: { path: { code }, query: { cursor, limit: 20 } },
        signal,
      });
      return data;
    },
    getNextPageParam: (page) => page?.next_cursor ?? undefined,
  });

/** Brings everything that hangs on who coordinates up to date. */
function useRefresh(code: string) {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ["coordinators", "successions", "members", "invitations"].map((key) =>
        client.invalidateQueries({ queryKey: [key, code] }),
      ),
    );
}

/** The tag of the version on the screen: what is decided on is what was read. */
function readVersion(row: Succession) {
  return ifMatch(`"${row.version}"`);
}

/** Approves or refuses. */
export function useDecide(code: string, row: Succession, onDone: (done: Succession) => void) {
  const refresh = useRefresh(code);
  return useMutation({
    mutationFn: async (body: Decision) => {
      const { data } = await api.POST(
        "/api/v1/districts/{code}/successions/{succession_id}/decision",
        {
          params: { path: { code, succession_id: row.id }, header: readVersion(row) },
          body,
        },
      );
      if (!data) throw new Error("a succession has a body");
      return data;
    },
    onSuccess: async (done) => {
      onDone(done);
      await refresh();
    },
  });
}

/** Takes one's own request back. */
export function useWithdraw(code: string, row: Succession, onDone: () => void) {
  const refresh = useRefresh(code);
  return useMutation({
    mutationFn: () =>
      api.POST("/api/v1/districts/{code}/successions/{succession_id}/withdrawal", {
        params: { path: { code, succession_id: row.id }, header: readVersion(row) },
      }),
    onSuccess: async () => {
      onDone();
      await refresh();
    },
  });
}

/** Asks for a successor; the same key until it worked, so that one press makes one request. */
export function useAsk(
  code: string,
  key: string,
  onDone: () => void,
  onError: (error: unknown) => void,
) {
  const refresh = useRefresh(code);
  return useMutation({
    mutationFn: (body: SuccessionCreate) =>
      api.POST("/api/v1/districts/{code}/successions", {
        params: { path: { code } },
        headers: { "Idempotency-Key": key },
        body,
      }),
    onSuccess: async () => {
      onDone();
      await refresh();
    },
    onError,
  });
}
