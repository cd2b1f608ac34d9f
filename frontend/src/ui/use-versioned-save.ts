import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { isProblem } from "@/api/problem";
import type { Versioned } from "@/api/versioned";

interface Options<T, Values> {
  /** Version the open form was filled from. */
  opened: Versioned<T>;
  /** Reads the newest version, after somebody else saved. */
  load: () => Promise<Versioned<T>>;
  /** Saves against a version; the service answers 412 when it is no longer the newest. */
  save: (values: Values, etag: string | null) => Promise<Versioned<T>>;
  /** Gets the version that is now stored, by this person or taken from the other. */
  onStored: (stored: Versioned<T>, how: "saved" | "taken") => void;
  onError?: (error: unknown) => void;
}

/** My unsaved values and the version somebody stored meanwhile. */
interface Conflict<T, Values> {
  mine: Values;
  theirs: Versioned<T>;
}

/**
 * Saves a form without ever overwriting what the person has not seen. On a conflict nothing is
 * decided: the caller shows both versions (`ConflictDialog`) and calls one of the three ways out.
 */
export function useVersionedSave<T, Values>(options: Options<T, Values>) {
  const [conflict, setConflict] = useState<Conflict<T, Values> | null>(null);

  const mutation = useMutation({
    mutationFn: async (work: { values: Values; etag: string | null }) => {
      try {
        return { stored: await options.save(work.values, work.etag) };
      } catch (error) {
        if (!isProblem(error, "stale")) throw error;
        return { conflict: { mine: work.values, theirs: await options.load() } };
      }
    },
    onSuccess: (outcome) => {
      setConflict(outcome.conflict ?? null);
      if (outcome.stored) options.onStored(outcome.stored, "saved");
    },
    onError: (error) => options.onError?.(error),
  });

  return {
    conflict,
    error: mutation.error,
    isSaving: mutation.isPending,
    isSaved: mutation.isSuccess && conflict === null,
    save: (values: Values) => mutation.mutate({ values, etag: options.opened.etag }),
    keepMine: () => {
      // Against the version shown in the dialog: a third writer leads to a new conflict.
      if (conflict) mutation.mutate({ values: conflict.mine, etag: conflict.theirs.etag });
    },
    takeTheirs: () => {
      if (!conflict) return;
      options.onStored(conflict.theirs, "taken");
      setConflict(null);
    },
    dismiss: () => setConflict(null),
  };
}
