import { Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { LegalInstrument, StageEntry } from "@/api/setup/content";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Section } from "@/ui/page";
import { FieldRow } from "@/ui/record/field-row";
import {
  AreaField,
  CheckField,
  CodeField,
  DayField,
  NumberField,
  TextField,
} from "@/ui/record/fields";
import { FileField } from "@/ui/record/file-field";
import type { RecordFormProps } from "@/ui/record/record-editor";
import { RecordField, RecordsField } from "@/ui/record/record-field";
import { RowsField } from "@/ui/record/rows-field";
import { codeName } from "@/ui/record/texts";
import { Course } from "./course";
import { currentStage, isEnacted, PLANS, pathOf } from "./stages";

const BLANK_STAGE: Omit<StageEntry, "id"> = {
  stage: null,
  reached_on: null,
  held_by: "",
  note: "",
};

/** What is asked depends on the kind and on how far it came. */
export function InstrumentForm({ lens, id }: RecordFormProps<LegalInstrument>) {
  const { t } = useTranslation("regulation");
  const { kind, stages } = lens.value;
  const enacted = isEnacted(stages);
  const isRegulation = kind === "regional_regulation" || kind === "regent_regulation";
  const promulgates = kind !== null && pathOf(kind).includes("promulgation");
  return (
    <>
      <Section title={t("section.identity")}>
        <Stack>
          <CodeField lens={lens} name="kind" list="instrument_kind" />
          <AreaField lens={lens} name="title" />
          <AreaField lens={lens} name="subject" />
          {isRegulation || lens.value.is_pksai_basis ? (
            <CheckField lens={lens} name="is_pksai_basis" />
          ) : null}
          {kind && PLANS.includes(kind) ? <AreaField lens={lens} name="passage" /> : null}
          {kind === "agreement" ? (
            <>
              <CodeField lens={lens} name="agreement" list="agreement_kind" />
              <RecordsField lens={lens} name="party_agency_ids" kinds={["agency"]} />
            </>
          ) : null}
        </Stack>
      </Section>
      <Section title={t("section.course")}>
        <Stack>
          <Course lens={lens} />
          {enacted ? null : (
            <FieldRow>
              <TextField lens={lens} name="held_by" />
              <RecordField lens={lens} name="held_by_agency_id" kinds={["agency"]} />
            </FieldRow>
          )}
          <RowsField<LegalInstrument, StageEntry>
            lens={lens}
            name="stages"
            blank={BLANK_STAGE}
            add={t("add_stage")}
            summary={(row, index) => stageSummary(row, index)}
          >
            {(row) => (
              <>
                <FieldRow>
                  <CodeField
                    lens={row}
                    name="stage"
                    list="instrument_stage"
                    only={kind ? pathOf(kind) : undefined}
                  />
                  <DayField lens={row} name="reached_on" />
                </FieldRow>
                <TextField lens={row} name="held_by" />
                <AreaField lens={row} name="note" />
              </>
            )}
          </RowsField>
        </Stack>
      </Section>
      <Section title={t("section.force")}>
        <Stack>
          <FieldRow>
            <TextField lens={lens} name="number" />
            <NumberField lens={lens} name="year" />
            <DayField lens={lens} name="signed_on" />
            <TextField lens={lens} name="signed_by" />
            <DayField lens={lens} name="effective_on" />
            <DayField lens={lens} name="valid_until" />
          </FieldRow>
          {promulgates || currentStage(stages) === "promulgation" ? (
            <FieldRow>
              <TextField lens={lens} name="gazette_number" />
              <NumberField lens={lens} name="gazette_year" />
            </FieldRow>
          ) : null}
          <FileField lens={lens} name="file_id" />
        </Stack>
      </Section>
      <Section title={t("section.relations")}>
        <Stack>
          <RecordsField lens={lens} name="amends" kinds={["legal_instrument"]} except={id} />
          <RecordsField lens={lens} name="revokes" kinds={["legal_instrument"]} except={id} />
          <RecordsField
            lens={lens}
            name="legal_basis_of"
            kinds={["legal_instrument", "team", "sop"]}
            except={id}
          />
        </Stack>
      </Section>
      <Section title={t("section.notes")}>
        <AreaField lens={lens} name="notes" />
      </Section>
    </>
  );

  function stageSummary(row: StageEntry, index: number): string {
    if (!row.stage) return t("stage_row_none", { n: index + 1 });
    const stage = codeName("instrument_stage", row.stage);
    if (!row.reached_on) return stage;
    return t("stage_row", { stage, day: formatDate(row.reached_on, currentLanguage()) });
  }
}
