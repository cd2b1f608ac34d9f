/** Five steps of readiness, from nothing to complete. */
export const READINESS_STEPS = ["none", "begun", "partial", "near", "complete"] as const;
export type ReadinessStep = (typeof READINESS_STEPS)[number];

/**
 * The step of a score in percent (0 to 100). Only a full score is "complete", and any progress at
 * all is no longer "none", so that rounding never flatters nor discourages.
 */
export function readinessStep(percent: number): ReadinessStep {
  if (percent >= 100) return "complete";
  if (percent >= 75) return "near";
  if (percent >= 40) return "partial";
  return percent > 0 ? "begun" : "none";
}

/** A percent for display: rounded, but 99.6 stays 99 and 0.2 becomes 1. */
export function shownPercent(percent: number): number {
  return Math.round(offTheEnds(percent, 1));
}

/** A percent that rounding to multiples of `step` makes neither nothing nor all unless it is. */
export function offTheEnds(percent: number, step: number): number {
  if (percent <= 0) return 0;
  if (percent >= 100) return 100;
  return Math.min(100 - step, Math.max(step, percent));
}
