import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type {
  CoordinationRhythm,
  SatisfactionSurvey,
  ServiceStandard,
  SupervisionRhythm,
  SurveyQuestion,
} from "@/api/setup/content";
import { Section } from "@/ui/page";
import { FieldRow } from "@/ui/record/field-row";
import {
  AreaField,
  CheckField,
  CodeField,
  CodesField,
  DayField,
  DaysField,
  LinesField,
  NumberField,
  TextField,
} from "@/ui/record/fields";
import { FileField } from "@/ui/record/file-field";
import type { RecordFormProps } from "@/ui/record/record-editor";
import { RecordField, RecordsField } from "@/ui/record/record-field";
import { RowsField } from "@/ui/record/rows-field";

/** A forum that meets in a rhythm. */
export function ForumForm({ lens }: RecordFormProps<CoordinationRhythm>) {
  const { t } = useTranslation("mechanism");
  return (
    <>
      <Section title={t("section.about")}>
        <Stack>
          <TextField lens={lens} name="forum" />
          <AreaField lens={lens} name="purpose" />
          <CodeField lens={lens} name="frequency" list="frequency" />
          <RecordField lens={lens} name="convener_team_id" kinds={["team"]} />
          <RecordsField lens={lens} name="agency_ids" kinds={["agency"]} />
          <AreaField lens={lens} name="participants" />
        </Stack>
      </Section>
      <Section title={t("section.meeting")}>
        <Stack>
          <TextField lens={lens} name="place" />
          <DaysField lens={lens} name="next_dates" />
          <AreaField lens={lens} name="notes" />
        </Stack>
      </Section>
    </>
  );
}

/** What a client may expect of a service. */
export function StandardForm({ lens }: RecordFormProps<ServiceStandard>) {
  const { t } = useTranslation("mechanism");
  return (
    <>
      <Section title={t("section.about")}>
        <Stack>
          <TextField lens={lens} name="name" />
          <CodeField lens={lens} name="domain" list="service_domain" />
          <RecordField lens={lens} name="decree_id" kinds={["legal_instrument"]} />
          <DayField lens={lens} name="effective_on" />
          <FileField lens={lens} name="file_id" />
        </Stack>
      </Section>
      <Section title={t("section.service")}>
        <Stack>
          <LinesField lens={lens} name="requirements" />
          <LinesField lens={lens} name="procedure" />
          <FieldRow>
            <NumberField lens={lens} name="working_days" />
            <TextField lens={lens} name="cost" />
          </FieldRow>
          <AreaField lens={lens} name="product" />
          <AreaField lens={lens} name="complaint_channel" />
          <AreaField lens={lens} name="notes" />
        </Stack>
      </Section>
    </>
  );
}

/** How often supervisors sit with workers. */
export function SupervisionForm({ lens }: RecordFormProps<SupervisionRhythm>) {
  const { t } = useTranslation("mechanism");
  return (
    <Section title={t("section.about")}>
      <Stack>
        <TextField lens={lens} name="name" />
        <CodeField lens={lens} name="frequency" list="frequency" />
        <RecordsField lens={lens} name="supervisor_ids" kinds={["staff_member"]} />
        <CodesField lens={lens} name="supervised_roles" list="staff_role" />
        <AreaField lens={lens} name="method" />
        <AreaField lens={lens} name="record_keeping" />
        <AreaField lens={lens} name="notes" />
      </Stack>
    </Section>
  );
}

const BLANK_QUESTION: Omit<SurveyQuestion, "id"> = {
  text: "",
  type: "scale",
  choices: [],
  required: true,
};

/** A survey among clients. */
export function SurveyForm({ lens }: RecordFormProps<SatisfactionSurvey>) {
  const { t } = useTranslation("mechanism");
  return (
    <>
      <Section title={t("section.about")}>
        <Stack>
          <TextField lens={lens} name="name" />
          <CodeField lens={lens} name="period" list="frequency" />
          <AreaField lens={lens} name="respondents" />
          <AreaField lens={lens} name="follow_up" />
        </Stack>
      </Section>
      <Section title={t("section.questions")}>
        <RowsField<SatisfactionSurvey, SurveyQuestion>
          lens={lens}
          name="questions"
          blank={BLANK_QUESTION}
          add={t("add_question")}
          summary={(row, index) => row.text || t("question_row", { n: index + 1 })}
        >
          {(row) => (
            <>
              <AreaField lens={row} name="text" />
              <CodeField lens={row} name="type" list="question_type" />
              {row.value.type === "choice" || row.value.choices.length > 0 ? (
                <LinesField lens={row} name="choices" />
              ) : null}
              <CheckField lens={row} name="required" />
            </>
          )}
        </RowsField>
      </Section>
      <Section title={t("section.notes")}>
        <AreaField lens={lens} name="notes" />
      </Section>
    </>
  );
}
