import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { csvBlob } from "@/lib/export/csv";
import { type Column, localDay, type Table, tableOf } from "@/lib/export/table";
import { zoneName } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import type { Writers } from "@/ui/download-menu";
import {
  allRegistrations,
  type OrganisedEvent,
  organiserName,
  type Registration,
  span,
} from "./calendar";

type Texts = TFunction<["calendar", "common"]>;

/** Writers of who comes to an event, district by district, also of what the screen has not shown yet. */
export function useParticipantExports(event: OrganisedEvent): Writers {
  const { t } = useTranslation(["calendar", "common"]);
  const load = async () => participantTable(t, await allRegistrations(event.id));
  return {
    csv: async () => csvBlob(await load()),
    xlsx: async () => {
      const [{ xlsxBlob }, table] = await Promise.all([import("@/lib/export/xlsx"), load()]);
      const zone = zoneName(Intl.DateTimeFormat().resolvedOptions().timeZone);
      const facts = [
        { label: t("organised.col_event"), value: event.event.title },
        { label: t("fact.organiser"), value: organiserName(event, t) },
        { label: t("fact.when"), value: span(event.event) },
        { label: t("fact.seats"), value: seatsTaken(event, t) },
        { label: t("export.as_of", { zone }), value: new Date() },
      ];
      const summary = { name: t("export.summary"), title: event.event.title, facts, tables: [] };
      return xlsxBlob([summary, { name: t("export.people"), table }], currentLanguage());
    },
  };
}

/** A row a participant; a district that sends nobody has one of its own. */
export function participantTable(t: Texts, registrations: Registration[]): Table {
  type Row = { district: Registration; name?: string; position?: string };
  const rows = registrations.flatMap((district): Row[] =>
    district.participants.length > 0
      ? district.participants.map((person) => ({ district, ...person }))
      : [{ district }],
  );
  const text = (
    key: string,
    label: string,
    width: number,
    of: (row: Row) => string | undefined,
  ): Column<Row> => ({ key, label, kind: "text", width, of });
  return tableOf(
    [
      text("code", t("export.code"), 9, (row) => row.district.district_code),
      text("district", t("organised.col_district"), 30, (row) => row.district.district_name),
      text("province", t("export.province"), 20, (row) => row.district.province_name),
      text("answer", t("organised.col_answer"), 20, (row) => answerWord(t, row.district)),
      text("name", t("export.person"), 30, (row) => row.name),
      text("position", t("export.position"), 24, (row) => row.position),
      text("note", t("export.note"), 40, (row) => row.district.note),
      {
        key: "answered",
        label: t("export.answered"),
        kind: "day",
        of: ({ district: { answered_at } }) => answered_at && localDay(new Date(answered_at)),
      },
      text("by", t("export.by"), 24, (row) => row.district.answered_by_name),
    ],
    rows,
  );
}

/** What a district answered; one that was suspended meanwhile cannot. */
export function answerWord(t: Texts, row: Registration): string {
  if (row.answer === "registered") {
    return t("state.registered", { count: row.participants.length });
  }
  if (row.answer === "declined") return t("state.declined");
  return t(row.is_active ? "state.unanswered" : "state.inactive");
}

/** How many seats are taken, of how many. */
export function seatsTaken(row: OrganisedEvent, t: Texts): string {
  return row.event.seats
    ? t("seats.taken_of", { taken: row.taken, seats: row.event.seats })
    : t("seats.taken", { count: row.taken });
}
