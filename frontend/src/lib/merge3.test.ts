import { describe, expect, test } from "vitest";
import { differences, merge3, sameContent, withValue } from "./merge3";

const base = {
  title: "SOP Rujukan",
  purpose: "",
  steps: [
    { id: "a", activity: "Terima", actor: "Petugas" },
    { id: "b", activity: "Nilai", actor: "Peksos" },
  ],
  equipment: ["Formulir"],
};
type Doc = typeof base;
const change = (part: Partial<Doc>): Doc => ({ ...base, ...part });

describe("merge3", () => {
  test("changes of different fields are both kept", () => {
    const merged = merge3(base, change({ title: "SOP A" }), change({ purpose: "Tujuan" }));
    expect(merged.value).toEqual(change({ title: "SOP A", purpose: "Tujuan" }));
    expect(merged.conflicts).toEqual([]);
    expect(merged.taken).toEqual([["purpose"]]);
  });

  test("two texts for one field are a conflict that holds both", () => {
    const merged = merge3(base, change({ title: "Milik saya" }), change({ title: "Milik dia" }));
    expect(merged.conflicts).toEqual([
      { path: ["title"], base: "SOP Rujukan", mine: "Milik saya", theirs: "Milik dia" },
    ]);
    expect(withValue(merged.value, ["title"], "Milik dia").title).toBe("Milik dia");
  });

  test("rows are joined by id: my edit, their edit of another cell, their new row", () => {
    const [a, b] = base.steps as [Doc["steps"][0], Doc["steps"][0]];
    const mine = change({ steps: [{ ...a, activity: "Menerima laporan" }, b] });
    const theirs = change({
      steps: [{ ...a, actor: "Front office" }, { id: "c", activity: "Catat", actor: "Data" }, b],
    });
    const merged = merge3(base, mine, theirs);
    expect(merged.conflicts).toEqual([]);
    expect(merged.value.steps).toEqual([
      { id: "a", activity: "Menerima laporan", actor: "Front office" },
      { id: "c", activity: "Catat", actor: "Data" },
      b,
    ]);
  });

  test("a row that one removed and the other changed is kept; an untouched one goes", () => {
    const [a, b] = base.steps as [Doc["steps"][0], Doc["steps"][0]];
    const changed = { ...b, activity: "Menilai risiko" };
    expect(
      merge3(base, change({ steps: [a] }), change({ steps: [a, changed] })).value.steps,
    ).toEqual([a, changed]);
    expect(merge3(base, change({ title: "X" }), change({ steps: [a] })).value.steps).toEqual([a]);
  });

  test("lists of words join as sets", () => {
    const mine = change({ equipment: ["Formulir", "Laptop"] });
    const theirs = change({ equipment: ["Telepon"] });
    expect(merge3(base, mine, theirs).value.equipment).toEqual(["Laptop", "Telepon"]);
  });

  test("a conflict inside a row can be decided", () => {
    const [a, b] = base.steps as [Doc["steps"][0], Doc["steps"][0]];
    const merged = merge3(
      base,
      change({ steps: [a, { ...b, actor: "Saya" }] }),
      change({ steps: [a, { ...b, actor: "Dia" }] }),
    );
    expect(merged.conflicts.map((c) => c.path)).toEqual([["steps", "b", "actor"]]);
    expect(withValue(merged.value, ["steps", "b", "actor"], "Dia").steps[1]?.actor).toBe("Dia");
  });

  test("whatever two people do, no text that either wrote is lost", () => {
    // A small generator with a fixed seed: the same thousand cases every time.
    let seed = 7;
    const random = (n: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % n;
    };
    const edit = (doc: Doc, who: string): Doc => {
      const steps = doc.steps.map((row) =>
        random(3) === 0 ? { ...row, activity: `${who}-${row.id}-${random(100)}` } : row,
      );
      if (random(3) === 0)
        steps.splice(random(3), 0, {
          id: `${who}${random(9)}`,
          activity: `${who}-new`,
          actor: who,
        });
      if (random(4) === 0) steps.reverse();
      return { ...doc, steps, title: random(2) ? `${who}-title-${random(100)}` : doc.title };
    };
    for (let round = 0; round < 1_000; round++) {
      const [mine, theirs] = [edit(base, "m"), edit(base, "t")];
      const merged = merge3(base, mine, theirs);
      const seen = JSON.stringify([merged.value, merged.conflicts]);
      for (const doc of [mine, theirs]) {
        for (const text of [doc.title, ...doc.steps.map((s) => s.activity)]) {
          const known = [base.title, ...base.steps.map((s) => s.activity)].includes(text);
          if (!known) expect(seen).toContain(JSON.stringify(text));
        }
      }
    }
  });
});

test("blanks around texts and empty lines do not make a difference", () => {
  expect(sameContent({ a: "x ", l: ["", "y"] }, { a: "x", l: ["y "] })).toBe(true);
  expect(sameContent({ a: 0 }, { a: null })).toBe(false);
});

test("differences name rows by id and read added rows whole", () => {
  const [a] = base.steps;
  expect(differences(base, change({ title: "Y", steps: a ? [a] : [] }))).toEqual([
    { path: ["title"], before: "SOP Rujukan", after: "Y" },
    { path: ["steps", "b"], before: base.steps[1], after: null },
  ]);
});
