import { lazyRouteComponent } from "@tanstack/react-router";
import { loadTexts, type Namespace } from "@/lib/i18n";

/** A screen that comes with its texts when it is first needed: both are asked for at once. */
// biome-ignore lint/suspicious/noExplicitAny: as the router's own type says
export function screen<Module extends Record<string, any>, Name extends keyof Module>(
  load: () => Promise<Module>,
  name: Name,
  ...texts: Namespace[]
) {
  return lazyRouteComponent(async () => {
    const [module] = await Promise.all([load(), loadTexts(...texts)]);
    return module;
  }, name);
}
