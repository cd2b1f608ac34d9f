/** The six components of PKSAI, in the order the field names them. */
export const COMPONENTS = [
  "regulation",
  "institution",
  "mechanism",
  "services",
  "staff",
  "data",
] as const;
export type ComponentKey = (typeof COMPONENTS)[number];
