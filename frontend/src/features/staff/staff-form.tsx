import { Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { memberOptionsQuery } from "@/api/members";
import type { StaffCertificate, StaffMember, StaffTraining } from "@/api/setup/content";
import { AnchorLink } from "@/ui/links";
import { Section } from "@/ui/page";
import { fieldProps } from "@/ui/record/field";
import { FieldRow } from "@/ui/record/field-row";
import {
  AreaField,
  CheckField,
  CodeField,
  CodesField,
  DayField,
  NumberField,
  TextField,
} from "@/ui/record/fields";
import { FileField } from "@/ui/record/file-field";
import type { Lens } from "@/ui/record/lens";
import type { RecordFormProps } from "@/ui/record/record-editor";
import { RecordField } from "@/ui/record/record-field";
import { SubdistrictsField } from "@/ui/record/region-field";
import { RowsField } from "@/ui/record/rows-field";
import { codeName } from "@/ui/record/texts";

const BLANK_TRAINING: Omit<StaffTraining, "id"> = {
  kind: null,
  topic: "",
  held_on: null,
  provider: "",
  hours: null,
  valid_until: null,
  file_id: null,
};
const BLANK_CERTIFICATE: Omit<StaffCertificate, "id"> = {
  name: "",
  number: "",
  issuer: "",
  issued_on: null,
  valid_until: null,
  file_id: null,
};

/** Somebody who works for the centre. */
export function StaffForm({ lens, id }: RecordFormProps<StaffMember>) {
  const { t } = useTranslation("staff");
  return (
    <>
      <Section title={t("section.person")}>
        <Stack>
          <TextField lens={lens} name="name" />
          <FieldRow>
            <TextField lens={lens} name="position" />
            <RecordField lens={lens} name="employer_id" kinds={["agency"]} />
            <TextField lens={lens} name="phone" type="tel" />
            <TextField lens={lens} name="email" type="email" />
          </FieldRow>
          <AccountField lens={lens} />
        </Stack>
      </Section>
      <Section title={t("section.work")}>
        <Stack>
          <CodesField lens={lens} name="roles" list="staff_role" />
          <RecordField lens={lens} name="decree_id" kinds={["legal_instrument"]} />
          <FieldRow>
            <RecordField lens={lens} name="supervisor_id" kinds={["staff_member"]} except={id} />
            <NumberField lens={lens} name="caseload_limit" />
            <DayField lens={lens} name="started_on" />
            <DayField lens={lens} name="left_on" />
          </FieldRow>
        </Stack>
      </Section>
      <Section title={t("section.area")}>
        <SubdistrictsField lens={lens} name="subdistrict_codes" />
      </Section>
      <Section title={t("section.skills")}>
        <Stack>
          <AreaField lens={lens} name="qualification" />
          <RowsField<StaffMember, StaffTraining>
            lens={lens}
            name="trainings"
            blank={BLANK_TRAINING}
            add={t("add_training")}
            summary={(row, index) =>
              row.topic ||
              (row.kind ? codeName("training_kind", row.kind) : t("training_row", { n: index + 1 }))
            }
          >
            {(row) => (
              <>
                <FieldRow>
                  <CodeField lens={row} name="kind" list="training_kind" />
                  <TextField lens={row} name="topic" />
                  <DayField lens={row} name="held_on" />
                  <DayField lens={row} name="valid_until" />
                  <TextField lens={row} name="provider" />
                  <NumberField lens={row} name="hours" />
                </FieldRow>
                <FileField lens={row} name="file_id" />
              </>
            )}
          </RowsField>
          <RowsField<StaffMember, StaffCertificate>
            lens={lens}
            name="certificates"
            blank={BLANK_CERTIFICATE}
            add={t("add_certificate")}
            summary={(row, index) => row.name || t("certificate_row", { n: index + 1 })}
          >
            {(row) => (
              <>
                <TextField lens={row} name="name" />
                <FieldRow>
                  <TextField lens={row} name="number" />
                  <TextField lens={row} name="issuer" />
                  <DayField lens={row} name="issued_on" />
                  <DayField lens={row} name="valid_until" />
                </FieldRow>
                <FileField lens={row} name="file_id" />
              </>
            )}
          </RowsField>
        </Stack>
      </Section>
      <Section title={t("section.pledge")}>
        <Stack>
          <DayField lens={lens} name="pledge_signed_on" />
          <FileField lens={lens} name="pledge_file_id" />
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

/** The person's account, chosen among the district's members. */
function AccountField({ lens }: { lens: Lens<StaffMember> }) {
  const { t } = useTranslation("staff");
  const { code } = lens.form;
  const members = useQuery(memberOptionsQuery(code));
  return (
    <>
      <Select
        {...fieldProps(lens, "account_id")}
        maw="34rem"
        searchable
        clearable={!lens.form.readOnly}
        data={(members.data ?? []).map((member) => ({
          value: member.account_id,
          label: `${member.name} (${member.email})`,
        }))}
        value={lens.value.account_id}
        onChange={(account) => lens.set("account_id", account)}
      />
      {lens.value.account_id ? null : (
        <Text>
          <AnchorLink to="/d/$code/anggota" params={{ code }}>
            {t("account.invite")}
          </AnchorLink>
        </Text>
      )}
    </>
  );
}
