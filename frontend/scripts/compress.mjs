// Puts a .br and a .gz beside every text of the build, so that whoever serves it need not compress on the way.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Smaller ones fit into a packet anyway. */
const MIN_BYTES = 1024;

const assets = fileURLToPath(new URL("../dist/assets/", import.meta.url));
for (const name of readdirSync(assets).filter((name) => /\.(m?js|css|svg|json)$/.test(name))) {
  const content = readFileSync(assets + name);
  if (content.length < MIN_BYTES) continue;
  writeFileSync(`${assets}${name}.gz`, gzipSync(content, { level: 9 }));
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
  writeFileSync(`${assets}${name}.br`, brotliCompressSync(content, { params }));
}
