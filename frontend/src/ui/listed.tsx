import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { LoadMore } from "./load-more";
import { PageSkeleton } from "./loading";
import { ProblemAlert } from "./problem-alert";

interface Props<Row> {
  /** The list, as TanStack Query reads it page by page. */
  list: UseInfiniteQueryResult<InfiniteData<{ items: Row[] } | undefined>>;
  /** What is said when there is nothing in it. */
  empty?: ReactNode;
  children: (rows: Row[]) => ReactNode;
}

/** A list that comes in pages: what went wrong, that it is being read, that it is empty, its rows, and the way to more. */
export function Listed<Row>({ list, empty, children }: Props<Row>) {
  const rows = listedRows(list);
  return (
    <>
      <ProblemAlert error={list.error} onRetry={() => list.refetch()} />
      {list.isPending ? <PageSkeleton /> : null}
      {list.isSuccess && rows.length === 0 ? empty : null}
      {rows.length > 0 ? children(rows) : null}
      <LoadMore list={list} />
    </>
  );
}

/** What has been read of a list so far. */
export function listedRows<Row>({ data }: Pick<Props<Row>["list"], "data">): Row[] {
  return data?.pages.flatMap((page) => page?.items ?? []) ?? [];
}
