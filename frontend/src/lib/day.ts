/** Outcome of reading a day a person typed. */
export type DayReading =
  | { kind: "empty" }
  | { kind: "day"; iso: string }
  | { kind: "problem"; reason: "form" | "impossible" | "year" };

/** Years outside this span are slips of the finger ("0026", "20203"), not dates of the field. */
const FIRST_YEAR = 1900;
const LAST_YEAR = 2100;

/**
 * Reads a day typed the Indonesian way: `7/3/2020`, also with dots, dashes or spaces. ISO
 * (`2020-03-07`) is taken too because people paste it. Two-digit years are refused, never guessed:
 * "20" may be 1920 for a birth date.
 */
export function readDay(text: string): DayReading {
  const trimmed = text.trim();
  if (trimmed === "") return { kind: "empty" };
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(trimmed);
  const typed = /^(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d+)$/.exec(trimmed);
  const parts = iso ? [iso[1], iso[2], iso[3]] : typed ? [typed[3], typed[2], typed[1]] : null;
  if (!parts) return { kind: "problem", reason: "form" };
  const [year, month, day] = parts.map(Number) as [number, number, number];
  if (parts[0]?.length !== 4 || year < FIRST_YEAR || year > LAST_YEAR) {
    return { kind: "problem", reason: "year" };
  }
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists) return { kind: "problem", reason: "impossible" };
  return { kind: "day", iso: date.toISOString().slice(0, 10) };
}

/** Shows an ISO date the way it is typed: `2020-03-07` becomes `7/3/2020`. */
export function showDay(iso: string): string {
  const [year, month, day] = iso.split("-").map(Number);
  return year && month && day ? `${day}/${month}/${year}` : "";
}

const OFFSETS: Record<string, string> = {
  "Asia/Jakarta": "+07:00",
  "Asia/Pontianak": "+07:00",
  "Asia/Makassar": "+08:00",
  "Asia/Jayapura": "+09:00",
};

/** The moment (RFC 3339, UTC) at which a day begins in one of Indonesia's time zones, none of which
 * changes its clocks; `later` counts days on from there. */
export function startOfDay(iso: string, timeZone: string, later = 0): string {
  const start = new Date(`${iso}T00:00:00${OFFSETS[timeZone] ?? "+07:00"}`);
  return new Date(start.getTime() + later * 86_400_000).toISOString();
}
