import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type {
  DataAgreement,
  DataForm,
  DataProtection,
  DataSource,
  Indicator,
  ReportPlan,
  RetentionRule,
  VulnerabilityCategory,
} from "@/api/setup/content";
import { keyOf } from "@/lib/key-of";
import { Section } from "@/ui/page";
import { FieldRow } from "@/ui/record/field-row";
import {
  AreaField,
  CheckField,
  CodeField,
  CodesField,
  DayField,
  DecimalField,
  LinesField,
  NumberField,
  TextField,
} from "@/ui/record/fields";
import { FileField } from "@/ui/record/file-field";
import type { RecordFormProps } from "@/ui/record/record-editor";
import { RecordField, RecordsField } from "@/ui/record/record-field";

/** What puts a child at risk, and what answers it. */
export function CategoryForm({ lens, record }: RecordFormProps<VulnerabilityCategory>) {
  const { t } = useTranslation("data");
  // The key follows the name until it is stored with one; then data depend on it.
  const followsName = !record?.content.code;
  return (
    <>
      <Section title={t("section.category")}>
        <Stack>
          <TextField
            lens={lens}
            name="name_id"
            onLeave={(name) => {
              if (followsName && name && !lens.value.code) lens.set("code", keyOf(name));
            }}
          />
          <TextField lens={lens} name="name_en" />
          <TextField lens={lens} name="code" maw="26rem" />
          {lens.value.set ? <CodeField lens={lens} name="set" list="category_set" /> : null}
          <FieldRow>
            <NumberField lens={lens} name="min_age" />
            <NumberField lens={lens} name="max_age" />
          </FieldRow>
          <AreaField lens={lens} name="source_law" />
          <CheckField lens={lens} name="is_sensitive" />
        </Stack>
      </Section>
      <Section title={t("section.answer")}>
        <Stack>
          <CodesField lens={lens} name="domains" list="service_domain" />
          <RecordsField lens={lens} name="service_ids" kinds={["service"]} />
          <AreaField lens={lens} name="notes" />
        </Stack>
      </Section>
    </>
  );
}

/** One of the two forms of the centre. */
export function DataFormForm({ lens }: RecordFormProps<DataForm>) {
  const { t } = useTranslation("data");
  return (
    <Section title={t("section.form")}>
      <Stack>
        <CodeField lens={lens} name="form" list="form_target" />
        <TextField lens={lens} name="title" />
        <AreaField lens={lens} name="introduction" />
        <AreaField lens={lens} name="consent_text" />
        <FieldRow>
          <CodeField lens={lens} name="status" list="form_status" />
          <DayField lens={lens} name="published_on" />
        </FieldRow>
        <AreaField lens={lens} name="notes" />
      </Stack>
    </Section>
  );
}

/** Where data come from. */
export function SourceForm({ lens }: RecordFormProps<DataSource>) {
  const { t } = useTranslation("data");
  return (
    <Section title={t("section.source")}>
      <Stack>
        <CodeField lens={lens} name="kind" list="data_source_type" />
        <TextField lens={lens} name="name" />
        <FieldRow>
          <NumberField lens={lens} name="year" />
          <DayField lens={lens} name="received_on" />
          <CodeField lens={lens} name="frequency" list="frequency" />
          <RecordField lens={lens} name="owner_agency_id" kinds={["agency"]} />
        </FieldRow>
        <RecordField lens={lens} name="agreement_id" kinds={["data_agreement"]} />
        <AreaField lens={lens} name="purpose" />
        <AreaField lens={lens} name="known_faults" />
        <AreaField lens={lens} name="notes" />
      </Stack>
    </Section>
  );
}

