import { describe, expect, it } from "vitest";
import type { StandardContent, StandardItem } from "@/api/standards";
import { nextCode, withItem, withoutItem, withRestored } from "./draft-items";

const item = (code: string) => ({ code, weight: 1 }) as StandardItem;
const content = {
  components: [
    { code: "REG", items: [item("REG-1"), item("REG-2"), item("REG-3")] },
    { code: "LEM", items: [item("LEM-1")] },
  ],
} as unknown as StandardContent;
const codes = (of: StandardContent) =>
  of.components.map(({ items }) => items.map(({ code }) => code));

describe("items of a draft", () => {
  it("are changed in their place, and new ones come last", () => {
    const changed = withItem(content, { component: 0, item: 1 }, { ...item("REG-2"), weight: 9 });
    expect(changed.components[0]?.items[1]?.weight).toBe(9);
    expect(codes(withItem(content, { component: 1, item: 1 }, item("LEM-2")))).toEqual([
      ["REG-1", "REG-2", "REG-3"],
      ["LEM-1", "LEM-2"],
    ]);
    expect(content.components[0]?.items[1]?.weight).toBe(1);
  });

  it("go and come back where they were", () => {
    const without = withoutItem(content, { component: 0, item: 1 });
    expect(codes(without)[0]).toEqual(["REG-1", "REG-3"]);
    const added = withItem(without, { component: 0, item: 9 }, item("REG-4"));
    const back = withRestored(added, 0, item("REG-2"), ["REG-1", "REG-2", "REG-3"]);
    expect(codes(back)[0]).toEqual(["REG-1", "REG-2", "REG-3", "REG-4"]);
  });

  it("get a number that nothing had, not even what was retired", () => {
    const shorter = withoutItem(content, { component: 0, item: 2 }).components[0];
    const used = ["LEM-1", "LEM-9", "REG-1", "REG-2", "REG-3", "REG-10"];
    expect(shorter && nextCode(shorter, used.slice(0, 5))).toBe("REG-4");
    // Retired by a version long before the one that the draft follows.
    expect(shorter && nextCode(shorter, used)).toBe("REG-11");
    expect(shorter && nextCode(shorter, [])).toBe("REG-3");
  });
});
