import { session } from "@/api/session";
import { readStored, writeStored } from "@/lib/stored";

/**
 * Text that is not stored by the service yet, kept on this device so that a closed lid or a lost
 * signal costs nothing. Signing out removes it: office computers are shared.
 */
export interface Stash<C> {
  /** Version the text was written over; 0 for a record that does not exist yet. */
  version: number;
  base: C;
  values: C;
}

const PREFIX = "satupintu.draft.";

/** Whose text it is belongs to the name: what one person left is not saved as another's. */
function nameOf(code: string, kind: string, id: string): string {
  return `${PREFIX}${session.account() ?? ""}.${code}.${kind}.${id}`;
}

export function readStash<C>(code: string, kind: string, id: string): Stash<C> | null {
  return readStored<Stash<C>>(nameOf(code, kind, id));
}

export function writeStash<C>(
  code: string,
  kind: string,
  id: string,
  stash: Stash<C> | null,
): void {
  writeStored(nameOf(code, kind, id), stash);
}

/** Removes every text kept on this device. */
export function clearStashes(): void {
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(PREFIX)) localStorage.removeItem(name);
    }
  } catch {
    // Refused storage holds nothing either.
  }
}

session.subscribe(() => {
  if (session.state().startsWith("signed_out")) clearStashes();
});
