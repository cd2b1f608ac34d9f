import { describe, expect, test } from "vitest";
import { COMPONENT_OF } from "@/lib/components";
import { apiDocument, projectFile } from "@/test-files";
import { CODES, type CodeList } from "./codes";
import { KINDS } from "./kinds";

const document = apiDocument();

describe("kinds of setup records", () => {
  /** `create_agency` at `…/setup/institution/agencies`: kinds are what can be put in order. */
  const documented = Object.entries(document.paths)
    .filter(([path]) => `${path}/reorder` in document.paths)
    .map(([path, operations]) => ({
      key: operations.post?.operationId.replace(/^create_/, "") ?? "",
      path,
      component: path.split("/setup/")[1]?.split("/")[0]?.replaceAll("-", "_") ?? "",
    }));

  test("are those of the API's document, at their paths, in their components", () => {
    const known = Object.entries(KINDS).map(([key, kind]) => ({
      key,
      path: kind.path as string,
      component: Object.entries(COMPONENT_OF).find(([, { key }]) => key === kind.component)?.[0],
    }));
    const byKey = (a: { key: string }, b: { key: string }) => a.key.localeCompare(b.key);
    expect(documented.length).toBeGreaterThan(0);
    expect(known.sort(byKey)).toEqual(documented.sort(byKey));
  });

  test("know their own word, and share no address", () => {
    for (const [key, kind] of Object.entries(KINDS)) expect(kind.key).toBe(key);
    const addresses = Object.values(KINDS).map((kind) => `${kind.component}/${kind.slug}`);
    expect(new Set(addresses).size).toBe(addresses.length);
  });
});

describe("lists of codes", () => {
  const pascal = (list: string) =>
    list.replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase());

  /** Lists that the document does not name, because their codes come from a file of the standard. */
  const files: Partial<Record<CodeList, () => string[]>> = {
    document_kind: () =>
      projectFile<{ document_kinds: { code: string }[] }>(
        "reference/document_kinds.json",
      ).document_kinds.map(({ code }) => code),
  };

  test.each(Object.keys(CODES) as CodeList[])("%s has the codes that the service takes", (list) => {
    const taken = files[list]?.() ?? document.components.schemas[pascal(list)]?.enum;
    expect([...CODES[list]].sort()).toEqual(taken?.toSorted());
  });
});
