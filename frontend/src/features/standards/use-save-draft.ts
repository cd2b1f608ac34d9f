import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import {
  draftQuery,
  previewQuery,
  type StandardContent,
  type StandardDraft,
} from "@/api/standards";
import { ifMatch, type Versioned, versioned } from "@/api/versioned";

/** What is sent of a draft. */
export function contentOf({ title, note, components }: StandardDraft): StandardContent {
  return { title, note, components };
}

/** Saves the draft whole after each act. When somebody else saved meanwhile, theirs is shown and nothing is overwritten. */
export function useSaveDraft(draft: Versioned<StandardDraft>, onSaved: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: StandardContent) =>
      versioned(
        await api.PUT("/api/v1/oversight/standard-draft", {
          params: { header: ifMatch(draft.etag) },
          body,
        }),
      ),
    onSuccess: (saved) => {
      client.setQueryData(draftQuery.queryKey, saved);
      void client.invalidateQueries({ queryKey: previewQuery.queryKey });
      onSaved();
    },
    onError: (error) => {
      if (isProblem(error, "stale")) {
        void client.invalidateQueries({ queryKey: draftQuery.queryKey });
      }
    },
  });
}
