import type { ClockLimit, ClockRow } from "@/api/setup/content";

export const LIMITS = [
  "first_response",
  "initial_assessment",
  "full_assessment_and_plan",
  "review",
] as const;
export type LimitName = (typeof LIMITS)[number];

export const NO_LIMIT: ClockLimit = { immediate: false, amount: null, unit: null };

/**
 * Limits to begin with. A proposal for welfare needs, not law: the screen says so, and the district
 * names what its own limits stand on.
 */
export function proposedClocks(newId: () => string): ClockRow[] {
  const hours = (amount: number): ClockLimit => ({ immediate: false, amount, unit: "hour" });
  const days = (amount: number): ClockLimit => ({ immediate: false, amount, unit: "day" });
  const row = (
    risk_level: ClockRow["risk_level"],
    first_response: ClockLimit,
    initial_assessment: ClockLimit,
    full_assessment_and_plan: ClockLimit,
    review: ClockLimit,
  ): ClockRow => ({
    id: newId(),
    risk_level,
    first_response,
    initial_assessment,
    full_assessment_and_plan,
    review,
  });
  return [
    row("high", { ...hours(24), immediate: true }, hours(24), days(7), days(7)),
    row("medium", hours(72), days(3), days(14), days(14)),
    row("low", days(7), days(7), days(30), days(30)),
  ];
}
