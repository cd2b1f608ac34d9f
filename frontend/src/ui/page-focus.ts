/** What had the focus when the page began to change; undefined while no heading is waited for. */
let before: Element | null | undefined;

/**
 * The next heading of a page gets the focus: readers say where one is, and the keyboard goes on from
 * there instead of from the top of a page that is gone.
 */
export function awaitHeading(): void {
  before = document.activeElement;
}

/** Nothing waits any more: the page that comes has a better place for the focus. */
export function forgetHeading(): void {
  before = undefined;
}

/**
 * Gives a heading the focus when the page has changed. Not when something of the page has it already:
 * a field that a form chose, or what the person went to while the heading was still being loaded.
 * Where the page is scrolled to is the router's business.
 */
export function focusHeading(heading: HTMLElement | null): void {
  if (before === undefined || !heading) return;
  const now = document.activeElement;
  const isFree =
    !now || now === document.body || now === before || now.closest("header, nav") !== null;
  before = undefined;
  if (isFree) heading.focus({ preventScroll: true });
}
