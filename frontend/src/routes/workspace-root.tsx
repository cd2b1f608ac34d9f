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
    const { required, enabled } = me.value.second_factor;
    if (required && !enabled && location.pathname !== "/akun") {
      // Every other page would be refused; this one tells what to do, and leads on afterwards.
      throw redirect({ to: "/akun", search: { kembali: location.href } });
    }
    return { me: me.value };
  },
  component: lazyRouteComponent(() => import("./workspace-layout"), "WorkspaceLayout"),
});
