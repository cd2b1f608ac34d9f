import i18next from "i18next";
import type { ModelPackage, PackageCount } from "@/api/packages";
import { type AnyKind, KINDS, type KindKey } from "@/api/setup/kinds";
import { type ComponentKind, componentKey } from "@/lib/components";
import { formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { kindName } from "@/ui/record/texts";

/** The kind with this word; undefined for one that is newer than this program. */
export function kindOf(key: string): AnyKind | undefined {
  return key in KINDS ? KINDS[key as KindKey] : undefined;
}

/** What people call a kind. */
export function nameOfKind(key: string): string {
  const kind = kindOf(key);
  return kind ? kindName(kind) : key;
}

/** "6 SOP, 3 forum koordinasi". */
export function countsText(counts: readonly PackageCount[]): string {
  return counts
    .map(({ kind, records }) => `${formatNumber(records, currentLanguage())} ${nameOfKind(kind)}`)
    .join(", ");
}

/** The components that something is counted in, in the order in which the counts come. */
export function componentsOf(counts: readonly PackageCount[]): ComponentKind[] {
  return [...new Set(counts.map((count) => count.component))];
}

/** What people call a component. */
export function componentName(component: ComponentKind): string {
  return i18next.t(`component.${componentKey(component)}`, { ns: "common" });
}

/** "Model Gowa, versi 2". */
export function versionName(one: Pick<ModelPackage, "name" | "package_version">): string {
  return i18next.t("named", { ns: "packages", name: one.name, version: one.package_version });
}

/** "+41,5 poin"; a dash while nobody took it over. */
export function gainedText(gained: number | null | undefined): string {
  if (gained === null || gained === undefined) return i18next.t("gained_none", { ns: "packages" });
  const rounded = Math.round(gained * 10) / 10;
  const number = formatNumber(rounded, currentLanguage());
  return i18next.t("gained", { ns: "packages", points: rounded > 0 ? `+${number}` : number });
}

/** The note of a version in the reader's language, else in the other. */
export function noteText({ note }: Pick<ModelPackage, "note">): string {
  const [first, second] = currentLanguage() === "en" ? [note.en, note.id] : [note.id, note.en];
  return first || second || "";
}
