import { describe, expect, test } from "vitest";
import type { Difference, PackageUpdate } from "@/api/packages";
import { KINDS } from "@/api/setup/kinds";
import {
  decide,
  decisionAt,
  doesSomething,
  editorOf,
  mergeBody,
  NOTHING_DECIDED,
  toggled,
  undecided,
} from "./decisions";
import { happened } from "./side-text";

const model: Difference = {
  path: "steps.catat.actor",
  changed_by: "model",
  base: "Petugas",
  mine: "Petugas",
  theirs: "Petugas data",
};
const both: Difference = {
  path: "steps.catat.duration",
  changed_by: "both",
  base: 30,
  mine: 60,
  theirs: 20,
};

const update = {
  package_id: "p",
  newest: { package_version: 2 },
  changed: [
    { record_id: "r1", version: 3, kind: "sop", differences: [model, both] },
    { record_id: "r2", version: 1, kind: "sop", differences: [{ ...model, path: "purpose" }] },
  ],
  new: [{ origin_id: "n1" }, { origin_id: "n2" }],
  retired: [{ record_id: "x1", version: 5 }],
} as unknown as PackageUpdate;

describe("deciding on an update", () => {
  test("what only the model changed is taken, what both changed waits", () => {
    expect(decisionAt(NOTHING_DECIDED, "r1", model)).toEqual({ choice: "take_theirs" });
    expect(decisionAt(NOTHING_DECIDED, "r1", both)).toBeUndefined();
    expect(undecided(update, NOTHING_DECIDED).map(({ difference }) => difference.path)).toEqual([
      "steps.catat.duration",
    ]);
  });

  test("a decision holds for its place in its record only, and leaves the state before alone", () => {
    const state = decide(NOTHING_DECIDED, "r1", both.path, { choice: "keep_mine" });
    expect(undecided(update, state)).toEqual([]);
    expect(decisionAt(state, "r2", both)).toBeUndefined();
    expect(NOTHING_DECIDED.places).toEqual({});
  });

  test("everything that is decided is sent, and what was looked at", () => {
    let state = decide(NOTHING_DECIDED, "r1", both.path, { choice: "edited", value: 45 });
    state = { ...state, notNew: ["n2"], retired: { x1: "archive" }, agencies: { a: null } };
    expect(mergeBody(update, state)).toEqual({
      package_version: 2,
      records: [
        {
          record_id: "r1",
          version: 3,
          decisions: [
            { path: model.path, choice: "take_theirs" },
            { path: both.path, choice: "edited", value: 45 },
          ],
        },
        { record_id: "r2", version: 1, decisions: [{ path: "purpose", choice: "take_theirs" }] },
      ],
      new: ["n1"],
      agencies: [{ origin_id: "a", record_id: null }],
      retired: [{ record_id: "x1", version: 5, archive: true }],
    });
  });

  test("what is left for later is not sent, nor are decisions on places that no longer differ", () => {
    let state = decide(NOTHING_DECIDED, "r2", "notes", { choice: "keep_mine" });
    state = { ...state, later: ["r1"], notNew: ["n1", "n2"] };
    const body = mergeBody(update, state);
    expect(undecided(update, state)).toEqual([]);
    expect(body.records).toEqual([
      { record_id: "r2", version: 1, decisions: [{ path: "purpose", choice: "take_theirs" }] },
    ]);
    expect(doesSomething(body)).toBe(true);
    expect(doesSomething(mergeBody(update, { ...state, later: ["r1", "r2"] }))).toBe(false);
  });

  test("a word is in a list once", () => {
    expect(toggled(["a", "b"], "a", true)).toEqual(["b", "a"]);
    expect(toggled(["a", "b"], "a", false)).toEqual(["b"]);
  });
});

describe("writing a value by hand", () => {
  const content = { steps: [{ id: "catat" }], clocks: [] };
  const at = (path: string, theirs: unknown) =>
    editorOf(KINDS.sop, { ...model, path, base: null, mine: null, theirs }, [content]);

  test("each kind of value has its form", () => {
    expect(at("purpose", "Tujuan")).toBe("text");
    expect(at("steps.catat.duration", 30)).toBe("number");
    expect(at("steps.catat.duration_unit", "hour")).toBe("code");
    expect(at("warnings", ["Satu"])).toBe("lines");
  });

  test("what is known by ids, whole rows, orders and days are done in the form", () => {
    expect(at("steps.catat.next", "selesai")).toBeNull();
    expect(at("legal_basis_ids", ["a"])).toBeNull();
    expect(at("steps.catat", { id: "catat" })).toBeNull();
    expect(at("steps.@order", ["catat"])).toBeNull();
    expect(at("made_on", "2026-01-05")).toBeNull();
  });
});

describe("what happened at a place", () => {
  const of = (changed_by: "model" | "both", base: unknown, mine: unknown, theirs: unknown) =>
    happened({ path: "purpose", changed_by, base, mine, theirs });

  test("is said from the district's side", () => {
    expect(of("model", 1, 1, 2)).toBe("model_changed");
    expect(of("model", null, null, 2)).toBe("model_added");
    expect(of("model", 1, 1, null)).toBe("model_removed");
    expect(of("both", 1, 2, 3)).toBe("both_changed");
    expect(of("both", null, 2, 3)).toBe("both_added");
    expect(of("both", 1, null, 3)).toBe("mine_removed");
    expect(of("both", 1, 2, null)).toBe("theirs_removed");
  });
});
