import type { OverviewDistrict } from "./overview";

/** Days without progress from which a district counts as stuck when the filter names none. */
export const LEAST_DAYS = 30;
/** The service takes no second reminder within so many days. */
const NUDGE_PAUSE_DAYS = 7;
const DAY = 24 * 60 * 60 * 1000;

/** What somebody has to act on, however busy the district is otherwise. */
const GRAVE = new Set(["never_used", "returned", "expired"]);

function isGrave(district: OverviewDistrict): boolean {
  return district.obstacles.some(({ kind }) => GRAVE.has(kind));
}

/** Those that are getting ready and idle for so long, or have something grave in the way; the idlest first. */
export function stuckOnes(districts: OverviewDistrict[], leastDays: number): OverviewDistrict[] {
  const isIdle = (row: OverviewDistrict) =>
    row.status === "onboarding" && (row.idle_days ?? 0) >= leastDays;
  return districts
    .filter((row) => isIdle(row) || isGrave(row))
    .sort((a, b) => (b.idle_days ?? 0) - (a.idle_days ?? 0) || a.code.localeCompare(b.code));
}

/** From when the service takes another reminder; null when it does now, as far as is known here. */
export function nextNudgeAt({ last_nudge }: OverviewDistrict, now = Date.now()): string | null {
  if (!last_nudge) return null;
  const from = Date.parse(last_nudge.sent_at) + NUDGE_PAUSE_DAYS * DAY;
  return now >= from ? null : new Date(from).toISOString();
}
