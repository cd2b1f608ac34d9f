import { useLocation } from "@tanstack/react-router";
import { tokenOfHash } from "@/lib/hash-token";

/** The token of the mailed link that led here. */
export function useLinkToken(): string | undefined {
  return useLocation({ select: (location) => tokenOfHash(location.hash) });
}
