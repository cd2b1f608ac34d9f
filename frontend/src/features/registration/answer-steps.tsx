import { Stack, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useTranslation } from "react-i18next";
import type { Answers } from "./answers";

interface Props {
  form: UseFormReturnType<Answers>;
}

/** The unit and the agency that carries it. */
export function UnitStep({ form }: Props) {
  const { t } = useTranslation(["registration", "common"]);
  return (
    <Stack>
      <TextInput
        label={t("unit.name")}
        description={t("unit.name_hint")}
        autoComplete="off"
        {...form.getInputProps("unit_name")}
      />
      <TextInput
        label={t("unit.office")}
        description={t("unit.office_hint")}
        autoComplete="organization"
        {...form.getInputProps("office_name")}
      />
    </Stack>
  );
}

/** The officer who applies and becomes the first administrator. */
export function ApplicantStep({ form }: Props) {
  const { t } = useTranslation(["registration", "common"]);
  return (
    <Stack>
      <TextInput
        label={t("applicant.name")}
        autoComplete="name"
        {...form.getInputProps("applicant_name")}
      />
      <TextInput
        label={t("applicant.position")}
        description={t("applicant.position_hint")}
        autoComplete="organization-title"
        {...form.getInputProps("position")}
      />
      <TextInput
        label={t("applicant.email")}
        description={t("applicant.email_hint")}
        type="email"
        autoComplete="email"
        {...form.getInputProps("email")}
      />
      <TextInput
        label={t("applicant.phone")}
        description={t("applicant.phone_hint")}
        type="tel"
        autoComplete="tel"
        {...form.getInputProps("phone")}
      />
    </Stack>
  );
}
