import type { OverviewDistrict, Score } from "./overview";

/** A sort as the address holds it: the key of a column, with a minus for the largest first. */
export interface Sort {
  key: string;
  descending: boolean;
}

export function readSort(text: string | undefined): Sort {
  const descending = text?.startsWith("-") ?? false;
  return { key: (descending ? text?.slice(1) : text) || "code", descending };
}

/** What the address says after a click on a column's heading: up, then down, then as it was. */
export function nextSort(current: Sort, key: string): string | undefined {
  if (current.key !== key) return key;
  return current.descending ? undefined : `-${key}`;
}

/** What a district is sorted by; null for what it lacks. */
function rankOf(district: OverviewDistrict, key: string, score: Score): string | number | null {
  switch (key) {
    case "name":
      return district.name;
    case "province":
      return district.province_name;
    case "status":
      return district.status;
    case "phase":
      return district.phase_since ?? null;
    case "overall":
      return district[score] ?? null;
    case "blockers":
      return district.blockers ?? null;
    case "idle":
      return district.idle_days ?? null;
    case "expiring":
      return district.expired == null ? null : district.expired * 1000 + (district.expiring ?? 0);
    case "code":
      return district.code;
    default:
      return district.components.find(({ component }) => component === key)?.[score] ?? null;
  }
}

/** The districts in order; those that lack the value come last whichever way, and equal ones by code. */
export function sorted(
  districts: OverviewDistrict[],
  sort: Sort,
  score: Score,
): OverviewDistrict[] {
  const direction = sort.descending ? -1 : 1;
  const rows = districts.map((district) => ({
    district,
    value: rankOf(district, sort.key, score),
  }));
  rows.sort((a, b) => {
    if (a.value === null || b.value === null) {
      if (a.value !== b.value) return a.value === null ? 1 : -1;
    } else {
      const order =
        typeof a.value === "number" && typeof b.value === "number"
          ? a.value - b.value
          : String(a.value).localeCompare(String(b.value), "id");
      if (order !== 0) return order * direction;
    }
    return a.district.code.localeCompare(b.district.code);
  });
  return rows.map(({ district }) => district);
}
