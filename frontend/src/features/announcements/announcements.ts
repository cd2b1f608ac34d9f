import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { api } from "@/api/client";
import type { Reply } from "@/api/types";

export type Announcement = Reply<"/api/v1/districts/{code}/announcements/{announcement_id}", "get">;
export type SentAnnouncement = Reply<"/api/v1/oversight/announcements/{announcement_id}", "get">;
export type Receipt = Reply<
  "/api/v1/oversight/announcements/{announcement_id}/receipts",
  "get"
>["items"][number];

/** Everything about announcements, for `invalidateQueries`. */
export const ANNOUNCEMENTS = ["announcements"] as const;

const PAGE = 30;

/** What reached a district, the newest first. */
export function inboxQuery(code: string) {
  return infiniteQueryOptions({
    queryKey: [...ANNOUNCEMENTS, "inbox", code],
    staleTime: 0,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const { data } = await api.GET("/api/v1/districts/{code}/announcements", {
        params: { path: { code }, query: { cursor, limit: PAGE } },
        signal,
      });
      return data;
    },
    getNextPageParam: (page) => page?.next_cursor ?? undefined,
  });
}

/** One announcement, as a district reads it. */
export function announcementQuery(code: string, id: string) {
  return queryOptions({
    queryKey: [...ANNOUNCEMENTS, "one", code, id],
    // It may have been taken back a moment ago.
    staleTime: 0,
    queryFn: async ({ signal }): Promise<Announcement> => {
      const { data } = await api.GET("/api/v1/districts/{code}/announcements/{announcement_id}", {
        params: { path: { code, announcement_id: id } },
        signal,
      });
      if (!data) throw new Error("the announcement has no body");
      return data;
    },
  });
}

/** What was sent within reach, the newest first. */
export const sentQuery = infiniteQueryOptions({
  queryKey: [...ANNOUNCEMENTS, "sent"],
  initialPageParam: undefined as string | undefined,
  queryFn: async ({ pageParam: cursor, signal }) => {
    const { data } = await api.GET("/api/v1/oversight/announcements", {
      params: { query: { cursor, limit: PAGE } },
      signal,
    });
    return data;
  },
  getNextPageParam: (page) => page?.next_cursor ?? undefined,
});

/** One announcement, as its sender sees it. */
export function sentOneQuery(id: string) {
  return queryOptions({
    queryKey: [...ANNOUNCEMENTS, "sent", id],
    queryFn: async ({ signal }): Promise<SentAnnouncement> => {
      const { data } = await api.GET("/api/v1/oversight/announcements/{announcement_id}", {
        params: { path: { announcement_id: id } },
        signal,
      });
      if (!data) throw new Error("the announcement has no body");
      return data;
    },
  });
}

/** The districts that it reached, and who opened it there. */
export function receiptsQuery(id: string, reading: "unopened" | "unconfirmed" | undefined) {
  return infiniteQueryOptions({
    queryKey: [...ANNOUNCEMENTS, "receipts", id, reading],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const { data } = await api.GET("/api/v1/oversight/announcements/{announcement_id}/receipts", {
        params: { path: { announcement_id: id }, query: { cursor, limit: 100, reading } },
        signal,
      });
      return data;
    },
    getNextPageParam: (page) => page?.next_cursor ?? undefined,
  });
}

/** Who sends: the ministry, or a province. */
export function senderName(
  row: { province_name?: string | null },
  t: TFunction<["announcements", "common"]>,
): string {
  return row.province_name ? t("province", { name: row.province_name }) : t("ministry");
}
