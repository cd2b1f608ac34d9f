import type { Code } from "@/api/setup/codes";
import { CODES } from "@/api/setup/codes";
import type { LegalInstrument } from "@/api/setup/content";

export type Stage = Code<"instrument_stage">;
type Kind = Code<"instrument_kind">;

/**
 * The stages a kind goes through. The seven are those of a regulation; the shorter ways of the other
 * kinds are a proposal, the same that the service checks against.
 */
const SHORTER: Partial<Record<Kind, readonly Stage[]>> = {
  decree: ["proposal", "draft", "initialling", "enactment"],
  agreement: ["proposal", "draft", "meeting", "enactment"],
  village_regulation: ["draft", "meeting", "enactment", "promulgation"],
  circular: ["draft", "enactment"],
  medium_term_plan: ["draft", "enactment"],
  strategic_plan: ["draft", "enactment"],
  annual_plan: ["draft", "enactment"],
  budget_document: ["draft", "enactment"],
  village_budget: ["draft", "enactment"],
};

export function pathOf(kind: Kind): readonly Stage[] {
  return SHORTER[kind] ?? CODES.instrument_stage;
}

/** The latest stage that was recorded; a draft that goes back is where it went back to. */
export function currentStage(stages: LegalInstrument["stages"]): Stage | null {
  return stages.findLast((entry) => entry.stage !== null)?.stage ?? null;
}

/** Enacted or signed: from here on number, day and document are asked for. */
export function isEnacted(stages: LegalInstrument["stages"]): boolean {
  const stage = currentStage(stages);
  return stage === "enactment" || stage === "promulgation";
}

/** Kinds in which PKSAI stands at one place: plans and budgets. */
export const PLANS: readonly Kind[] = [
  "medium_term_plan",
  "strategic_plan",
  "annual_plan",
  "budget_document",
  "village_budget",
];
