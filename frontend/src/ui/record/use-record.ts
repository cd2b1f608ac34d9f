import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import type { SetupRecord } from "@/api/setup/content";
import type { RecordKind } from "@/api/setup/kinds";
import { getRecord, recordsQuery } from "@/api/setup/records";
import type { Versioned } from "@/api/versioned";
import { RecordSaver } from "./record-saver";

/**
 * Reads the record a form opens with. `null` means it does not exist yet (only asked for with
 * `mayBeNew`). It is read once: later versions come through the saver, never under the person's hands.
 */
export function useOpened<C extends object>(
  kind: RecordKind<C>,
  code: string,
  id: string,
  mayBeNew: boolean,
) {
  const client = useQueryClient();
  return useQuery({
    queryKey: ["setup", code, kind.key, "opened", id],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: async (): Promise<Versioned<SetupRecord<C>> | null> => {
      // An address of a new record that was kept may name one that is there by now. The lists tell that; to ask for a
      // record that nobody made yet would be answered with an error.
      if (mayBeNew && !(await isThere(client, kind, code, id))) return null;
      return getRecord(kind, code, id);
    },
  });
}

async function isThere<C extends object>(
  client: QueryClient,
  kind: RecordKind<C>,
  code: string,
  id: string,
): Promise<boolean> {
  const lists = [false, true].map((archived) =>
    client.fetchQuery({ ...recordsQuery(kind, code, archived), staleTime: 0 }),
  );
  return (await Promise.all(lists)).flat().some((record) => record.id === id);
}

/** An open record with its autosave; the component shows `state` and calls `saver.change`. */
export function useRecordSaver<C extends object>(
  kind: RecordKind<C>,
  code: string,
  id: string,
  opened: Versioned<SetupRecord<C>> | null,
) {
  const client = useQueryClient();
  const onStored = useCallback(() => {
    // Lists and pickers show titles; what this form itself shows is with the saver.
    for (const part of ["in_use", "archived"]) {
      void client.invalidateQueries({ queryKey: ["setup", code, kind.key, part] });
    }
    void client.invalidateQueries({ queryKey: ["readiness", code] });
    // Whether it still is what was taken over from a package.
    void client.invalidateQueries({ queryKey: ["adoptions", code] });
  }, [client, code, kind]);
  const [saver] = useState(() => new RecordSaver(kind, code, id, opened, onStored));
  const state = useSyncExternalStore(saver.subscribe, saver.snapshot);

  useEffect(() => {
    const flush = () => void saver.flush();
    const hide = () => {
      if (document.visibilityState === "hidden") flush();
    };
    window.addEventListener("online", flush);
    document.addEventListener("visibilitychange", hide);
    return () => {
      window.removeEventListener("online", flush);
      document.removeEventListener("visibilitychange", hide);
      flush();
    };
  }, [saver]);
  return { saver, state };
}
