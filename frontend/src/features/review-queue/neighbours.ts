import type { QueueEntry } from "./queue";

/** An entry by its address. */
export interface EntryAddress {
  code: string;
  id: string;
}

/** What lies before and after an entry in a list, and where the list begins again. */
export function neighbours(list: readonly QueueEntry[], at: EntryAddress) {
  const index = list.findIndex((entry) => entry.id === at.id && entry.district_code === at.code);
  if (index < 0) {
    // It is not in this list any more: the list's first is what comes next.
    return { previous: undefined, next: addressOf(list[0]), position: undefined };
  }
  return {
    previous: addressOf(list[index - 1]),
    next: addressOf(list[index + 1]),
    position: { number: index + 1, of: list.length },
  };
}

function addressOf(entry: QueueEntry | undefined): EntryAddress | undefined {
  return entry ? { code: entry.district_code, id: entry.id } : undefined;
}
