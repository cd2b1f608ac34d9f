import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api } from "./client";
import type { Reply, Sent } from "./types";
import { type Versioned, versioned } from "./versioned";

export type Notification = Reply<"/api/v1/notifications", "get">["items"][number];
export type Preferences = Reply<"/api/v1/notifications/preferences", "get">;
export type PreferencesUpdate = Sent<"/api/v1/notifications/preferences", "put">;
export type Channel = Preferences["kinds"][number]["channel"];

/** Everything about one's own notifications, for `invalidateQueries`. */
export const NOTIFICATIONS = ["notifications"] as const;

/** How often the number is asked for while no stream is open. */
const POLL = 60_000;

/** How many are unread; asked for by itself only while nothing tells. */
export function unreadQuery(isStreaming: boolean) {
  return queryOptions({
    queryKey: [...NOTIFICATIONS, "unread"],
    refetchInterval: isStreaming ? false : POLL,
    queryFn: async ({ signal }) => {
      const { data } = await api.GET("/api/v1/notifications/unread", { signal });
      return data?.unread ?? 0;
    },
  });
}

/** One's own notifications, the newest first, a page at a time. */
export function notificationsQuery(onlyUnread: boolean, limit: number) {
  return infiniteQueryOptions({
    queryKey: [...NOTIFICATIONS, "list", { onlyUnread, limit }],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const query = { cursor, limit, unread: onlyUnread || undefined };
      const { data } = await api.GET("/api/v1/notifications", { params: { query }, signal });
      return data;
    },
    getNextPageParam: (page) => page?.next_cursor ?? undefined,
  });
}

export const preferencesQuery = queryOptions({
  queryKey: ["notification-preferences"],
  // A form is filled from it: never from an old answer, nor from one of the visit before.
  staleTime: 0,
  gcTime: 0,
  queryFn: async (): Promise<Versioned<Preferences>> =>
    versioned(await api.GET("/api/v1/notifications/preferences")),
});

export function markRead(id: string) {
  return api.POST("/api/v1/notifications/{notification_id}/read", {
    params: { path: { notification_id: id } },
  });
}

export function markAllRead(upTo: string) {
  return api.POST("/api/v1/notifications/read", { body: { up_to: upTo } });
}
