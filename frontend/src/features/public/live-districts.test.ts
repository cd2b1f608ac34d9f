import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { setApiBaseUrl } from "@/api/config";
import { liveDistrictsQuery, namedLike, type PublicDistrict } from "./live-districts";

const district = (number: number, name = `Kabupaten ${number}`): PublicDistrict => {
  const code = String(number).padStart(4, "0");
  return { id: code, code, name, province_name: "Contoh", unit_name: "PKSAI" };
};
const ALL = Array.from({ length: 514 }, (_, number) => district(number));

afterEach(() => vi.unstubAllGlobals());

test("every live district of the country is in the list, not only a page of them", async () => {
  setApiBaseUrl("http://layanan.test");
  vi.stubGlobal("fetch", async (input: Request) => {
    const query = new URL(input.url).searchParams;
    const [from, limit] = [Number(query.get("cursor") ?? 0), Number(query.get("limit"))];
    const next = from + limit < ALL.length ? String(from + limit) : null;
    const page = { items: ALL.slice(from, from + limit), next_cursor: next };
    return new Response(JSON.stringify(page), { headers: { "Content-Type": "application/json" } });
  });
  const rows = await new QueryClient().fetchQuery(liveDistrictsQuery);
  expect(rows.map(({ code }) => code)).toEqual(ALL.map(({ code }) => code));
});

test("a name is found by its words, shortened as people write them", () => {
  const rows = [
    district(1, "Kabupaten Gowa"),
    district(2, "Kota Makassar"),
    district(3, "Kabupaten Maros"),
  ];
  const found = (text: string) => namedLike(rows, text).map(({ name }) => name);
  expect(found("kab. gowa")).toEqual(["Kabupaten Gowa"]);
  expect(found(" MA ")).toEqual(["Kota Makassar", "Kabupaten Maros"]);
  expect(found("")).toHaveLength(3);
  expect(found("Klaten")).toEqual([]);
});
