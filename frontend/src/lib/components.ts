import type { components } from "@/api/schema.gen";

/** The API's word for a component. */
export type ComponentKind = components["schemas"]["ComponentKind"];

function place<K extends string, P extends string>(key: K, prefix: string, page: P) {
  return { key, prefix, page, record: `${page}/$jenis/$recordId` } as const;
}

/**
 * The components of PKSAI, in the order the field names them: the screens' word, which is also the
 * file of their texts; the letters before the numbers of their items; and their pages. A component
 * that the API knows and this table does not is a fault of compilation.
 */
export const COMPONENT_OF = {
  regulation: place("regulation", "REG", "/d/$code/regulasi"),
  institution: place("institution", "LEM", "/d/$code/kelembagaan"),
  work_mechanism: place("mechanism", "MEK", "/d/$code/mekanisme-kerja"),
  service_range: place("services", "LAY", "/d/$code/rentang-layanan"),
  staff: place("staff", "SDM", "/d/$code/sdm"),
  data_system: place("data", "DAT", "/d/$code/sistem-data"),
} as const satisfies Record<ComponentKind, object>;

type Place = (typeof COMPONENT_OF)[ComponentKind];

/** The screens' word for a component. */
export type ComponentKey = Place["key"];

const PLACES = Object.values<Place>(COMPONENT_OF);

/** The screens' words in order. */
export const COMPONENTS: readonly ComponentKey[] = PLACES.map(({ key }) => key);

/** Where a component is worked on. */
export const PLACE_OF = Object.fromEntries(PLACES.map((place) => [place.key, place])) as {
  [P in Place as P["key"]]: P;
};

/** The API's word for a component, by the screens' word. */
export const KIND_OF_COMPONENT = Object.fromEntries(
  Object.entries(COMPONENT_OF).map(([kind, { key }]) => [key, kind]),
) as Record<ComponentKey, ComponentKind>;

/** The screens' word for a component. */
export function componentKey(kind: ComponentKind): ComponentKey {
  return COMPONENT_OF[kind].key;
}

/** The component of an item, by the letters of its code; undefined when no component has them. */
export function componentOfItem(code: string): ComponentKey | undefined {
  const letters = code.split("-")[0];
  return PLACES.find(({ prefix }) => prefix === letters)?.key;
}
