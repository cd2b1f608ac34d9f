import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { READINESS_STEPS } from "@/lib/readiness";
import { contrast, difference, luminance, rgb, seenWith, VISION } from "@/test-colour";
import { theme } from "@/ui/theme";
import { GROUNDS, groundOf } from "./report-pdf";

const read = (path: string) => readFileSync(`src/${path}`, "utf8");
const GLOBAL = read("ui/global.css");
const SCREEN = read("features/national/national.module.css");

/** A colour that the whole program has by a name. */
function named(name: string): string {
  const colour = GLOBAL.match(new RegExp(`--sp-${name}: (#[0-9a-f]+);`))?.[1];
  if (!colour) throw new Error(`there is no --sp-${name}`);
  return colour;
}

const READY = READINESS_STEPS.map((step) => rgb(named(`ready-${step}`)));
const pairs = <T>(list: T[]) => list.slice(1).map((next, at): [T, T] => [list[at] as T, next]);

describe("marks of the focus", () => {
  /** Everything that may lie below or beside the mark. */
  const grounds = [
    "#fff",
    named("page"),
    ...READINESS_STEPS.map((step) => named(`ready-${step}`)),
    // Tiles of districts that are only invited, and the phases of the chart.
    ...(SCREEN.match(/#[0-9a-f]{3,6}\b/g) ?? []),
    ...Object.values(theme.colors ?? {}).flatMap((tuple) => tuple ?? []),
    String(theme.black),
  ];
  const [ring, halo] = [rgb(named("focus")), rgb(named("halo"))];

  test("the ring or its halo stands out from every ground, and one from the other", () => {
    expect(new Set(grounds).size).toBeGreaterThan(30);
    for (const ground of grounds) {
      const best = Math.max(contrast(ring, rgb(ground)), contrast(halo, rgb(ground)));
      expect(best, ground).toBeGreaterThanOrEqual(3);
    }
    expect(contrast(ring, halo)).toBeGreaterThanOrEqual(3);
  });

  test("every outline is that ring and comes with its halo", () => {
    const sheets = readdirSync("src", { recursive: true })
      .map(String)
      .filter((path) => path.endsWith(".css"));
    expect(sheets).toContain("features/national/national.module.css");
    const rules = sheets.flatMap((path) =>
      [...read(path).matchAll(/[^{}]*\{[^{}]*\}/g)].map(([rule]) => rule),
    );
    const outlined = rules.filter((rule) => /outline: (?!none|0)/.test(rule));
    expect(outlined.length).toBeGreaterThanOrEqual(2);
    for (const rule of outlined) {
      expect(rule).toContain("solid var(--sp-focus)");
      expect(rule).toMatch(/box-shadow: 0 0 0 \d+px var\(--sp-halo\)/);
    }
    // What is drawn has no outline: a wide stroke below a narrow one.
    const map = read("features/national/choropleth.module.css");
    expect(map).toMatch(/\.halo \{[^}]*stroke: var\(--sp-halo\);\s*stroke-width: 7px/);
    expect(map).toMatch(/\.mark \{[^}]*stroke: var\(--sp-focus\);\s*stroke-width: 3px/);
  });
});

describe("the five steps of readiness", () => {
  /** Four times what people just notice: cells are small and lie apart. */
  const LEAST = 10;

  test("each is darker than the one before, so that they keep their order in grey", () => {
    for (const [light, dark] of pairs(READY)) {
      expect(luminance(light)).toBeGreaterThan(luminance(dark));
      expect(contrast(light, dark)).toBeGreaterThanOrEqual(1.2);
    }
  });

  for (const vision of Object.keys(VISION) as (keyof typeof VISION)[]) {
    test(`neighbours differ with ${vision}`, () => {
      const seen = READY.map((colour) => seenWith(vision, colour));
      for (const [one, next] of pairs(seen)) {
        expect(difference(one, next)).toBeGreaterThanOrEqual(LEAST);
        expect(luminance(one)).toBeGreaterThan(luminance(next));
      }
    });
  }

  test("what is written on them can be read, on the screen and on paper", () => {
    const black = rgb(String(theme.black));
    for (const step of READINESS_STEPS) {
      const rule = SCREEN.match(
        new RegExp(`:is\\(.cell, .tile\\)\\[data-step="${step}"\\] \\{(.*?)\\}`, "s"),
      );
      const white = rule?.[1]?.match(/\n\s+color: (#[0-9a-f]+);/)?.[1];
      expect(rule?.[1]).toContain(`var(--sp-ready-${step})`);
      const ground = rgb(named(`ready-${step}`));
      expect(contrast(white ? rgb(white) : black, ground), step).toBeGreaterThanOrEqual(4.5);
      const { fill, ink } = groundOf(step);
      expect(fill).toEqual(GROUNDS[step]);
      expect(contrast(ink, fill), step).toBeGreaterThanOrEqual(4.5);
    }
  });

  test("the simulation leaves grey as it is and brings red and green together", () => {
    for (const vision of Object.keys(VISION) as (keyof typeof VISION)[]) {
      const [red, green] = [rgb("#c04040"), rgb("#5a8a28")];
      const before = difference(red, green);
      expect(difference(seenWith(vision, rgb("#808080")), rgb("#808080"))).toBeLessThan(0.5);
      expect(difference(seenWith(vision, red), seenWith(vision, green))).toBeLessThan(before / 2);
    }
  });
});
