import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const sources = import.meta.glob<string>("../**/*.tsx", {
  eager: true,
  query: "?raw",
  import: "default",
});

/** Components named in imports from Mantine's core, types left out. */
function componentsInUse(): string[] {
  const names = Object.values(sources).flatMap((code) =>
    [...code.matchAll(/import \{([^}]*)\} from "@mantine\/core"/g)].flatMap((m) =>
      (m[1] ?? "").split(",").map((name) => name.trim()),
    ),
  );
  return [...new Set(names)].filter((name) => name && !name.startsWith("type "));
}

test("every Mantine component in use has its styles in mantine.css", () => {
  const sheet = readFileSync("src/ui/mantine.css", "utf8");
  const stylesFolder = resolve("node_modules/@mantine/core/styles");
  const missing = componentsInUse().filter(
    (name) =>
      existsSync(`${stylesFolder}/${name}.css`) &&
      !sheet.includes(`"@mantine/core/styles/${name}.css"`),
  );
  expect(componentsInUse().length).toBeGreaterThan(20);
  expect(missing).toEqual([]);
});
