import { awaitHeading, focusHeading, forgetHeading } from "@/ui/page-focus";
import type { router as appRouter } from "./router";

/** Parts of an address that name a place inside the page, which takes the focus itself. */
const PLACES = ["isian", "butir"];

/** Takes the focus to the heading of every page one comes to, unless the address names a place in it. */
export function followFocus(router: typeof appRouter): void {
  router.subscribe("onBeforeNavigate", ({ fromLocation, toLocation, pathChanged }) => {
    if (!fromLocation || !pathChanged) return;
    const search: Record<string, unknown> = toLocation.search;
    if (PLACES.some((place) => search[place] !== undefined)) forgetHeading();
    else awaitHeading();
  });
  // Pages that are still loading give the focus to their heading when they draw it; a page that stays
  // and shows something else has one already.
  router.subscribe("onRendered", ({ fromLocation, pathChanged }) => {
    if (fromLocation && pathChanged) focusHeading(document.getElementById("page-title"));
  });
}
