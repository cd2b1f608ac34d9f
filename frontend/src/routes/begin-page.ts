import { meQuery } from "@/api/me";
import { queryClient } from "@/api/query-client";
import { ensureSession } from "@/api/session";
import { router } from "./router";
import { workspaceRoute } from "./workspace-root";

/**
 * Asks for all that the page at `path` will surely need, at once. The router asks for one after the other: settings,
 * session, person, screen, texts; on a slow connection each wait is half a second. Nothing is decided here: what fails is
 * asked for again by the one that needs it, and told there.
 */
export async function beginPage(path: string, config: Promise<void>): Promise<void> {
  const [routes] = router.getMatchedRoutes(path);
  await config;
  if (routes.some((route) => route.id === workspaceRoute.id)) {
    // First of all: over HTTP/1.1 a browser sends six requests at a time, and the many files of a screen would keep the
    // session waiting. Its request leaves a moment after the call, when this page's turn among tabs has come.
    await Promise.race([beginSession().catch(ignore), pause(TURN_MS)]);
  }
  for (const route of routes) router.loadRouteChunk(route)?.catch(ignore);
}

async function beginSession(): Promise<void> {
  if (await ensureSession()) await queryClient.prefetchQuery(meQuery);
}

const TURN_MS = 30;

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

function ignore(): void {}
