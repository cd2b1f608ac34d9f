import type { ClockLimit, SopStep } from "@/api/setup/content";
import { codeName } from "@/ui/record/texts";

/** "30 menit"; empty when no time is set. */
export function durationText(step: Pick<SopStep, "duration" | "duration_unit">): string {
  if (step.duration === null) return "";
  const unit = step.duration_unit ? codeName("span_unit", step.duration_unit) : "";
  return `${step.duration} ${unit}`.trim();
}

/** "24 jam" for a limit. */
export function limitText(limit: ClockLimit): string {
  return durationText({ duration: limit.amount, duration_unit: limit.unit });
}
