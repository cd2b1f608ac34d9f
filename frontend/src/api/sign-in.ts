import { changeLanguage, currentLanguage } from "@/lib/i18n";
import { asLanguage } from "@/lib/language";
import { api } from "./client";
import { meQuery } from "./me";
import { ProblemError } from "./problem";
import { queryClient } from "./query-client";
import { session } from "./session";
import type { TokenPair } from "./types";

/** Opens a session with fresh tokens, loads the person and shows their language. */
export async function enter(pair: TokenPair): Promise<void> {
  queryClient.clear();
  session.open(pair);
  const { value: me } = await queryClient.fetchQuery(meQuery);
  const language = asLanguage(me.locale);
  if (language !== currentLanguage()) await changeLanguage(language);
}

/**
 * Ends the session at the service. Without a connection it fails, and must: the cookie would still
 * open the session again, and the person would believe to be signed out.
 */
export async function endSession(): Promise<void> {
  try {
    await api.POST("/api/v1/auth/logout");
  } catch (error) {
    const alreadyOver = error instanceof ProblemError && error.status === 401;
    if (!alreadyOver) throw error;
  }
}

/** Forgets the person on this page, after `endSession` and once no private page is shown. */
export function forgetPerson(): void {
  session.close();
  queryClient.clear();
}
