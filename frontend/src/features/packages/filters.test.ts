import { describe, expect, test } from "vitest";
import type { ModelPackage } from "@/api/packages";
import { filterPackages, readCatalogueFilters } from "./filters";

function one(name: string, part: object): ModelPackage {
  return {
    name,
    author: { scope: "district", name: "Kabupaten Gowa", unit_name: "PPKAI" },
    is_imported: false,
    counts: [{ component: "work_mechanism", kind: "sop", records: 6 }],
    readiness_gained: null,
    adopters: { count: 0, names: [] },
    ...part,
  } as unknown as ModelPackage;
}

const packages = [
  one("Model Gowa", { readiness_gained: 13.5, adopters: { count: 1, names: [] } }),
  one("Model nasional", { author: { scope: "nation", name: "Kementerian Sosial", unit_name: "" } }),
  one("Layanan", {
    is_imported: true,
    counts: [{ component: "service_range", kind: "service", records: 8 }],
    readiness_gained: 20,
  }),
];
const names = (filters: object) => filterPackages(packages, filters).map(({ name }) => name);

describe("the catalogue", () => {
  test("is found by name, author and unit, whatever the letters' size", () => {
    expect(names({ cari: "GOWA" })).toEqual(["Model Gowa", "Layanan"]);
    expect(names({ cari: "kementerian" })).toEqual(["Model nasional"]);
    expect(names({ cari: "tidak ada" })).toEqual([]);
  });

  test("is narrowed by component and by who put it there", () => {
    expect(names({ komponen: "service_range" })).toEqual(["Layanan"]);
    expect(names({ penerbit: "nation" })).toEqual(["Model nasional"]);
    expect(names({ penerbit: "imported" })).toEqual(["Layanan"]);
    expect(names({ penerbit: "district" })).toEqual(["Model Gowa"]);
  });

  test("is ordered by what it brought; what nobody used comes last", () => {
    expect(names({})).toEqual(["Model Gowa", "Model nasional", "Layanan"]);
    expect(names({ urut: "kesiapan" })).toEqual(["Layanan", "Model Gowa", "Model nasional"]);
    expect(names({ urut: "pemakai" })[0]).toBe("Model Gowa");
  });

  test("an address with words that mean nothing shows everything", () => {
    const read = readCatalogueFilters({ cari: 3, komponen: "x", penerbit: "y", urut: "z" });
    expect(read).toEqual({});
    const all = { cari: "a", komponen: "staff", penerbit: "nation", urut: "pemakai" };
    expect(readCatalogueFilters(all)).toEqual(all);
  });
});
