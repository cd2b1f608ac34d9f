import { changeLanguage, currentLanguage } from "@/lib/i18n";
import { api } from "./client";
import { meQuery } from "./me";
import { queryClient } from "./query-client";
import { session } from "./session";
import type { TokenPair } from "./types";

/** Opens a session with fresh tokens, loads the person and shows their language. */
export async function enter(pair: TokenPair): Promise<void> {
  queryClient.clear();
  session.open(pair);
  const { value: me } = await queryClient.fetchQuery(meQuery);
  if (me.locale !== currentLanguage()) await changeLanguage(me.locale);
}

/** Ends the session here and at the service. Offline it still ends here. */
export async function leave(): Promise<void> {
  try {
    await api.POST("/api/v1/auth/logout");
  } finally {
    session.close();
    queryClient.clear();
  }
}
