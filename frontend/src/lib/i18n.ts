import i18next, { type BackendModule, type CustomTypeOptions } from "i18next";
import { initReactI18next } from "react-i18next";
import { asLanguage, type Language, storedLanguage, storeLanguage } from "./language";

const files = import.meta.glob<{ default: Record<string, unknown> }>("../locales/*/*.json");

/** A file of texts, as `i18next.d.ts` names them. */
export type Namespace = keyof CustomTypeOptions["resources"];

let started: Promise<void> | undefined;

function fileOf(language: string, namespace: string) {
  return files[`../locales/${language}/${namespace}.json`];
}

/** Loads one namespace file of one language, as a chunk of its own. */
const chunks: BackendModule = {
  type: "backend",
  init: () => undefined,
  read: (language, namespace, done) => {
    const load = fileOf(language, namespace);
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
export function startTexts(): Promise<void> {
  started ??= start();
  return started;
}

async function start(): Promise<void> {
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

/** The language in use now; before the texts are there, the one they will be in. */
export function currentLanguage(): Language {
  return asLanguage(i18next.resolvedLanguage ?? i18next.language ?? storedLanguage());
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

/** Makes sure the texts of a screen are there before it is shown. May be called before they have started. */
export async function loadTexts(...namespaces: Namespace[]): Promise<void> {
  if (started) {
    // On their way while the first texts still are; what fails is told by the wait below.
    for (const namespace of namespaces) {
      fileOf(currentLanguage(), namespace)?.().catch(() => undefined);
    }
    await started;
  }
  await i18next.loadNamespaces(namespaces);
}
