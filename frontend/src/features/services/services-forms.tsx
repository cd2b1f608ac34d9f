import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { EarlyDetection, FocalPoint, Service, ServiceProvider } from "@/api/setup/content";
import { KINDS } from "@/api/setup/kinds";
import { Section } from "@/ui/page";
import { FieldRow } from "@/ui/record/field-row";
import {
  AreaField,
  CheckField,
  CodeField,
  CodesField,
  DayField,
  LinesField,
  NumberField,
  TextField,
} from "@/ui/record/fields";
import type { RecordFormProps } from "@/ui/record/record-editor";
import { RecordField, RecordsField, useRecordOptions } from "@/ui/record/record-field";
import { VillagesField } from "@/ui/record/region-field";
import { RowsField } from "@/ui/record/rows-field";

const BLANK_PROVIDER: Omit<ServiceProvider, "id"> = {
  agency_id: null,
  contact_name: "",
  contact_phone: "",
  contact_email: "",
};

/** A service of the catalogue. */
export function ServiceForm({ lens }: RecordFormProps<Service>) {
  const { t } = useTranslation("services");
  const agencies = useRecordOptions(lens.form.code, [KINDS.agency.key as "agency"]);
  const agencyName = (id: string | null) =>
    agencies.all.find((option) => option.value === id)?.label;
  return (
    <>
      <Section title={t("section.identity")}>
        <Stack>
          <CodeField lens={lens} name="domain" list="service_domain" />
          <TextField lens={lens} name="name" />
          <CodesField lens={lens} name="tiers" list="tier" />
          <AreaField lens={lens} name="description" />
        </Stack>
      </Section>
      <Section title={t("section.providers")}>
        <RowsField<Service, ServiceProvider>
          lens={lens}
          name="providers"
          blank={BLANK_PROVIDER}
          add={t("add_provider")}
          summary={(row, index) => agencyName(row.agency_id) ?? t("provider_row", { n: index + 1 })}
        >
          {(row) => (
            <>
              <RecordField lens={row} name="agency_id" kinds={["agency"]} />
              <TextField lens={row} name="contact_name" />
              <FieldRow>
                <TextField lens={row} name="contact_phone" type="tel" />
                <TextField lens={row} name="contact_email" type="email" />
              </FieldRow>
            </>
          )}
        </RowsField>
      </Section>
      <Section title={t("section.who")}>
        <Stack>
          <FieldRow>
            <NumberField lens={lens} name="min_age" />
            <NumberField lens={lens} name="max_age" />
          </FieldRow>
          <RecordsField lens={lens} name="category_ids" kinds={["vulnerability_category"]} />
          <AreaField lens={lens} name="eligibility" />
        </Stack>
      </Section>
      <Section title={t("section.how")}>
        <Stack>
          {lens.value.no_requirements ? null : <LinesField lens={lens} name="requirements" />}
          {lens.value.requirements.length === 0 ? (
            <CheckField lens={lens} name="no_requirements" />
          ) : null}
          <FieldRow>
            <NumberField lens={lens} name="working_days" />
            <TextField lens={lens} name="cost" />
          </FieldRow>
          <AreaField lens={lens} name="place" />
          <AreaField lens={lens} name="hours" />
          <NumberField lens={lens} name="monthly_capacity" />
        </Stack>
      </Section>
      <Section title={t("section.notes")}>
        <Stack>
          <CheckField lens={lens} name="is_public" />
          <AreaField lens={lens} name="notes" />
        </Stack>
      </Section>
    </>
  );
}

const BLANK_CONTACT: Omit<FocalPoint, "id"> = { name: "", position: "", phone: "", email: "" };

/** A group that finds children at risk early. */
export function DetectionForm({ lens }: RecordFormProps<EarlyDetection>) {
  const { t } = useTranslation("services");
  return (
    <>
      <Section title={t("section.identity")}>
        <Stack>
          <TextField lens={lens} name="name" />
          <RecordField lens={lens} name="team_id" kinds={["team"]} />
          <AreaField lens={lens} name="method" />
          <DayField lens={lens} name="since" />
        </Stack>
      </Section>
      <Section title={t("section.villages")}>
        <VillagesField lens={lens} name="village_codes" />
      </Section>
      <Section title={t("section.contacts")}>
        <Stack>
          <RowsField<EarlyDetection, FocalPoint>
            lens={lens}
            name="contacts"
            blank={BLANK_CONTACT}
            add={t("add_contact")}
            summary={(row, index) => row.name || t("contact_row", { n: index + 1 })}
          >
            {(row) => (
              <FieldRow>
                <TextField lens={row} name="name" />
                <TextField lens={row} name="position" />
                <TextField lens={row} name="phone" type="tel" />
                <TextField lens={row} name="email" type="email" />
              </FieldRow>
            )}
          </RowsField>
          <AreaField lens={lens} name="notes" />
        </Stack>
      </Section>
    </>
  );
}
