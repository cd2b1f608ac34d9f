import type { Language } from "./language";

const TAG: Record<Language, string> = { id: "id-ID", en: "en-GB" };

/** Indonesian districts lie in one of three zones; the name beside a time avoids a missed meeting. */
const ZONE_NAME: Record<string, string> = {
  "Asia/Jakarta": "WIB",
  "Asia/Pontianak": "WIB",
  "Asia/Makassar": "WITA",
  "Asia/Jayapura": "WIT",
};

/** What people call a time zone: WITA for Asia/Makassar; its own name when they have no other. */
export function zoneName(timeZone: string): string {
  return ZONE_NAME[timeZone] ?? timeZone;
}

/** A whole or decimal number in the language's way: 1.540 or 1,540. */
export function formatNumber(value: number, language: Language): string {
  return new Intl.NumberFormat(TAG[language]).format(value);
}

/** A day in words: 17 Maret 2020. `value` is RFC 3339 or an ISO date. */
export function formatDate(value: string, language: Language, timeZone?: string): string {
  // A bare date has no zone: read it as UTC or western browsers show the day before.
  const zone = value.length === 10 ? "UTC" : timeZone;
  return new Intl.DateTimeFormat(TAG[language], { dateStyle: "long", timeZone: zone }).format(
    new Date(value),
  );
}

/** A month in words: Desember 2018. `value` is RFC 3339, or the ISO date of one of its days. */
export function formatMonth(value: string, language: Language, timeZone?: string): string {
  return new Intl.DateTimeFormat(TAG[language], {
    month: "long",
    year: "numeric",
    timeZone: value.length === 10 ? "UTC" : timeZone,
  }).format(new Date(value));
}

/** A clock time without zone: 10.42 in Indonesian, 10:42 in English. */
export function formatClock(value: Date, language: Language, timeZone?: string): string {
  return new Intl.DateTimeFormat(TAG[language], {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  }).format(value);
}

/** Day and time with the zone's name: "17 Maret 2020, pukul 08.30 WITA". */
export function formatMoment(value: string, language: Language, timeZone?: string): string {
  const zone = timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const clock = formatClock(new Date(value), language, zone);
  const name = ZONE_NAME[zone] ?? zoneOffsetName(value, zone);
  const day = formatDate(value, language, zone);
  return language === "id" ? `${day}, pukul ${clock} ${name}` : `${day}, ${clock} ${name}`;
}

function zoneOffsetName(value: string, zone: string): string {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "short" });
  return parts.formatToParts(new Date(value)).find((p) => p.type === "timeZoneName")?.value ?? "";
}

/** A file size people can read: 812 KB, 1,4 MB. */
export function formatFileSize(bytes: number, language: Language): string {
  const megabytes = bytes / 1_000_000;
  if (megabytes >= 1) {
    const text = new Intl.NumberFormat(TAG[language], { maximumFractionDigits: 1 });
    return `${text.format(megabytes)} MB`;
  }
  return `${formatNumber(Math.max(1, Math.round(bytes / 1000)), language)} KB`;
}

/** A phone number in groups, as people read it aloud: `+62 812-0000-0100`. Others stay as they are. */
export function formatPhone(phone: string): string {
  const [, country, rest] = phone.match(/^\+(62)(\d{7,})$/) ?? [];
  if (!country || !rest) return phone;
  // Mobile numbers and three-digit area codes begin with three digits, the big cities' with two.
  const lead = /^(21|22|24|31|61)/.test(rest) ? 2 : 3;
  const groups = rest.slice(lead).match(/\d{1,4}/g) ?? [];
  const last = groups.at(-1) ?? "";
  const before = groups.at(-2);
  // A group of one digit is read with the one before it.
  if (before && last.length === 1) groups.splice(-2, 2, before + last);
  return `+${country} ${rest.slice(0, lead)}-${groups.join("-")}`;
}
