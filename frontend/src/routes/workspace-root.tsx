import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { meQuery } from "@/api/me";
import { ensureSession } from "@/api/session";
import { rootRoute } from "./root";

/** Everything behind sign-in. Its guard also loads the person, so that screens can count on it. */
export const workspaceRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "kerja",
  beforeLoad: async ({ context, location }) => {
    if (!(await ensureSession())) {
      throw redirect({ to: "/masuk", search: { kembali: location.href } });
    }
    const me = await context.queryClient.ensureQueryData(meQuery);
    return { me: me.value };
  },
  component: lazyRouteComponent(() => import("./workspace-layout"), "WorkspaceLayout"),
});
