import type { Overview, OverviewDistrict, OverviewProvince } from "./overview";

/** Where a province stands on the tile map, in cells: the top left corner, and how wide it is. */
export interface Place {
  column: number;
  row: number;
  width: number;
  /** What fits above its cells. */
  short: string;
}

const at = (column: number, row: number, width: number, short: string): Place => ({
  column,
  row,
  width,
  short,
});

/** How many cells the map is wide. */
export const MAP_COLUMNS = 39;

/**
 * The 38 provinces in rough geographic place, Sabang at the top left, Merauke at the right, by
 * Kemendagri code. Each is a block of cells, one for each kabupaten/kota, below a line for its name. A
 * test sees to it that none covers another.
 */
export const PLACES: Record<string, Place> = {
  "11": at(1, 1, 6, "Aceh"),
  "12": at(4, 6, 7, "Sumut"),
  "13": at(4, 12, 4, "Sumbar"),
  "14": at(8, 12, 4, "Riau"),
  "15": at(8, 16, 4, "Jambi"),
  "16": at(8, 20, 4, "Sumsel"),
  "17": at(4, 18, 4, "Bengkulu"),
  "18": at(8, 26, 4, "Lampung"),
  "19": at(13, 15, 3, "Babel"),
  "21": at(12, 9, 3, "Kepri"),
  "31": at(15, 20, 3, "Jakarta"),
  "32": at(15, 23, 5, "Jabar"),
  "33": at(20, 22, 5, "Jateng"),
  "34": at(20, 30, 5, "DIY"),
  "35": at(25, 22, 6, "Jatim"),
  "36": at(12, 24, 3, "Banten"),
  "51": at(31, 24, 3, "Bali"),
  "52": at(34, 24, 3, "NTB"),
  "53": at(37, 22, 3, "NTT"),
  "61": at(15, 9, 4, "Kalbar"),
  "62": at(16, 14, 4, "Kalteng"),
  "63": at(20, 13, 4, "Kalsel"),
  "64": at(20, 8, 4, "Kaltim"),
  "65": at(21, 5, 3, "Kaltara"),
  "71": at(28, 4, 4, "Sulut"),
  "72": at(24, 8, 4, "Sulteng"),
  "73": at(24, 16, 6, "Sulsel"),
  "74": at(28, 9, 4, "Sultra"),
  "75": at(25, 5, 3, "Gorontalo"),
  "76": at(24, 13, 3, "Sulbar"),
  "81": at(30, 15, 4, "Maluku"),
  "82": at(32, 5, 2, "Malut"),
  "91": at(37, 6, 3, "Papua"),
  "92": at(34, 7, 3, "Pap. Barat"),
  "93": at(37, 14, 3, "Pap. Sel."),
  "94": at(34, 11, 3, "Pap. Teng."),
  "95": at(37, 10, 3, "Pap. Peg."),
  "96": at(34, 4, 3, "PB Daya"),
};

/** A country drawn from its parts pays from this many provinces on; fewer stand in a list. */
export const DRAWN = 10;

/** A province and those of its districts that are shown. */
export interface Block {
  province: OverviewProvince;
  districts: OverviewDistrict[];
  /** Districts of the province that take no part, or that a filter leaves out. */
  empty: number;
}

/** The districts by province. */
export function blocksOf({
  provinces,
  districts,
}: Pick<Overview, "provinces" | "districts">): Block[] {
  return provinces.map((province) => {
    const own = districts.filter((district) => district.province_code === province.code);
    return { province, districts: own, empty: Math.max(0, province.regencies - own.length) };
  });
}

/** How many rows a block takes: its name, and its cells. */
export function rowsOf(cells: number, width: number): number {
  return 1 + Math.ceil(cells / width);
}
