import { expect, test } from "vitest";
import { localOf, momentOf } from "./local-moment";

test("a clock time is of its zone, and comes back as it was typed", () => {
  expect(momentOf("2030-02-05", "07:30", "Asia/Makassar")).toBe("2030-02-04T23:30:00.000Z");
  for (const zone of ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]) {
    for (const clock of ["00:00", "07:30", "23:59"]) {
      const moment = momentOf("2030-02-05", clock, zone);
      expect(localOf(moment ?? "", zone)).toEqual({ day: "2030-02-05", clock });
    }
  }
  expect(momentOf(null, "07:30", "Asia/Jakarta")).toBeNull();
  expect(momentOf("2030-02-05", "", "Asia/Jakarta")).toBeNull();
});
