import { describe, expect, test } from "vitest";

type Texts = { [key: string]: string | Texts };

const files = import.meta.glob<{ default: Texts }>("./*/*.json", { eager: true });
const sources = import.meta.glob<string>(["../**/*.{ts,tsx}", "!../**/*.test.*"], {
  eager: true,
  query: "?raw",
  import: "default",
});

function flatten(texts: Texts, prefix = ""): Map<string, string> {
  const flat = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    const path = prefix ? `${prefix}.${key}` : key;
    if (typeof value === "string") flat.set(path, value);
    else for (const [inner, text] of flatten(value, path)) flat.set(inner, text);
  }
  return flat;
}

function namespaces(language: string): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  for (const [path, file] of Object.entries(files)) {
    const match = /^\.\/(\w+)\/(\w+)\.json$/.exec(path);
    if (match?.[1] === language && match[2]) found.set(match[2], flatten(file.default));
  }
  return found;
}

const placeholders = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map((m) => m[1]).sort();

describe("texts", () => {
  const indonesian = namespaces("id");
  const english = namespaces("en");

  test("both languages have the same files", () => {
    expect([...english.keys()].sort()).toEqual([...indonesian.keys()].sort());
    expect(indonesian.size).toBeGreaterThan(0);
  });

  test.each([...indonesian.keys()])("%s: same keys, same placeholders, nothing empty", (name) => {
    const id = indonesian.get(name) ?? new Map<string, string>();
    const en = english.get(name) ?? new Map<string, string>();
    expect([...en.keys()].sort()).toEqual([...id.keys()].sort());
    for (const [key, text] of id) {
      expect(text.trim(), `${name}:${key}`).not.toBe("");
      expect(en.get(key)?.trim(), `${name}:${key}`).not.toBe("");
      expect(placeholders(en.get(key) ?? ""), `${name}:${key}`).toEqual(placeholders(text));
    }
  });

  test("every text is used by some screen", () => {
    const code = Object.values(sources).join("\n");
    const named = namedKeys(code);
    const unused: string[] = [];
    for (const [name, texts] of indonesian) {
      for (const key of texts.keys()) {
        const bare = key.replace(/_(zero|one|two|few|many|other)$/, "");
        if (named.whole.has(key) || named.whole.has(bare)) continue;
        if (!named.patterns.some((pattern) => pattern.test(key) || pattern.test(bare))) {
          unused.push(`${name}:${key}`);
        }
      }
    }
    expect(unused).toEqual([]);
    // Every text against every name in the code: seconds, and more on a busy machine.
  }, 30_000);
});

/** Keys as the code names them: whole in quotes, or with gaps where a template fills something in. */
function namedKeys(code: string): { whole: Set<string>; patterns: RegExp[] } {
  const quoted = [...code.matchAll(/"((?:\w+:)?[\w.]+)"/g)].map((m) => m[1] ?? "");
  const templates = [...code.matchAll(/`((?:[\w.:]|\$\{[^}`]+\})+)`/g)].map((m) => m[1] ?? "");
  const bare = (name: string) => name.replace(/^\w+:/, "");
  // A name without fixed text would match every key and prove nothing.
  const tells = (fixed: string) => fixed.length >= 3;
  const patterns = [...new Set(templates)].flatMap((name) => {
    const fixed = bare(name).split(/\$\{[^}]+\}/);
    if (!tells(fixed.join(""))) return [];
    return [new RegExp(`^${fixed.map((part) => part.replaceAll(".", "\\.")).join("\\w+")}$`)];
  });
  return { whole: new Set(quoted.map(bare).filter(tells)), patterns };
}
