import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import en from "@/locales/en/audit.json";
import id from "@/locales/id/audit.json";
import { kindOf } from "@/ui/record/deeds";
import { INSTALLATION_THINGS, OTHER_THINGS } from "./things";

const SOURCES = "../api/src";

/** What the service writes into its trails, read off its source: the kind of thing, and the act where it is written out. */
function recorded(): { action: string | undefined; entity: string }[] {
  const files = readdirSync(SOURCES, { recursive: true, encoding: "utf8" });
  const texts = files
    .filter((file) => file.endsWith(".rs"))
    .map((file) => readFileSync(join(SOURCES, file), "utf8"));
  const change = /Change::of\(\s*(?:"([a-z_]+)"|[\w.&()]+),\s*"([a-z_]+)"/g;
  return texts
    .flatMap((text) => [...text.matchAll(change)])
    .map(([, action, entity]) => ({ action, entity: entity ?? "" }))
    .filter(({ entity }) => !kindOf(entity));
}

describe.each([
  ["id", id],
  ["en", en],
])("the trail in %s", (_, words) => {
  const things: Record<string, string> = words.thing;
  const deeds: Record<string, string> = { ...words.action, ...words.deed };

  test("has words for everything that the service records", () => {
    expect(recorded().length).toBeGreaterThan(50);
    const named = ({ action, entity }: ReturnType<typeof recorded>[number]) =>
      things[entity] && (!action || deeds[action] || deeds[`${entity}_${action}`]);
    const without = recorded().filter((one) => !named(one));
    expect(without.map(({ action, entity }) => `${entity} ${action}`)).toEqual([]);
  });
});

test("everything that the service records can be filtered for", () => {
  const offered: string[] = [OTHER_THINGS, INSTALLATION_THINGS].flatMap((groups) =>
    Object.values<readonly string[]>(groups).flat(),
  );
  const missing = recorded().filter(({ entity }) => !offered.includes(entity));
  expect([...new Set(missing.map(({ entity }) => entity))]).toEqual([]);
});
