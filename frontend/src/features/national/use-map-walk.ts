import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useRef } from "react";
import { type Spot, target } from "./nearest";

/** Marks the cell of a district that can be opened with its code. */
export const OPENS = "data-opens";
/**
 * Where the middle of a cell lies, in pixels: `x y`. For shapes: the box of a group of islands has its
 * middle in the sea, or in a neighbour.
 */
export const LIES = "data-lies";

/**
 * Walking over a map by keyboard: arrow keys go to the nearest cell that way, Page Up and Page Down
 * through all in the order of codes, Home and End to the first and last, Enter opens the district of
 * the cell.
 */
export function useMapWalk<Element extends HTMLElement | SVGElement>() {
  const list = useRef<Element>(null);
  const navigate = useNavigate();

  function walk(event: KeyboardEvent) {
    const cells = [
      ...(list.current?.querySelectorAll<HTMLElement | SVGElement>("[role=option]") ?? []),
    ];
    const from = cells.indexOf(document.activeElement as HTMLElement);
    if (event.key === "Enter") {
      const wilayah = cells[from]?.getAttribute(OPENS);
      if (wilayah) void navigate({ to: "/pusat/kabupaten/$wilayah", params: { wilayah } });
      return;
    }
    const to = target(cells.map(middle), from, event.key);
    if (to === null) return;
    event.preventDefault();
    if (to !== undefined) cells[to]?.focus();
  }

  return { list, walk };
}

function middle(cell: Element): Spot {
  const lies = cell.getAttribute(LIES)?.split(" ").map(Number);
  if (lies) return { x: lies[0] ?? 0, y: lies[1] ?? 0 };
  const box = cell.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
