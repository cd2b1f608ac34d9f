import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useRef } from "react";
import { isArrow, nearest, type Spot } from "./nearest";

/** Marks the cell of a district that can be opened with its code. */
export const OPENS = "data-opens";

/**
 * Walking over a map by keyboard: arrow keys go to the nearest cell that way, Home and End to the
 * first and last, Enter opens the district of the cell.
 */
export function useMapWalk<Element extends HTMLElement | SVGElement>() {
  const list = useRef<Element>(null);
  const navigate = useNavigate();

  function walk(event: KeyboardEvent) {
    const cells = [
      ...(list.current?.querySelectorAll<HTMLElement | SVGElement>("[role=option]") ?? []),
    ];
    const from = cells.indexOf(document.activeElement as HTMLElement);
    let to: number | undefined;
    if (event.key === "Home") to = 0;
    else if (event.key === "End") to = cells.length - 1;
    else if (isArrow(event.key)) to = nearest(cells.map(middle), from, event.key);
    else if (event.key === "Enter") {
      const wilayah = cells[from]?.getAttribute(OPENS);
      if (wilayah) void navigate({ to: "/pusat/kabupaten/$wilayah", params: { wilayah } });
      return;
    } else return;
    event.preventDefault();
    if (to !== undefined) cells[to]?.focus();
  }

  return { list, walk };
}

function middle(cell: Element): Spot {
  const box = cell.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
