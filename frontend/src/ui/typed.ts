import { type FocusEvent, useRef } from "react";

type Field = HTMLInputElement | HTMLTextAreaElement;

/** What is chosen at once, looked for, or secret is nobody's work. */
const NO_WORK = ["checkbox", "radio", "file", "button", "submit", "search", "password", "hidden"];

function isField(target: unknown): target is Field {
  return (
    target instanceof HTMLTextAreaElement ||
    (target instanceof HTMLInputElement && !NO_WORK.includes(target.type))
  );
}

/**
 * Whether somebody has written something: the fields that had the focus are compared with what stood in them before. It
 * works for whatever form stands inside, which need not tell anything.
 */
export function useTyped() {
  const before = useRef(new Map<Field, string>());
  return {
    onFocus: ({ target }: FocusEvent) => {
      if (isField(target) && !before.current.has(target)) before.current.set(target, target.value);
    },
    /** The field that was changed last; none when all is as it was. */
    changed: (): Field | undefined =>
      [...before.current].findLast(
        ([field, text]) => field.isConnected && field.value !== text,
      )?.[0],
  };
}
