import { describe, expect, test } from "vitest";
import { readNumber, readWhole, writeNumber } from "./number";

describe("numbers as people write them", () => {
  test.each([
    ["1540", 1540],
    ["1.540", 1540],
    ["1.540.000", 1_540_000],
    ["1.540,25", 1540.25],
    ["12,5", 12.5],
    ["12,", 12],
    [",5", 0.5],
    ["0,125", 0.125],
    ["-3,5", -3.5],
    ["1 540", 1540],
    ["0", 0],
  ])("%s is read in Indonesian", (text, number) => {
    expect(readNumber(text, "id")).toBe(number);
  });

  // Each would be a wrong figure in somebody's report if it were guessed.
  test.each([
    "1.5",
    "1.54",
    "0.125",
    "1.5400",
    "15.40",
    "1540.000",
    "1,540.5",
    "7-9",
    "-",
    ",",
    "5 juta",
    "1e5",
    "1,5,2",
  ])("%s is not guessed in Indonesian", (text) => {
    expect(readNumber(text, "id")).toBeNull();
  });

  test("English has the marks the other way round", () => {
    expect(readNumber("1,540.25", "en")).toBe(1540.25);
    expect(readNumber("1.540", "en")).toBe(1.54);
    expect(readNumber("7,5", "en")).toBeNull();
    expect(writeNumber(1540.25, "en")).toBe("1540.25");
    expect(writeNumber(1540.25, "id")).toBe("1540,25");
  });

  test("a whole number has no fraction, no sign and no more digits than are kept", () => {
    expect(readWhole("1.540", "id", 9)).toBe(1540);
    expect(readWhole("2020", "id", 4)).toBe(2020);
    expect(readWhole("007", "id", 9)).toBe(7);
    for (const text of ["7,5", "7,", "7.5", "-7", "-0", "20201", "3-5", "tujuh"]) {
      expect(readWhole(text, "id", 4), text).toBeNull();
    }
    expect(readWhole("7.5", "en", 9)).toBeNull();
    expect(readWhole("7,500", "en", 9)).toBe(7500);
  });
});
