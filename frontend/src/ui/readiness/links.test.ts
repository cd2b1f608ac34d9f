import { describe, expect, test } from "vitest";
import { KINDS } from "@/api/setup/kinds";
import { COMPONENT_OF, type ComponentKey, type ComponentKind } from "@/lib/components";
import { standardFiles } from "@/test-files";
import { CHECKLIST_PART } from "../record/checklist-part";
import { componentLink } from "../record/record-link";
import { itemLink } from "./item-link";
import { SCREENS, screenLink } from "./screen-link";

const pages = import.meta.glob<string>("../../features/*/*-page.tsx", {
  eager: true,
  query: "?raw",
  import: "default",
});

/** The parts that a component's page has: written in it, or the words of its kinds. */
function hasPart(component: ComponentKey, part: string): boolean {
  const page = pages[`../../features/${component}/${component}-page.tsx`] ?? "";
  const slugs = Object.values(KINDS)
    .filter((kind) => kind.component === component)
    .map((kind) => kind.slug);
  return page.includes(`key: "${part}"`) || (page.includes("kind.slug") && slugs.includes(part));
}

const items = standardFiles().flatMap((standard) =>
  standard.components.flatMap(({ component, items }) =>
    items.map((item) => [`${standard.version} ${item.code}`, component, item] as const),
  ),
);

describe("links of items", () => {
  test("there are items", () => expect(items.length).toBeGreaterThan(0));

  test.each(items)("%s opens in its component and has a screen", (_, component, item) => {
    const link = itemLink(item, "73.02");
    expect(link?.to).toBe(COMPONENT_OF[component as ComponentKind].page);
    expect(link?.search).toEqual({ bagian: CHECKLIST_PART, butir: item.code });
    expect(screenLink(item.screen, "73.02"), item.screen).toBeDefined();
  });

  test.each(Object.entries(SCREENS))("%s leads to a part that its page has", (_, screen) => {
    const [component, part] = screen;
    if (part) expect(hasPart(component, part)).toBe(true);
    expect(pages[`../../features/${component}/${component}-page.tsx`]).toBeDefined();
  });

  test("early detection is worked on where the rule counts it, not among the teams", () => {
    const [, , item] = items.find(([name]) => name.endsWith(" LAY-7")) ?? [];
    expect(item && screenLink(item.screen, "73.02")).toEqual(
      componentLink("services", "73.02", KINDS.early_detection.slug),
    );
  });

  test("no screen is kept that no item names", () => {
    const named = new Set(items.map(([, , item]) => item.screen));
    expect(Object.keys(SCREENS).filter((screen) => !named.has(screen))).toEqual([]);
  });

  test("what this program does not know leads nowhere", () => {
    expect(itemLink({ code: "XYZ-1" }, "73.02")).toBeUndefined();
    expect(screenLink("elsewhere", "73.02")).toBeUndefined();
  });
});
