import { formatDate, formatFileSize, formatMoment } from "@/lib/format";
import { currentLanguage, textAt } from "@/lib/i18n";
import type { MergePath } from "@/lib/merge3";
import { codeName } from "@/ui/record/texts";

/** Names that an event gives only by id or word. */
export interface Names {
  /** What people call a role. */
  role: (key: string) => string | undefined;
  /** What a permission allows. */
  permission: (key: string) => string | undefined;
  /** Who an account belongs to. */
  person: (accountId: string) => string | undefined;
}

/** Fields of bookkeeping, which say nothing to a reader of the trail. */
const HIDDEN = new Set([
  "id",
  "key",
  "version",
  "sha256",
  "built_in",
  "updated_at",
  "created_at",
  "standard_version",
  "assignee_id",
  "staff_id",
  "record_id",
  "submitted_by",
  "province_code",
]);

/** True for fields that a reader wants to see; the name of a role stands for its word. */
export function isShown(field: string, content: object): boolean {
  if (field === "role_key" && "role_name" in content) return false;
  return !HIDDEN.has(field);
}

/** Words for what is no setup record: evidence, members, roles, the unit itself. */
export class PlainWords {
  constructor(
    private readonly names: Names,
    private readonly timeZone: string,
  ) {}

  label(path: MergePath): string {
    const field = path[0] ?? "";
    return textAt("audit", `field.${field}`) ?? field;
  }

  /** A value as text; an empty one as an empty text. */
  text(path: MergePath, value: unknown): string {
    if (Array.isArray(value)) {
      return value
        .map((item) => this.text(path, item))
        .filter(Boolean)
        .join("\n");
    }
    if (value === null || value === undefined) return "";
    const field = path[0] ?? "";
    if (typeof value === "boolean") return textAt("setup", `answer.${value ? "yes" : "no"}`) ?? "";
    if (typeof value === "number") {
      return field === "size" ? formatFileSize(value, currentLanguage()) : String(value);
    }
    return typeof value === "string" ? this.word(field, value) : JSON.stringify(value);
  }

  private word(field: string, value: string): string {
    switch (field) {
      case "role_key":
        return this.names.role(value) ?? value;
      case "permissions":
        return this.names.permission(value) ?? value;
      case "account_id":
        return this.names.person(value) ?? textAt("audit", "someone_gone") ?? value;
      case "kind": {
        // Evidence takes the kinds of documents and of legal instruments; events have their own.
        const name = codeName("document_kind", codeName("instrument_kind", value));
        return name === value ? (textAt("audit", `event_kind.${value}`) ?? value) : name;
      }
      case "answer":
        return textAt("audit", `taking_part.${value}`) ?? value;
      case "status":
        return textAt("readiness", `evidence.status.${value}`) ?? value;
      case "decision":
        return textAt("audit", `decision.${value}`) ?? value;
      case "phase":
        return textAt("audit", `phase.${value}`) ?? value;
      case "changed_fields":
        return textAt("audit", `applicant_field.${value}`) ?? value;
      case "file_id":
        return textAt("setup", "file.one") ?? value;
      default:
        return written(value, this.timeZone);
    }
  }
}

/** Days and moments as people write them; any other text as it is. */
function written(value: string, timeZone: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(value, currentLanguage());
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value)) {
    return formatMoment(value, currentLanguage(), timeZone);
  }
  return value;
}
