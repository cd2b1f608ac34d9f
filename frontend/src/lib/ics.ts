/** An event as a calendar file tells it. */
export interface IcsEvent {
  /** The same for every version of an event, so that calendars replace what they have. */
  uid: string;
  /** Counts up with every change. */
  sequence: number;
  title: string;
  description: string;
  location: string;
  url?: string;
  /** Moments in RFC 3339. */
  startsAt: string;
  endsAt: string;
  changedAt: string;
  isCancelled: boolean;
}

/** Octets per line without its end (RFC 5545, section 3.1). */
const WIDTH = 75;

/**
 * A file of one event (RFC 5545). Times are in UTC: calendars show them on the clock of who looks. Without a method it is no message
 * to anybody (RFC 5546 would want an organiser's address), and its stamp says when the event was changed last.
 */
export function icsOf(event: IcsEvent): string {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Satu Pintu//Kalender//ID",
    "BEGIN:VEVENT",
    `UID:${escaped(event.uid)}`,
    `SEQUENCE:${event.sequence}`,
    `DTSTAMP:${utc(event.changedAt)}`,
    `DTSTART:${utc(event.startsAt)}`,
    `DTEND:${utc(event.endsAt)}`,
    `SUMMARY:${escaped(event.title)}`,
    ...(event.description ? [`DESCRIPTION:${escaped(event.description)}`] : []),
    ...(event.location ? [`LOCATION:${escaped(event.location)}`] : []),
    // A URI is no text: nothing in it is escaped, and what could end the line is not let in.
    ...(event.url ? [`URL:${event.url.replace(/[\r\n]/g, "")}`] : []),
    `STATUS:${event.isCancelled ? "CANCELLED" : "CONFIRMED"}`,
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

function utc(moment: string): string {
  return new Date(moment)
    .toISOString()
    .replace(/\.\d{3}Z$/, "Z")
    .replace(/[-:]/g, "");
}

/** Section 3.3.11: backslash, semicolon, comma and line ends. Other control characters have no place in a text. */
function escaped(text: string): string {
  return text
    .replace(/\\/g, "\\\\")
    .replace(/[;,]/g, (sign) => `\\${sign}`)
    .replace(/\r\n|\r|\n/g, "\\n")
    .replace(/[^\P{Cc}\t]/gu, "");
}

/** Lines of at most 75 octets, a space before each that goes on; no character is cut in two. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  const parts: string[] = [];
  let part = "";
  let width = 0;
  for (const sign of line) {
    const octets = encoder.encode(sign).length;
    // The space that begins what goes on counts too.
    if (width + octets > (parts.length === 0 ? WIDTH : WIDTH - 1)) {
      parts.push(part);
      part = "";
      width = 0;
    }
    part += sign;
    width += octets;
  }
  return [...parts, part].join("\r\n ");
}
