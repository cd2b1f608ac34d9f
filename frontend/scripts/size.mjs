// Prints what a first visit of the sign-in page loads, compressed, and fails above the budget.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_JS_KB = 180;
const dist = new URL("../dist/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

/** What the page asks for: the entry, which holds the screen, and the Indonesian texts it shows. */
const roots = ["index.html", "src/locales/id/common.json", "src/locales/id/auth.json"];

const files = new Set();
const seen = new Set();
function collect(key) {
  if (seen.has(key)) return;
  seen.add(key);
  const chunk = manifest[key];
  if (!chunk) throw new Error(`the build has no chunk for ${key}`);
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const next of chunk.imports ?? []) collect(next);
}
roots.forEach(collect);

const sized = [...files].map((file) => ({
  file,
  kb: gzipSync(readFileSync(new URL(file, dist))).length / 1000,
}));
const total = (ending) =>
  sized.filter(({ file }) => file.endsWith(ending)).reduce((sum, { kb }) => sum + kb, 0);
for (const { file, kb } of sized.sort((a, b) => b.kb - a.kb)) {
  console.log(`${kb.toFixed(1).padStart(7)} kB  ${file}`);
}
console.log(`First load of sign-in, gzip: ${total(".js").toFixed(1)} kB of JavaScript`);
console.log(`(budget ${BUDGET_JS_KB} kB) and ${total(".css").toFixed(1)} kB of CSS`);
if (total(".js") > BUDGET_JS_KB) {
  console.error(`Above the budget by ${(total(".js") - BUDGET_JS_KB).toFixed(1)} kB.`);
  process.exit(1);
}
