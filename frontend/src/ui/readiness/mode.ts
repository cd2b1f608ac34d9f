/** What the reader may do: work on it, decide on it as a reviewer, or read. */
export type ChecklistMode = "work" | "review" | "read";
