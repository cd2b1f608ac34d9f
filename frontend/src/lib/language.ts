/** The two languages of the product. Indonesian is the one screens are thought in. */
export const LANGUAGES = ["id", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

const STORAGE_KEY = "satupintu.language";

/** Narrows any text to a language, falling back to Indonesian. */
export function asLanguage(value: string | null | undefined): Language {
  return value === "en" ? "en" : "id";
}

/** The language chosen on this device. The browser's own setting is ignored on purpose: most office
 * computers in the districts carry an English browser whose owner reads Indonesian. */
export function storedLanguage(): Language {
  try {
    return asLanguage(localStorage.getItem(STORAGE_KEY));
  } catch {
    return "id";
  }
}

/** Remembers the language on this device; a browser that refuses storage just forgets it. */
export function storeLanguage(language: Language): void {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // Private windows may refuse; the choice then lasts until the page is closed.
  }
}
