import { describe, expect, test } from "vitest";
import { icsOf } from "./ics";

const EVENT = {
  uid: "0189@satupintu",
  sequence: 2,
  title: "Pelatihan: kasus; rujukan, dan \\ lainnya",
  description: "Baris satu.\nBaris dua.",
  location: "Aula é 🏛",
  url: "https://rapat.contoh.example/1,2",
  startsAt: "2030-02-05T08:00:00+07:00",
  endsAt: "2030-02-05T09:30:00+07:00",
  changedAt: "2030-01-01T00:00:00.123Z",
  isCancelled: false,
};

const unfolded = (file: string) => file.replace(/\r\n /g, "");

describe("calendar file", () => {
  test("texts are escaped, addresses are not, and times are in UTC", () => {
    const lines = unfolded(icsOf(EVENT)).split("\r\n");
    expect(lines).toContain("SUMMARY:Pelatihan: kasus\\; rujukan\\, dan \\\\ lainnya");
    expect(lines).toContain("DESCRIPTION:Baris satu.\\nBaris dua.");
    expect(lines).toContain("URL:https://rapat.contoh.example/1,2");
    expect(lines).toContain("DTSTART:20300205T010000Z");
    expect(lines).toContain("DTEND:20300205T023000Z");
    expect(lines).toContain("DTSTAMP:20300101T000000Z");
    expect(lines).toContain("STATUS:CONFIRMED");
    expect(lines).toContain("UID:0189@satupintu");
    expect(lines).toContain("SEQUENCE:2");
    expect(lines.filter((line) => line.startsWith("METHOD"))).toEqual([]);
    expect(unfolded(icsOf({ ...EVENT, isCancelled: true }))).toContain("STATUS:CANCELLED");
  });

  test("what people write begins no line of its own", () => {
    const evil = "x\r\nEND:VEVENT\rATTENDEE:y\nURL:z";
    const file = unfolded(icsOf({ ...EVENT, title: evil, url: `https://a.example/\r\nX:1` }));
    const names = file.split("\r\n").map((line) => line.split(":")[0]);
    expect(names.filter((name) => name === "END")).toHaveLength(2);
    expect(names).not.toContain("ATTENDEE");
    expect(names).not.toContain("X");
  });

  test("no line is longer than 75 octets, whatever it is made of, and folding loses nothing", () => {
    for (const sign of ["a", "é", "語", "🏛"]) {
      const title = sign.repeat(200);
      const file = icsOf({ ...EVENT, title });
      for (const line of file.split("\r\n")) {
        expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
      }
      expect(unfolded(file)).toContain(`SUMMARY:${title}\r\n`);
      expect(file).not.toContain("\ufffd");
    }
    expect(icsOf(EVENT).endsWith("END:VCALENDAR\r\n")).toBe(true);
  });
});
