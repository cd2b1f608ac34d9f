import type { Missing } from "@/api/setup/content";
import { currentLanguage } from "@/lib/i18n";
import { fieldId, type Lens } from "./lens";
import { fieldHint, fieldLabel } from "./texts";

/** What every input of a field gets: name, hint, refusal, the id that links find. */
export function fieldProps<T extends object>(lens: Lens<T>, name: keyof T & string) {
  const path = `${lens.path}${name}`;
  return {
    id: fieldId(path),
    label: fieldLabel(lens.form.kind, path),
    description: fieldHint(lens.form.kind, path),
    error: lens.form.errors[path],
    readOnly: lens.form.readOnly,
  };
}

/** An instruction in the language of the screen. */
export function missingText(missing: Missing): string {
  return currentLanguage() === "en" ? missing.message_en : missing.message_id;
}
