/** Phases of replication in their order, by the API's words. */
export const PHASES = [
  "commitment",
  "decree",
  "regulation",
  "procedures",
  "launched",
  "operational",
  "self_reliant",
] as const;
