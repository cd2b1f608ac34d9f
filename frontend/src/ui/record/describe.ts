import type { QueryClient } from "@tanstack/react-query";
import i18next from "i18next";
import type { SetupRecord } from "@/api/setup/content";
import { type AnyKind, fieldOf, KINDS } from "@/api/setup/kinds";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import type { MergePath } from "@/lib/merge3";
import { writeNumber } from "@/lib/number";
import { codeName, fieldLabel } from "./texts";

function say(key: "answer.yes" | "answer.no" | "file.one" | "ref.gone" | "ref.unread"): string {
  return i18next.t(key, { ns: "setup" });
}

/** Writes values of a record's content so that a person can read and compare them. */
export class Describer {
  constructor(
    private readonly kind: AnyKind,
    private readonly code: string,
    private readonly client: QueryClient,
    /** Contents in which row ids can be found, to number rows. */
    private readonly contents: unknown[],
    /** Titles of records that are not the district's: those of a package, by their ids in it. */
    private readonly titles?: ReadonlyMap<string, string>,
  ) {}

  /** "Langkah 3 · Pelaksana" for `["steps", "<id>", "actor"]`. */
  label(path: MergePath): string {
    const parts: string[] = [];
    const walked: string[] = [];
    let places = this.contents;
    for (const step of path) {
      const row = places
        .flatMap((p) => (Array.isArray(p) ? [rowNumber(p, step)] : []))
        .find(Boolean);
      places = places.map((place) => stepInto(place, step));
      if (row) {
        parts.push(String(row));
        continue;
      }
      walked.push(step);
      const label = fieldLabel(this.kind, walked.join("."));
      parts.push(parts.length > 0 ? ` · ${label}` : label);
    }
    return parts
      .map((part, index) => (index > 0 && /^\d+$/.test(part) ? ` ${part}` : part))
      .join("");
  }

  /** A value as text; an empty one as an empty text. */
  text(path: MergePath, value: unknown): string {
    return this.write(this.fieldPath(path), value);
  }

  private fieldPath(path: MergePath): string {
    const rowIds = new Set(this.contents.flatMap(idsWithin));
    return path.filter((step) => !rowIds.has(step)).join(".");
  }

  private write(path: string, value: unknown): string {
    if (value === null || value === undefined || value === "") return "";
    if (typeof value === "boolean") return say(value ? "answer.yes" : "answer.no");
    if (typeof value === "number") return writeNumber(value, currentLanguage());
    if (typeof value === "string") return this.word(path, value);
    if (Array.isArray(value)) {
      return value
        .map((item) => this.write(path, item))
        .filter(Boolean)
        .join("\n");
    }
    return Object.entries(value as Record<string, unknown>)
      .filter(([key]) => key !== "id")
      .map(([key, inner]) => [`${path}.${key}`, this.write(`${path}.${key}`, inner)] as const)
      .filter(([, text]) => text !== "")
      .map(([inner, text]) => `${fieldLabel(this.kind, inner)}: ${text}`)
      .join("\n");
  }

  private word(path: string, value: string): string {
    const field = fieldOf(path);
    const list = this.kind.codes[field];
    if (list) return codeName(list, value);
    if (/_file_id$|^file_id$/.test(field)) return say("file.one");
    // Where the flow of an SOP goes on: people know steps by their numbers.
    if (/^steps\.(next|yes|no)$/.test(field)) return this.rowOf(value) ?? value;
    if (/_id$|_ids$/.test(field) || this.kind.refs[field]) return this.title(field, value);
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(value, currentLanguage());
    return value;
  }

  private rowOf(id: string): string | undefined {
    const rows = this.contents.flatMap((content) => rowsWithin(content));
    const number = rows.map((list) => rowNumber(list, id)).find(Boolean);
    return number ? String(number) : undefined;
  }

  private title(field: string, id: string): string {
    const known = this.titles?.get(id);
    if (known) return known;
    const lists = (this.kind.refs[field] ?? []).flatMap((key) =>
      ["in_use", "archived"].map((part) =>
        this.client.getQueryData<SetupRecord<object>[]>(["setup", this.code, KINDS[key].key, part]),
      ),
    );
    for (const records of lists) {
      const found = records?.find((record) => record.id === id);
      if (found) return found.title;
    }
    // Gone can only be said of lists that were read.
    return say(lists.some(Boolean) ? "ref.gone" : "ref.unread");
  }
}

function rowNumber(rows: unknown[], id: string): number {
  return rows.findIndex((row) => isRecord(row) && row.id === id) + 1;
}

/** The lists at the top of a content. */
function rowsWithin(content: unknown): unknown[][] {
  return isRecord(content) ? Object.values(content).filter(Array.isArray) : [];
}

function stepInto(place: unknown, step: string): unknown {
  if (Array.isArray(place)) return place.find((row) => isRecord(row) && row.id === step);
  return isRecord(place) ? place[step] : undefined;
}

function idsWithin(value: unknown): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((row) =>
      isRecord(row) && typeof row.id === "string" ? [row.id, ...idsWithin(row)] : idsWithin(row),
    );
  }
  return isRecord(value) ? Object.values(value).flatMap(idsWithin) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
