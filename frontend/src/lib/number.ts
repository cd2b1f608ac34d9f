import type { Language } from "./language";

/** What groups thousands and what begins the fraction, as people of the language write. */
const MARKS: Record<Language, { group: string; decimal: string }> = {
  id: { group: ".", decimal: "," },
  en: { group: ",", decimal: "." },
};

/**
 * Reads a number as it is written in a language: `1.540,5` in Indonesian, `1,540.5` in English. Null
 * when it can be read in two ways or in none: "1.5" in Indonesian is one and a half to some and a
 * slip to others, and a figure that is a thousand times too small looks like any other.
 */
export function readNumber(text: string, language: Language): number | null {
  const { group, decimal } = MARKS[language];
  const form = new RegExp(
    `^(-?)((?:[1-9]\\d{0,2}(?:\\${group}\\d{3})+)|\\d+|(?=\\${decimal}\\d))(?:\\${decimal}(\\d*))?$`,
  );
  const [, sign, whole, fraction] = form.exec(text.replace(/\s/g, "")) ?? [];
  if (whole === undefined) return null;
  const number = Number(`${sign}${whole.replaceAll(group, "") || "0"}.${fraction || "0"}`);
  return Number.isFinite(number) ? number : null;
}

/** Reads a whole number from zero with at most so many digits, grouped or not; null for anything else. */
export function readWhole(text: string, language: Language, digits: number): number | null {
  const number = text.includes(MARKS[language].decimal) ? null : readNumber(text, language);
  if (number === null || Object.is(number, -0) || number < 0) return null;
  return String(number).length <= digits ? number : null;
}

/** A number as it is edited: the language's decimal mark and no groups, which typing would break. */
export function writeNumber(value: number, language: Language): string {
  return String(value).replace(".", MARKS[language].decimal);
}
