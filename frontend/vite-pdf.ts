import { readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** The decoder of JPEG 2000 that needs no WebAssembly. The PDF library asks for it by this name, in a folder it is told. */
const DECODER = "pdf/openjpeg_nowasm_fallback.js";
const source = () =>
  readFileSync(
    new URL("./node_modules/pdfjs-dist/wasm/openjpeg_nowasm_fallback.js", import.meta.url),
  );

/** Serves what the PDF library loads by name beside the built program. */
export function pdfDecoder(): Plugin {
  return {
    name: "pdf-decoder",
    configureServer(server) {
      server.middlewares.use(`/${DECODER}`, (_, response) => {
        response.setHeader("Content-Type", "text/javascript");
        response.end(source());
      });
    },
    generateBundle() {
      this.emitFile({ type: "asset", fileName: DECODER, source: source() });
    },
  };
}
