import { expect, test } from "vitest";
import { audienceOf, EVERYBODY } from "./audience";

test("nothing chosen is nobody, never everybody", () => {
  expect(audienceOf(EVERYBODY)).toEqual({ roles: "everyone" });
  for (const which of ["provinces", "phase", "districts"] as const) {
    expect(audienceOf({ ...EVERYBODY, which })).toBeNull();
  }
});

test("only what is chosen by counts", () => {
  const choice = { ...EVERYBODY, provinces: ["73"], districts: ["73.06"] };
  expect(audienceOf({ ...choice, which: "provinces" })).toEqual({
    provinces: ["73"],
    roles: "everyone",
  });
  expect(audienceOf({ ...choice, which: "districts", roles: "coordinators" })).toEqual({
    districts: ["73.06"],
    roles: "coordinators",
  });
  expect(audienceOf(choice)).toEqual({ roles: "everyone" });
});
