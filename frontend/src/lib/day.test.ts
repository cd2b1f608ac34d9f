import { describe, expect, test } from "vitest";
import { readDay, showDay } from "./day";

describe("readDay", () => {
  test.each([
    ["7/3/2020", "2020-03-07"],
    ["07-03-2020", "2020-03-07"],
    ["29.2.2024", "2024-02-29"],
    [" 31 12 1999 ", "1999-12-31"],
    ["2020-03-07", "2020-03-07"],
  ])("takes %s", (text, iso) => {
    expect(readDay(text)).toEqual({ kind: "day", iso });
  });

  test.each([
    ["29/2/2023", "impossible"],
    ["31/4/2020", "impossible"],
    ["7/13/2020", "impossible"],
    ["0/1/2020", "impossible"],
    ["7/3/20", "year"],
    ["7/3/0026", "year"],
    ["7/3/20203", "year"],
    ["7 Maret 2020", "form"],
    ["besok", "form"],
  ])("refuses %s as %s", (text, reason) => {
    expect(readDay(text)).toEqual({ kind: "problem", reason });
  });

  test("nothing typed is nothing, not an error", () => {
    expect(readDay("  ")).toEqual({ kind: "empty" });
  });

  test("what is shown can be read back", () => {
    expect(readDay(showDay("2020-03-07"))).toEqual({ kind: "day", iso: "2020-03-07" });
  });
});
