import { useState } from "react";
import { idempotencyKey } from "./client";

/**
 * The key of one intended step: the same while what is intended stays the same, so that a lost
 * answer does not make it twice; another one for another intent.
 */
export function useIntentKey(intent: unknown): string {
  const text = JSON.stringify(intent);
  const [kept, setKept] = useState(() => ({ text, key: idempotencyKey() }));
  if (kept.text === text) return kept.key;
  const next = { text, key: idempotencyKey() };
  setKept(next);
  return next.key;
}
