import { createRouter } from "@tanstack/react-router";
import { queryClient } from "@/api/query-client";
import { ErrorPage } from "@/features/shell/error-page";
import { NotFoundPage } from "@/features/shell/not-found-page";
import { PageSkeleton } from "@/ui/loading";
import { publicRoutes } from "./public";
import { rootRoute } from "./root";
import { workspaceRoutes } from "./workspace";

export const router = createRouter({
  routeTree: rootRoute.addChildren([publicRoutes, workspaceRoutes]),
  context: { queryClient },
  defaultPreload: "intent",
  // Query decides what is fresh; the router's own cache would hide that.
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultPendingComponent: PageSkeleton,
  defaultPendingMs: 300,
  defaultErrorComponent: ErrorPage,
  defaultNotFoundComponent: NotFoundPage,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
