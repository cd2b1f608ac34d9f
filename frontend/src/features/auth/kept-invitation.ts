const KEY = "satupintu.invitation";

/** Keeps the token of an invitation in this tab while its holder signs in. In the address it would go to the server. */
export function keepInvitation(token: string): void {
  try {
    sessionStorage.setItem(KEY, token);
  } catch {
    // Refused storage: the link in the mail is opened again after signing in.
  }
}

/** The token kept in this tab. */
export function keptInvitation(): string | undefined {
  try {
    return sessionStorage.getItem(KEY) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Forgets it: it was used. */
export function forgetInvitation(): void {
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Refused storage holds nothing.
  }
}
