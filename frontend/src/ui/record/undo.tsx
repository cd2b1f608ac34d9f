import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import classes from "./record.module.css";

interface Offer {
  message: string;
  /** Takes it back; null where only something is said. */
  undo: (() => void) | null;
}

let offer: Offer | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function become(next: Offer | null): void {
  offer = next;
  for (const listener of listeners) listener();
}

/** Long enough to read the line and reach the button by keyboard. */
const SHOWN_MS = 15_000;

/** Says that something was done and offers to take it back; it outlives a change of page. */
export function offerUndo(message: string, undo: () => void): void {
  clearTimeout(timer);
  become({ message, undo });
  timer = setTimeout(() => become(null), SHOWN_MS);
}

/** Says that what was offered did not succeed, and what to do instead; it stays until the next offer. */
export function sayUndoFailed(message: string): void {
  clearTimeout(timer);
  become({ message, undo: null });
}

/** Where the offer is shown: at the end of a list page. */
export function UndoBar() {
  const { t } = useTranslation("setup");
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => offer,
  );
  return (
    <div role="status">
      {shown ? (
        <div className={classes.undo}>
          <span>{shown.message}</span>
          {shown.undo ? (
            <button
              type="button"
              style={{ background: "none", border: 0, font: "inherit", color: "inherit" }}
              onClick={() => {
                become(null);
                shown.undo?.();
              }}
            >
              {t("undo")}
            </button>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
