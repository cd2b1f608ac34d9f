import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { pdfDecoder } from "./vite-pdf";

/** Address of a running service; the development server hands API requests on to it. */
const service = process.env.SATUPINTU_URL ?? "http://127.0.0.1:8080";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [react(), pdfDecoder()],
  resolve: {
    alias: {
      "@": here("./src"),
      // The PDF writer would load these to draw HTML and SVG, which nothing here asks of it.
      ...Object.fromEntries(
        ["html2canvas", "dompurify", "canvg"].map((name) => [
          name,
          here("./src/lib/export/absent.ts"),
        ]),
      ),
    },
  },
  server: {
    proxy: Object.fromEntries(["/api", "/config.json", "/dev/mail"].map((path) => [path, service])),
  },
  build: {
    target: "es2022",
    // The size check reads it to find what the first page needs.
    manifest: true,
    // On a slow connection each request waits half a second: what the first page needs comes as one file, what most
    // screens need as a second, what many need as a third.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "start", tags: ["$initial"], priority: 2 },
            { name: "most", minShareCount: 30, priority: 1 },
            { name: "many", minShareCount: 8 },
          ],
        },
      },
    },
    // The service's content security policy allows fonts and styles as files, not as data: addresses.
    assetsInlineLimit: 0,
  },
  test: {
    environment: "jsdom",
    setupFiles: ["./src/test-setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
  },
});
