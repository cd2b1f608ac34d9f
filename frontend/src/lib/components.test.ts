import { describe, expect, test } from "vitest";
import { apiDocument, standardFiles } from "@/test-files";
import { COMPONENT_OF, COMPONENTS, componentKey, PLACE_OF } from "./components";

describe("the table of components", () => {
  test("has those of the API in its order", () => {
    const kinds = apiDocument().components.schemas.ComponentKind?.enum;
    expect(Object.keys(COMPONENT_OF)).toEqual(kinds);
    expect(COMPONENTS).toEqual(Object.values(COMPONENT_OF).map(({ key }) => key));
    expect(Object.keys(PLACE_OF)).toEqual([...COMPONENTS]);
  });

  test.each(standardFiles().map((standard) => [standard.version, standard] as const))(
    "has the letters of standard %s",
    (_, standard) => {
      for (const { component, code } of standard.components) {
        const kind = component as keyof typeof COMPONENT_OF;
        expect(PLACE_OF[componentKey(kind)].prefix, component).toBe(code);
      }
    },
  );
});
