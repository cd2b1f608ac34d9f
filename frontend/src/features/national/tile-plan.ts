import type { Overview, OverviewDistrict } from "./overview";
import { type Block, blocksOf, DRAWN, MAP_COLUMNS, PLACES, rowsOf } from "./tile-layout";

/** A place in the grid of the tile map; columns and rows count from 1. */
export interface Spot {
  column: number;
  row: number;
}

/** A province on paper. */
export interface PlannedBlock extends Spot {
  name: string;
  width: number;
  rows: number;
  /** Its cells; those without a district are empty. */
  tiles: (Spot & { district?: OverviewDistrict })[];
}

/** The tile map as it is printed. */
export interface TilePlan {
  columns: number;
  rows: number;
  blocks: PlannedBlock[];
}

/**
 * Where everything of the tile map stands on paper: as on a wide screen, or below one another where few provinces are
 * shown. A province without a place of its own stands below the others.
 */
export function tilePlan(overview: Pick<Overview, "provinces" | "districts">): TilePlan {
  const blocks = blocksOf(overview);
  const isDrawn = blocks.length >= DRAWN;
  const placed = isDrawn ? blocks.filter(({ province }) => PLACES[province.code]) : [];
  const planned = placed.map((block) => {
    const { column, row, width, short } = PLACES[block.province.code] as (typeof PLACES)[string];
    return planBlock(block, { name: short, column, row, width });
  });
  let rows = Math.max(0, ...planned.map(({ row, rows }) => row + rows - 1));
  for (const block of blocks.filter((one) => !placed.includes(one))) {
    const name = block.province.name;
    const next = planBlock(block, { name, column: 1, row: rows + 1, width: MAP_COLUMNS });
    rows += next.rows;
    planned.push(next);
  }
  return { columns: MAP_COLUMNS, rows, blocks: planned };
}

function planBlock(
  { districts, empty }: Block,
  place: Spot & { name: string; width: number },
): PlannedBlock {
  const cells = [...districts, ...Array<undefined>(empty).fill(undefined)];
  return {
    ...place,
    rows: rowsOf(cells.length, place.width),
    tiles: cells.map((district, index) => ({
      column: place.column + (index % place.width),
      // The first row is that of the name.
      row: place.row + 1 + Math.floor(index / place.width),
      ...(district && { district }),
    })),
  };
}
