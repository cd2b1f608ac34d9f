import { beforeAll, describe, expect, test } from "vitest";
import { CODES, type CodeList } from "@/api/setup/codes";
import { KINDS } from "@/api/setup/kinds";
import { COMPONENTS } from "@/lib/components";
import { loadTexts } from "@/lib/i18n";
import { codeName, fieldLabel, kindName } from "./texts";

beforeAll(() => loadTexts("setup", "codes", ...COMPONENTS));

/** A label that is its own key was not found. */
const isText = (text: string) => text !== "" && !/^(field|kind|code)\./.test(text);

describe("texts made from the API's words", () => {
  test.each(Object.values(KINDS).map((kind) => [kind.key, kind] as const))(
    "%s: every field has a name",
    (_, kind) => {
      expect(isText(kindName(kind))).toBe(true);
      const nameless = Object.keys(kind.empty).filter((field) => !isText(fieldLabel(kind, field)));
      expect(nameless).toEqual([]);
    },
  );

  test.each(Object.values(KINDS).map((kind) => [kind.key, kind] as const))(
    "%s: fields with codes and links have names inside rows too",
    (_, kind) => {
      const paths = [...Object.keys(kind.codes), ...Object.keys(kind.refs)];
      expect(paths.filter((path) => !isText(fieldLabel(kind, path)))).toEqual([]);
    },
  );

  test.each(Object.keys(CODES) as CodeList[])("%s: every code has a name", (list) => {
    expect(CODES[list].filter((code) => codeName(list, code) === code)).toEqual([]);
  });
});
