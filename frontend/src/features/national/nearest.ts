/** Where a cell lies on the screen: its middle. */
export interface Spot {
  x: number;
  y: number;
}

export const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"] as const;
export type Arrow = (typeof ARROWS)[number];

export function isArrow(key: string): key is Arrow {
  return ARROWS.some((arrow) => arrow === key);
}

/**
 * Which spot an arrow key leads to: the nearest one that way, where a step aside counts double, so that
 * a row is followed to its end before the walk leaves it. Undefined at the edge.
 */
export function nearest(spots: Spot[], from: number, arrow: Arrow): number | undefined {
  const start = spots[from];
  if (!start) return undefined;
  const sideways = arrow === "ArrowLeft" || arrow === "ArrowRight";
  const sign = arrow === "ArrowRight" || arrow === "ArrowDown" ? 1 : -1;
  let best: { index: number; distance: number } | undefined;
  spots.forEach((spot, index) => {
    const ahead = sign * (sideways ? spot.x - start.x : spot.y - start.y);
    const aside = Math.abs(sideways ? spot.y - start.y : spot.x - start.x);
    // Less than a pixel is the same row: layouts round.
    if (ahead < 1 || aside > ahead * 3) return;
    const distance = ahead + 2 * aside;
    if (!best || distance < best.distance) best = { index, distance };
  });
  return best?.index;
}

/**
 * Which spot a key leads to: arrows to the nearest one that way, Page Up and Page Down to the one before
 * and after in the order of the list, Home and End to its ends. So every spot can be reached, also one
 * that no arrow leads to. Undefined where there is none; null for other keys.
 */
export function target(spots: Spot[], from: number, key: string): number | undefined | null {
  if (isArrow(key)) return nearest(spots, from, key);
  switch (key) {
    case "Home":
      return spots.length > 0 ? 0 : undefined;
    case "End":
      return spots.length > 0 ? spots.length - 1 : undefined;
    case "PageDown":
      return from + 1 < spots.length ? from + 1 : undefined;
    case "PageUp":
      return from > 0 ? from - 1 : undefined;
    default:
      return null;
  }
}
