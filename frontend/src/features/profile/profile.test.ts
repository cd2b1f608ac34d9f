import { describe, expect, test } from "vitest";
import { changedOf } from "./profile";

const OPENED = {
  unit_name: "PKSAI Contoh",
  office_name: "Dinas Sosial Contoh",
  address: "Jalan Contoh 1",
  hotline: "",
};

describe("what a save of the profile sends", () => {
  test("is nothing when only blanks differ", () => {
    expect(changedOf(OPENED, { ...OPENED, address: " Jalan Contoh 1 " })).toBeNull();
  });

  test("is the changed fields alone, so that another's change of the rest stays", () => {
    const now = { ...OPENED, hotline: " 0411 555 010 ", address: "" };
    expect(changedOf(OPENED, now)).toEqual({ hotline: "0411 555 010", address: "" });
  });
});
