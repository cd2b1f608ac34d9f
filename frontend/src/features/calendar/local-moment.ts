const OFFSETS: Record<string, string> = {
  "Asia/Jakarta": "+07:00",
  "Asia/Makassar": "+08:00",
  "Asia/Jayapura": "+09:00",
};

/** A day and a clock time in one of Indonesia's time zones, none of which changes its clocks, as a moment; null while one is missing. */
export function momentOf(day: string | null, clock: string, timeZone: string): string | null {
  if (!day || !/^\d{2}:\d{2}$/.test(clock)) return null;
  const moment = new Date(`${day}T${clock}:00${OFFSETS[timeZone] ?? "+07:00"}`);
  return Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}

/** The day and clock time of a moment in a time zone, as `momentOf` takes them. */
export function localOf(moment: string, timeZone: string): { day: string; clock: string } {
  const hours = Number((OFFSETS[timeZone] ?? "+07:00").slice(1, 3));
  const local = new Date(new Date(moment).getTime() + hours * 3_600_000).toISOString();
  return { day: local.slice(0, 10), clock: local.slice(11, 16) };
}
