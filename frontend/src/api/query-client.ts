import { QueryClient } from "@tanstack/react-query";
import { ConnectionError } from "./problem";

/** Reads are tried again only when the service was not reached: a refusal stays a refusal. */
function retryRead(failures: number, error: Error): boolean {
  return error instanceof ConnectionError && failures < 2;
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: retryRead, staleTime: 30_000, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
