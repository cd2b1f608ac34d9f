import type { SopStep } from "@/api/setup/content";

/** An arrow of the flow chart between two rows, both counted from 0. */
export interface FlowArrow {
  from: number;
  to: number;
  answer: "yes" | "no" | null;
}

/** Actors in the order in which they first act; each is a column of the chart. */
export function lanesOf(steps: SopStep[]): string[] {
  const lanes: string[] = [];
  for (const { actor } of steps) {
    const name = actor.trim();
    if (!lanes.includes(name)) lanes.push(name);
  }
  return lanes;
}

/**
 * The arrows of a flow. A start or activity without a named next step goes on to the row below, as
 * in the printed table; a decision has the exits it names; an end has none.
 */
export function arrowsOf(steps: SopStep[]): FlowArrow[] {
  const place = new Map(steps.map((step, index) => [step.id, index]));
  return steps.flatMap((step, from) => {
    const arrow = (target: string, answer: FlowArrow["answer"]): FlowArrow[] => {
      const to = place.get(target);
      return to === undefined ? [] : [{ from, to, answer }];
    };
    if (step.kind === "end") return [];
    if (step.kind === "decision") return [...arrow(step.yes, "yes"), ...arrow(step.no, "no")];
    if (step.next) return arrow(step.next, null);
    return from + 1 < steps.length ? [{ from, to: from + 1, answer: null }] : [];
  });
}

/** Breaks a text into lines of at most `max` characters, at blanks where there are any. */
export function wrap(text: string, max: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(/\s+/).filter(Boolean)) {
      let rest = word;
      if (line && line.length + 1 + rest.length > max) {
        lines.push(line);
        line = "";
      }
      while (rest.length > max) {
        lines.push(`${rest.slice(0, max - 1)}-`);
        rest = rest.slice(max - 1);
      }
      line = line ? `${line} ${rest}` : rest;
    }
    if (line) lines.push(line);
  }
  return lines;
}
