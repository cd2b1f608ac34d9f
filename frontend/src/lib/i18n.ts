import i18next, { type BackendModule, type CustomTypeOptions } from "i18next";
import { initReactI18next } from "react-i18next";
import { asLanguage, type Language, storedLanguage, storeLanguage } from "./language";

const files = import.meta.glob<{ default: Record<string, unknown> }>("../locales/*/*.json");

/** A file of texts, as `i18next.d.ts` names them. */
export type Namespace = keyof CustomTypeOptions["resources"];

/** Loads one namespace file of one language, as a chunk of its own. */
const chunks: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = files[`../locales/${language}/${namespace}.json`];
    if (!load) {
      done(new Error(`no texts ${language}/${namespace}`), null);
      return;
    }
    load().then(
      (file) => done(null, file.default),
      (error: unknown) => done(error as Error, null),
    );
  },
};

/** Starts the texts with the namespace every screen needs. */
export async function startTexts(): Promise<void> {
  await i18next
    .use(chunks)
    .use(initReactI18next)
    .init({
      lng: storedLanguage(),
      fallbackLng: false,
      supportedLngs: ["id", "en"],
      ns: ["common"],
      defaultNS: "common",
      // React escapes already.
      interpolation: { escapeValue: false },
    });
  document.documentElement.lang = currentLanguage();
}

/** The language in use now. */
export function currentLanguage(): Language {
  return asLanguage(i18next.resolvedLanguage ?? i18next.language);
}

/** Switches the whole screen to a language and remembers it on this device. */
export async function changeLanguage(language: Language): Promise<void> {
  storeLanguage(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

/** A text whose key is made at run time from the API's own words; undefined when there is none. */
export function textAt(namespace: Namespace, key: string): string | undefined {
  const found: unknown = i18next.getResource(currentLanguage(), namespace, key);
  return typeof found === "string" ? found : undefined;
}

/** Makes sure the texts of a screen are there before it is shown; used by route loaders. */
export async function loadTexts(...namespaces: Namespace[]): Promise<void> {
  await i18next.loadNamespaces(namespaces);
}
