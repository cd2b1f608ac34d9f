import { expect, test } from "vitest";
import type { SetupRecord, Team } from "@/api/setup/content";
import { KINDS } from "@/api/setup/kinds";
import { type ChartNode, chartOf } from "./chart-tree";

function team(id: string, parent_id: string | null): SetupRecord<Team> {
  const content = { ...KINDS.team.empty, name: id, parent_id };
  return { id, content, title: id } as SetupRecord<Team>;
}
const names = (nodes: ChartNode[]): unknown[] =>
  nodes.map((node) => (node.below.length ? [node.team.id, names(node.below)] : node.team.id));

test("teams stand below the one they name, in their own order", () => {
  const teams = [team("unit", "pokja"), team("pokja", "pengarah"), team("pengarah", null)];
  expect(names(chartOf([...teams, team("sekretariat", "pokja")]))).toEqual([
    ["pengarah", [["pokja", ["unit", "sekretariat"]]]],
  ]);
});

test("every team is drawn once, whatever it points at", () => {
  const teams = [team("a", "b"), team("b", "a"), team("c", "gone")];
  expect(names(chartOf(teams)).flat(9).sort()).toEqual(["a", "b", "c"]);
});
