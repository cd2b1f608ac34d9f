import { useTranslation } from "react-i18next";
import type { Registration } from "@/api/types";
import { Facts } from "./facts";

/** What an applicant sent, for the applicant and for the reviewer alike. */
export function RegistrationFacts({ registration }: { registration: Registration }) {
  const { t } = useTranslation(["registration", "common"]);
  const place = [
    { label: t("area.province"), value: registration.province_name },
    { label: t("area.district"), value: registration.district_name },
    { label: t("unit.name"), value: registration.unit_name },
    { label: t("unit.office"), value: registration.office_name },
  ];
  // Some time after an application ended, the service erases what it says about people.
  const person = registration.email
    ? [
        { label: t("applicant.name"), value: registration.applicant_name },
        { label: t("applicant.position"), value: registration.position },
        { label: t("applicant.email"), value: registration.email },
        { label: t("applicant.phone"), value: registration.phone },
      ]
    : [{ label: t("wizard.steps.applicant"), value: t("applicant.erased") }];
  return <Facts items={[...place, ...person]} />;
}