/** A figure that the district watches. */
export function IndicatorForm({ lens }: RecordFormProps<Indicator>) {
  const { t } = useTranslation("data");
  return (
    <>
      <Section title={t("section.indicator")}>
        <Stack>
          <TextField lens={lens} name="name" />
          <AreaField lens={lens} name="formula" />
          <FieldRow>
            <TextField lens={lens} name="unit" />
            <CodeField lens={lens} name="period" list="frequency" />
          </FieldRow>
          <LinesField lens={lens} name="breakdowns" />
          <RecordsField lens={lens} name="source_ids" kinds={["data_source"]} />
          <RecordField lens={lens} name="staff_id" kinds={["staff_member"]} />
        </Stack>
      </Section>
      <Section title={t("section.target")}>
        <Stack>
          <FieldRow>
            <DecimalField lens={lens} name="baseline" />
            <NumberField lens={lens} name="baseline_year" />
            <DecimalField lens={lens} name="target" />
            <NumberField lens={lens} name="target_year" />
          </FieldRow>
          <AreaField lens={lens} name="notes" />
        </Stack>
      </Section>
    </>
  );
}

/** A report that comes round. */
export function ReportForm({ lens }: RecordFormProps<ReportPlan>) {
  const { t } = useTranslation("data");
  return (
    <Section title={t("section.report")}>
      <Stack>
        <TextField lens={lens} name="name" />
        <AreaField lens={lens} name="contents" />
        <FieldRow>
          <CodeField lens={lens} name="frequency" list="frequency" />
          <TextField lens={lens} name="due" />
          <DayField lens={lens} name="next_due_on" />
          <RecordField lens={lens} name="staff_id" kinds={["staff_member"]} />
        </FieldRow>
        <RecordsField lens={lens} name="recipient_agency_ids" kinds={["agency"]} />
        <AreaField lens={lens} name="recipients" />
        <AreaField lens={lens} name="notes" />
      </Stack>
    </Section>
  );
}

/** How long data are kept. */
export function RetentionForm({ lens }: RecordFormProps<RetentionRule>) {
  const { t } = useTranslation("data");
  return (
    <Section title={t("section.rule")}>
      <Stack>
        <TextField lens={lens} name="subject" />
        <FieldRow>
          <NumberField lens={lens} name="months" />
          <TextField lens={lens} name="counted_from" />
        </FieldRow>
        <CodeField lens={lens} name="action" list="retention_action" />
        <AreaField lens={lens} name="legal_basis" />
        <AreaField lens={lens} name="notes" />
      </Stack>
    </Section>
  );
}

/** An agreement under which data are shared. */
export function AgreementForm({ lens }: RecordFormProps<DataAgreement>) {
  const { t } = useTranslation("data");
  return (
    <Section title={t("section.agreement")}>
      <Stack>
        <TextField lens={lens} name="title" />
        <FieldRow>
          <TextField lens={lens} name="number" />
          <CodeField lens={lens} name="purpose" list="agreement_kind" />
          <RecordField lens={lens} name="party_agency_id" kinds={["agency"]} />
          <RecordField lens={lens} name="instrument_id" kinds={["legal_instrument"]} />
          <DayField lens={lens} name="signed_on" />
          <DayField lens={lens} name="valid_until" />
        </FieldRow>
        <LinesField lens={lens} name="data" />
        <AreaField lens={lens} name="safeguards" />
        <FileField lens={lens} name="file_id" />
        <AreaField lens={lens} name="notes" />
      </Stack>
    </Section>
  );
}

/** Whom people ask about their data, the policy, and what is done when data leak. */
export function ProtectionForm({ lens }: RecordFormProps<DataProtection>) {
  const { t } = useTranslation("data");
  return (
    <>
      <Section title={t("section.contact")}>
        <Stack>
          <TextField lens={lens} name="name" />
          <FieldRow>
            <TextField lens={lens} name="contact_name" />
            <TextField lens={lens} name="contact_position" />
            <TextField lens={lens} name="contact_phone" type="tel" />
            <TextField lens={lens} name="contact_email" type="email" />
          </FieldRow>
        </Stack>
      </Section>
      <Section title={t("section.policy")}>
        <Stack>
          <FileField lens={lens} name="policy_file_id" />
          <FieldRow>
            <DayField lens={lens} name="access_reviewed_on" />
            <RecordField lens={lens} name="access_reviewed_by_id" kinds={["staff_member"]} />
          </FieldRow>
          <DayField lens={lens} name="impact_assessed_on" />
          <FileField lens={lens} name="impact_assessment_file_id" />
          <AreaField lens={lens} name="breach_procedure" />
          <AreaField lens={lens} name="notes" />
        </Stack>
      </Section>
    </>
  );
}
