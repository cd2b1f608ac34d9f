import type { RegistrationCreate } from "@/api/types";
import { readStored, writeStored } from "@/lib/stored";

/** What the wizard asks, plus the province that only narrows the choice of district. */
export interface Answers extends RegistrationCreate {
  province_code: string;
}

export const NO_ANSWERS: Answers = {
  province_code: "",
  district_code: "",
  unit_name: "",
  office_name: "",
  applicant_name: "",
  position: "",
  email: "",
  phone: "",
};

/** Screens before the letter, with the answers each of them asks. */
export const STEPS = [
  { key: "area", fields: ["province_code", "district_code"] },
  { key: "unit", fields: ["unit_name", "office_name"] },
  { key: "applicant", fields: ["applicant_name", "position", "email", "phone"] },
  { key: "check", fields: [] },
] as const satisfies readonly { key: string; fields: readonly (keyof Answers)[] }[];

const KEY = "satupintu.registration.draft";

/** Answers typed earlier on this device. Unknown or missing parts of an old draft become empty. */
export function storedAnswers(): Answers {
  const stored = readStored<Partial<Answers>>(KEY) ?? {};
  const answers = { ...NO_ANSWERS };
  for (const name of Object.keys(NO_ANSWERS) as (keyof Answers)[]) {
    const value = stored[name];
    if (typeof value === "string") answers[name] = value;
  }
  return answers;
}

export function storeAnswers(answers: Answers | null): void {
  writeStored(KEY, answers);
}
