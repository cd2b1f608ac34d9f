import type { SetupRecord, Team } from "@/api/setup/content";

export interface ChartNode {
  team: SetupRecord<Team>;
  below: ChartNode[];
}

/**
 * The teams as a tree, in the district's own order. A team whose superior is not among them stands
 * at the top; the service refuses circles, and one that slipped through is cut, not followed.
 */
export function chartOf(teams: SetupRecord<Team>[]): ChartNode[] {
  const placed = new Set<string>();
  const known = new Set(teams.map((team) => team.id));
  const node = (team: SetupRecord<Team>): ChartNode => {
    placed.add(team.id);
    const below = teams.filter((t) => t.content.parent_id === team.id && !placed.has(t.id));
    return { team, below: below.map(node) };
  };
  const isTop = ({ content }: SetupRecord<Team>) =>
    content.parent_id === null || !known.has(content.parent_id);
  const tops = teams.filter(isTop).map(node);
  const circles = teams.flatMap((team) => (placed.has(team.id) ? [] : [node(team)]));
  return [...tops, ...circles];
}
