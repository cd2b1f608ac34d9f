import { Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Sop, SopStep } from "@/api/setup/content";
import { Section } from "@/ui/page";
import { FieldRow } from "@/ui/record/field-row";
import {
  AreaField,
  CodeField,
  DayField,
  LinesField,
  NumberField,
  TextField,
} from "@/ui/record/fields";
import { FileField } from "@/ui/record/file-field";
import { nested } from "@/ui/record/lens";
import type { RecordFormProps } from "@/ui/record/record-editor";
import { RecordField, RecordsField } from "@/ui/record/record-field";
import { RowsField } from "@/ui/record/rows-field";
import { codeName } from "@/ui/record/texts";
import { ClockTable } from "./clock-table";
import { SopStatusPanel } from "./sop-status";
import { BLANK_STEP, StepFields } from "./step-fields";

/** An SOP in the parts of the SOP AP form; the clock table comes with the SOP on case handling. */
export function SopForm({ lens, id, record }: RecordFormProps<Sop>) {
  const { t } = useTranslation("mechanism");
  const approval = nested(lens, "approved_by");
  const sop = lens.value;
  const isForCases = sop.kind === "case_handling" || sop.clocks.length > 0;
  return (
    <>
      <Section title={t("section.status")}>
        <SopStatusPanel lens={lens} id={id} record={record} />
      </Section>
      <Section title={t("section.identity")}>
        <Stack>
          <CodeField lens={lens} name="kind" list="sop_kind" />
          <TextField lens={lens} name="title" />
          <FieldRow>
            <TextField lens={lens} name="number" />
            <NumberField lens={lens} name="revision" />
          </FieldRow>
          <FieldRow cols={3}>
            <DayField lens={lens} name="made_on" />
            <DayField lens={lens} name="revised_on" />
            <DayField lens={lens} name="effective_on" />
          </FieldRow>
          <FieldRow>
            <TextField lens={approval} name="position" />
            <TextField lens={approval} name="name" />
          </FieldRow>
          <TextField lens={approval} name="nip" maw="20rem" />
          <AreaField lens={lens} name="purpose" />
          {sop.replaces_id ? (
            <RecordField lens={lens} name="replaces_id" kinds={["sop"]} except={id} />
          ) : null}
          <FileField lens={lens} name="file_id" />
        </Stack>
      </Section>
      <Section title={t("section.basis")}>
        <Stack>
          <RecordsField lens={lens} name="legal_basis_ids" kinds={["legal_instrument"]} />
          <LinesField lens={lens} name="legal_basis" />
          <LinesField lens={lens} name="executor_qualifications" />
          <RecordsField lens={lens} name="related_ids" kinds={["sop"]} except={id} />
          <LinesField lens={lens} name="equipment" />
          <LinesField lens={lens} name="warnings" />
          <LinesField lens={lens} name="records" />
        </Stack>
      </Section>
      <Section title={t("section.steps")}>
        <RowsField<Sop, SopStep>
          lens={lens}
          name="steps"
          blank={sop.steps.length === 0 ? { ...BLANK_STEP, kind: "start" } : BLANK_STEP}
          add={t("add_step")}
          empty={t("steps_empty")}
          summary={(row, index) => <StepSummary step={row} index={index} />}
        >
          {(row) => <StepFields lens={row} sop={sop} />}
        </RowsField>
      </Section>
      {isForCases ? (
        <Section title={t("section.clocks")}>
          <Stack>
            <ClockTable lens={lens} />
            <AreaField lens={lens} name="clock_legal_basis" />
          </Stack>
        </Section>
      ) : null}
      <Section title={t("section.notes")}>
        <AreaField lens={lens} name="notes" />
      </Section>
    </>
  );
}

function StepSummary({ step, index }: { step: SopStep; index: number }) {
  const { t } = useTranslation("mechanism");
  const kind = step.kind ? codeName("sop_step_kind", step.kind) : "–";
  return (
    <>
      <b>{t("step_summary", { n: index + 1, activity: step.activity || t("step_none") })}</b>
      <Text component="span" c="dimmed" display="block">
        {step.actor ? t("step_about", { kind, actor: step.actor }) : kind}
      </Text>
    </>
  );
}
