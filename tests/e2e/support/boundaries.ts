import type { FilePayload } from "./form";

/** A closed line of longitudes and latitudes. */
export type Ring = [number, number][];

/** A square with its corner in the south-west. */
export function square(west: number, south: number, size = 1): Ring {
  const [east, north] = [west + size, south + size];
  return [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
}

/** A GeoJSON file as somebody chooses it: shapes by their codes. */
export function boundaryFile(shapes: Record<string, Ring>): FilePayload {
  const features = Object.entries(shapes).map(([kode, ring]) => ({
    type: "Feature",
    properties: { kode },
    geometry: { type: "Polygon", coordinates: [ring] },
  }));
  return {
    name: "batas-contoh.geojson",
    mimeType: "application/geo+json",
    buffer: Buffer.from(JSON.stringify({ type: "FeatureCollection", features })),
  };
}

/** Made-up squares roughly where they are; Klaten has none. */
export const SQUARES = boundaryFile({
  "73.06": square(119.4, -5.5),
  "73.71": square(119.2, -5.1, 0.2),
  "73.02": square(120.4, -5.5),
  "73.09": square(119.4, -4.5),
  "33.72": square(110.8, -7.6),
  "52.71": square(116, -8.6),
});
