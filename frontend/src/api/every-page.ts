/** The largest page that the service gives. */
export const LARGEST_PAGE = 200;

/** What a list operation answers. */
export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
}

/**
 * All rows of a list in their order, page after page. `load` asks for one page. For lists of hundreds: those that grow without
 * end are read as far as somebody looks.
 */
export async function everyPage<T>(
  load: (page: { cursor: string | undefined; limit: number }) => Promise<{
    data?: Page<T> | undefined;
  }>,
): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | undefined;
  do {
    const { data } = await load({ cursor, limit: LARGEST_PAGE });
    rows.push(...(data?.items ?? []));
    cursor = data?.next_cursor ?? undefined;
  } while (cursor);
  return rows;
}
