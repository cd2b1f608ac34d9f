import {
  type AnyRoute,
  createMemoryHistory,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";

/** A router of a test's own: the page it shows first is at `/`. */
export function testRouter(routeTree: AnyRoute) {
  const router = createRouter({
    routeTree,
    history: createMemoryHistory({ initialEntries: ["/"] }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: the program's router is the only one that types know
  return { router, page: <RouterProvider router={router as any} /> };
}
