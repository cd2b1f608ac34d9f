import { useTranslation } from "react-i18next";
import type { Registration } from "@/api/types";
import { Facts } from "./facts";

/** What an applicant sent, for the applicant and for the reviewer alike. */
export function RegistrationFacts({ registration }: { registration: Registration }) {
  const { t } = useTranslation(["registration", "common"]);
  return (
    <Facts
      items={[
        { label: t("area.province"), value: registration.province_name },
        { label: t("area.district"), value: registration.district_name },
        { label: t("unit.name"), value: registration.unit_name },
        { label: t("unit.office"), value: registration.office_name },
        { label: t("applicant.name"), value: registration.applicant_name },
        { label: t("applicant.position"), value: registration.position },
        { label: t("applicant.email"), value: registration.email },
        { label: t("applicant.phone"), value: registration.phone },
      ]}
    />
  );
}
