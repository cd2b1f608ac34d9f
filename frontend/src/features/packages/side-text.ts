import type { Difference } from "@/api/packages";
import type { AnyKind } from "@/api/setup/kinds";
import type { Describer } from "@/ui/record/describe";
import { placeOf, rowName } from "@/ui/record/place";
import { codeName } from "@/ui/record/texts";

/** What happened at a place since it was taken over, as a word that texts have a sentence for. */
export function happened({ changed_by, base, mine, theirs }: Difference) {
  const gone = (value: unknown) => value === null || value === undefined;
  if (changed_by === "model") {
    if (gone(base)) return "model_added";
    return gone(theirs) ? "model_removed" : "model_changed";
  }
  if (gone(base)) return "both_added";
  if (gone(mine)) return "mine_removed";
  return gone(theirs) ? "theirs_removed" : "both_changed";
}

/** A value in words; the order of rows as their names. */
export function sideText(
  kind: AnyKind,
  path: string,
  value: unknown,
  contents: readonly unknown[],
  describe: Describer,
): string {
  const place = placeOf(path, contents);
  if (!place.isOrder || !Array.isArray(value)) {
    const text = describe.text(path.split("."), value);
    const unit = typeof value === "number" ? unitAt(kind, path, contents) : undefined;
    return unit ? `${text} ${unit}` : text;
  }
  return value
    .map((id, index) => {
      const { row } = placeOf(`${place.list}.${String(id)}`, contents);
      return `${index + 1}. ${rowName(kind, place.list ?? "", row?.content ?? null) ?? ""}`.trim();
    })
    .join("\n");
}

/** The unit of a number ("menit"), where every content that has the row agrees on it. */
function unitAt(kind: AnyKind, path: string, contents: readonly unknown[]): string | undefined {
  const [list = "", id = "", field = ""] = path.split(".");
  const codes = kind.codes[`${list}.${field}_unit`];
  if (!codes) return undefined;
  const units = contents.flatMap((content) => {
    const unit = placeOf(`${list}.${id}`, [content]).row?.content?.[`${field}_unit`];
    return typeof unit === "string" ? [unit] : [];
  });
  const [unit] = units;
  return unit && units.every((other) => other === unit) ? codeName(codes, unit) : undefined;
}
