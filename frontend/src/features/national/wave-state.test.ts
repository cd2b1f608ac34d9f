import { expect, test } from "vitest";
import { waveState } from "./wave-state";

const wave = { districts: 4, reached: 1, starts_on: "2026-02-01", target_on: "2026-12-31" };
const at = (moment: string) => new Date(moment);

test("days are those of the ministry's calendar", () => {
  // 17.30 UTC is the next day in Jakarta.
  expect(waveState(wave, at("2026-12-30T17:30:00Z"))).toEqual({ key: "running", days: 0 });
  expect(waveState(wave, at("2026-12-31T17:30:00Z"))).toEqual({ key: "overdue", days: 1 });
  expect(waveState(wave, at("2026-01-30T03:00:00Z"))).toEqual({ key: "before", days: 2 });
  expect(waveState(wave, at("2026-02-01T03:00:00Z")).key).toBe("running");
});

test("what is reached is not overdue", () => {
  expect(waveState({ ...wave, reached: 4 }, at("2027-05-01T00:00:00Z")).key).toBe("reached");
  expect(waveState({ ...wave, districts: 0, reached: 0 }, at("2027-05-01T00:00:00Z")).key).toBe(
    "empty",
  );
});
