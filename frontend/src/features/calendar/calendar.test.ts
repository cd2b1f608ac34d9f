import i18next from "i18next";
import { beforeAll, expect, test } from "vitest";
import { loadTexts } from "@/lib/i18n";
import { type Details, monthOf, type Registration, span, spanThere } from "./calendar";
import { participantTable } from "./use-participant-exports";

beforeAll(() => loadTexts("calendar"));

const EVENT: Details = {
  kind: "training",
  title: "Contoh",
  starts_at: "2030-02-05T01:00:00Z",
  ends_at: "2030-02-05T09:00:00Z",
  time_zone: "Asia/Jakarta",
  place: "Aula contoh",
  seats_per_district: 2,
  register_until: "2030-02-01T09:00:00Z",
};

test("an event is told on its own clock, and on the district's where that is another", () => {
  expect(span(EVENT)).toBe("5 Februari 2030, 08.00–16.00 WIB");
  expect(spanThere(EVENT, "Asia/Makassar")).toBe("09.00–17.00 WITA");
  expect(spanThere(EVENT, "Asia/Jayapura")).toBe("10.00–18.00 WIT");
  // Pontianak has another name and the same clock.
  expect(spanThere(EVENT, "Asia/Pontianak")).toBeNull();
  expect(spanThere(EVENT, undefined)).toBeNull();
});

test("where the day is another one, it is said", () => {
  const late = { ...EVENT, starts_at: "2030-01-31T15:30:00Z", ends_at: "2030-01-31T16:00:00Z" };
  expect(span(late)).toBe("31 Januari 2030, 22.30–23.00 WIB");
  expect(spanThere(late, "Asia/Jayapura")).toBe("1 Februari 2030, 00.30–01.00 WIT");
  expect(monthOf(late)).toBe("Januari 2030");
  const days = { ...EVENT, ends_at: "2030-02-07T09:00:00Z" };
  expect(span(days)).toBe("5 Februari 2030, 08.00 – 7 Februari 2030, 16.00 WIB");
  expect(spanThere(days, "Asia/Makassar")).toBe(
    "5 Februari 2030, 09.00 – 7 Februari 2030, 17.00 WITA",
  );
});

test("a file has a row for each participant, and for each district that sends nobody", () => {
  const district = (code: string, part: Partial<Registration>): Registration => ({
    district_code: code,
    district_name: `Kabupaten ${code}`,
    province_name: "Provinsi contoh",
    is_active: true,
    answer: null,
    note: "",
    answered_by_name: "",
    participants: [],
    ...part,
  });
  const people = [
    { name: "Contoh A", position: "Pekerja sosial" },
    { name: "=Contoh B", position: "" },
  ];
  const t = i18next.getFixedT<["calendar", "common"]>("id", ["calendar", "common"]);
  const { rows } = participantTable(t, [
    district("73.06", { answer: "registered", participants: people }),
    district("73.02", { answer: "declined", note: "Contoh alasan." }),
    district("73.09", { is_active: false }),
  ]);
  expect(rows.map((row) => [row[0], row[3], row[4], row[6]])).toEqual([
    ["73.06", "2 peserta terdaftar", "Contoh A", ""],
    ["73.06", "2 peserta terdaftar", "=Contoh B", ""],
    ["73.02", "Tidak ikut", undefined, "Contoh alasan."],
    ["73.09", "Belum menjawab (ruang kerja ditangguhkan)", undefined, ""],
  ]);
});
