import type { ReadinessItem, ReadinessReport } from "@/api/readiness";

/** Why an item is worth a person's time now, the most pressing reason first. */
export type Urgency = "returned" | "expired" | "late" | "due" | "in_progress" | "mandatory";

export interface NextStep {
  item: ReadinessItem;
  urgency: Urgency;
}

const ORDER: Urgency[] = ["returned", "expired", "late", "due", "in_progress", "mandatory"];

/** Days ahead within which a due date counts as near. */
const NEAR_DAYS = 14;

/**
 * What to do next: first what a reviewer sent back, what ran out and what is overdue, then what is
 * due soon, then mandatory items, begun ones before untouched ones, heavier ones before lighter.
 */
export function nextSteps(report: ReadinessReport): NextStep[] {
  const items = report.components.flatMap((component) => component.items);
  const steps = items.flatMap((item): NextStep[] => {
    const urgency = urgencyOf(item, report.as_of);
    return urgency ? [{ item, urgency }] : [];
  });
  return steps.sort(
    (a, b) =>
      ORDER.indexOf(a.urgency) - ORDER.indexOf(b.urgency) ||
      (a.item.assignment.due_on ?? "9999").localeCompare(b.item.assignment.due_on ?? "9999") ||
      b.item.weight - a.item.weight,
  );
}

/**
 * What to say when nothing is to be done now: a live district keeps its evidence fresh, one that may go live does, and
 * for every other it is the reviewers' turn.
 */
export function restReason(report: ReadinessReport, isLive: boolean): "live" | "launch" | "review" {
  if (isLive) return "live";
  return report.go_live.allowed ? "launch" : "review";
}

function urgencyOf(item: ReadinessItem, today: string): Urgency | null {
  const isReturned =
    item.evidence.returned > 0 || (item.review?.decision === "returned" && !item.review.answer);
  if (isReturned && item.state !== "verified") return "returned";
  if (item.state === "expired") return "expired";
  if (item.state === "verified" || item.state === "present") return null;
  const due = item.assignment.due_on;
  if (due && due < today) return "late";
  if (due && due <= inDays(today, NEAR_DAYS)) return "due";
  if (!item.mandatory) return null;
  return item.state === "in_progress" ? "in_progress" : "mandatory";
}

function inDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** What the reviewer said when they sent it back, if they said it. */
export function returnComment(item: ReadinessItem): string {
  return item.evidence.last_comment || item.review?.comment || "";
}

export interface Workload {
  name: string;
  items: ReadinessItem[];
  /** Nearest due date of what is still open. */
  due: string | null;
}

/** Who looks after what: people with open items, the nearest due date first. */
export function workloads(report: ReadinessReport): Workload[] {
  const people = new Map<string, ReadinessItem[]>();
  for (const item of report.components.flatMap((component) => component.items)) {
    const { assignee_id, assignee_name } = item.assignment;
    if (!assignee_id || !assignee_name || item.state === "verified") continue;
    people.set(assignee_name, [...(people.get(assignee_name) ?? []), item]);
  }
  const nearest = (items: ReadinessItem[]) =>
    items
      .map((item) => item.assignment.due_on ?? "")
      .filter(Boolean)
      .sort()[0] ?? null;
  return [...people]
    .map(([name, items]) => ({ name, items, due: nearest(items) }))
    .sort((a, b) => (a.due ?? "9999").localeCompare(b.due ?? "9999"));
}
