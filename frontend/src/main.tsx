import "@fontsource-variable/plus-jakarta-sans/wght.css";
import "./ui/global.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { loadConfig } from "@/api/config";
import { queryClient } from "@/api/query-client";
import { startTexts } from "@/lib/i18n";
import { theme } from "@/ui/theme";
import { beginPage } from "./routes/begin-page";
import { followFocus } from "./routes/follow-focus";
import { router } from "./routes/router";

async function start(root: HTMLElement): Promise<void> {
  const config = loadConfig();
  const texts = startTexts();
  void beginPage(window.location.pathname, config);
  await Promise.all([config, texts]);
  followFocus(router);
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} forceColorScheme="light">
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

const root = document.getElementById("root");
if (root) void start(root);
