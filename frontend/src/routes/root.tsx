import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, Outlet } from "@tanstack/react-router";
import { ErrorPage } from "@/features/shell/error-page";
import { NotFoundPage } from "@/features/shell/not-found-page";
import { PublicFrame } from "@/features/shell/public-frame";

/** What every route's guard and loader can use. */
export interface RouterContext {
  queryClient: QueryClient;
}

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Outlet,
  // Nothing of the page could be made: the public frame still gives a way on.
  errorComponent: (props) => (
    <PublicFrame>
      <ErrorPage {...props} />
    </PublicFrame>
  ),
  notFoundComponent: () => (
    <PublicFrame>
      <NotFoundPage />
    </PublicFrame>
  ),
});
