import type { OverviewWave } from "./overview";

const DAY = 86_400_000;

/** How a wave stands against its days. */
export interface WaveState {
  key: "empty" | "reached" | "before" | "running" | "overdue";
  /** Days until it begins or its target is due, or since it was due. */
  days: number;
}

/** Reads a wave against today; days are those of the calendar in Jakarta. */
export function waveState(
  wave: Pick<OverviewWave, "districts" | "reached" | "starts_on" | "target_on">,
  now: Date,
): WaveState {
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Jakarta" }).format(now);
  const days = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY);
  if (wave.districts === 0) return { key: "empty", days: 0 };
  if (wave.reached === wave.districts) return { key: "reached", days: 0 };
  if (today < wave.starts_on) return { key: "before", days: days(today, wave.starts_on) };
  if (today <= wave.target_on) return { key: "running", days: days(today, wave.target_on) };
  return { key: "overdue", days: days(wave.target_on, today) };
}
