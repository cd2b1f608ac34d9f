import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api } from "@/api/client";
import { everyPage, LARGEST_PAGE } from "@/api/every-page";
import type { Reply } from "@/api/types";
import { type QueueFilters, queueQueryOf } from "./filters";

type QueuePage = Reply<"/api/v1/oversight/review-queue", "get">;
/** Something that waits for a reviewer. */
export type QueueEntry = QueuePage["items"][number];
export type ReviewLoad = Reply<"/api/v1/oversight/review-load", "get">;
export type Decision = Reply<"/api/v1/districts/{code}/review-decisions", "get">["items"][number];

/** Everything of the queue lies under this key: a decision makes all of it old. */
export const QUEUE_KEY = "review-queue";

/** Entries of a page. */
const PAGE = 100;

/** What waits, the oldest first. */
export function queueQuery(filters: QueueFilters) {
  const query = queueQueryOf(filters);
  return infiniteQueryOptions({
    queryKey: [QUEUE_KEY, "list", query],
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ pageParam: cursor, signal }): Promise<QueuePage> => {
      const { data } = await api.GET("/api/v1/oversight/review-queue", {
        params: { query: { ...query, cursor, limit: PAGE } },
        signal,
      });
      return data ?? { items: [] };
    },
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
}

/** All that waits, for a file: page by page until there is no more. */
export function allEntries(filters: QueueFilters): Promise<QueueEntry[]> {
  const query = queueQueryOf(filters);
  return everyPage((page) =>
    api.GET("/api/v1/oversight/review-queue", { params: { query: { ...query, ...page } } }),
  );
}

/** What waits in one district: far fewer than the largest page. */
export function districtQueueQuery(code: string) {
  return queryOptions({
    queryKey: [QUEUE_KEY, "district", code],
    queryFn: async ({ signal }): Promise<QueueEntry[]> => {
      const query = { district: code, limit: LARGEST_PAGE };
      const { data } = await api.GET("/api/v1/oversight/review-queue", {
        params: { query },
        signal,
      });
      return data?.items ?? [];
    },
  });
}

/** How much each reviewer has on the table. */
export const loadQuery = queryOptions({
  queryKey: [QUEUE_KEY, "load"],
  queryFn: async ({ signal }): Promise<ReviewLoad | null> => {
    const { data } = await api.GET("/api/v1/oversight/review-load", { signal });
    return data ?? null;
  },
});

/** What reviewers decided on an item of a district, the newest first. */
export function decisionsQuery(code: string, item: string) {
  return queryOptions({
    queryKey: [QUEUE_KEY, "decisions", code, item],
    queryFn: async ({ signal }): Promise<Decision[]> => {
      const { data } = await api.GET("/api/v1/districts/{code}/review-decisions", {
        params: { path: { code }, query: { item, limit: 20 } },
        signal,
      });
      return data?.items ?? [];
    },
  });
}

/** Why an entry has to be looked at by itself, or was not accepted with others. */
export const CAUTIONS = [
  "no_document",
  "decisive",
  "handed_in_again",
  "ending",
  "other_standard",
  "not_found",
  "stale",
  "already_decided",
  "conflict_of_interest",
] as const;
export type Caution = (typeof CAUTIONS)[number];

/** The reason as this program knows it. */
export function asCaution(word: string | null | undefined): Caution | undefined {
  return CAUTIONS.find((known) => known === word);
}

/** True of entries that this reader may accept with others. */
export function isPlain(entry: QueueEntry): boolean {
  return !entry.caution && !entry.has_conflict && Boolean(entry.file_id && entry.evidence_version);
}

/** What the service took of many, and what it left with which reason. */
export interface BatchOutcome {
  verified: QueueEntry[];
  refused: { entry: QueueEntry; reason: Caution | undefined }[];
}

/** As many as the service takes at once. */
const MOST_AT_ONCE = 50;

/** Accepts entries, district by district. What is done stays done when a later district fails. */
export async function acceptAll(entries: QueueEntry[]): Promise<BatchOutcome> {
  const outcome: BatchOutcome = { verified: [], refused: [] };
  for (const [code, all] of byDistrict(entries)) {
    for (let from = 0; from < all.length; from += MOST_AT_ONCE) {
      const part = all.slice(from, from + MOST_AT_ONCE);
      const { data } = await api.POST("/api/v1/districts/{code}/evidence-verifications", {
        params: { path: { code } },
        body: {
          evidence: part.map(({ id, evidence_version, file_id }) => ({
            id,
            version: evidence_version ?? 0,
            file_id: file_id ?? "",
          })),
        },
      });
      const verified = new Set(data?.verified);
      outcome.verified.push(...part.filter((entry) => verified.has(entry.id)));
      for (const { id, reason } of data?.refused ?? []) {
        const entry = part.find((found) => found.id === id);
        if (entry) outcome.refused.push({ entry, reason: asCaution(reason) });
      }
    }
  }
  return outcome;
}

function byDistrict(entries: QueueEntry[]): Map<string, QueueEntry[]> {
  const found = new Map<string, QueueEntry[]>();
  for (const entry of entries) {
    found.set(entry.district_code, [...(found.get(entry.district_code) ?? []), entry]);
  }
  return found;
}
