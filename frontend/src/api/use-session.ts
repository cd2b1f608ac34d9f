import { useSyncExternalStore } from "react";
import { type SessionState, session } from "./session";

/** The state of the session, live. */
export function useSessionState(): SessionState {
  return useSyncExternalStore(session.subscribe, session.state);
}
