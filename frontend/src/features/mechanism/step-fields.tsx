import { Autocomplete, Select } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Sop, SopStep } from "@/api/setup/content";
import { fieldProps } from "@/ui/record/field";
import { FieldRow } from "@/ui/record/field-row";
import { AreaField, CodeField, NumberField } from "@/ui/record/fields";
import type { Lens } from "@/ui/record/lens";
import { lanesOf } from "./flow";

export const BLANK_STEP: Omit<SopStep, "id"> = {
  activity: "",
  actor: "",
  kind: "process",
  inputs: "",
  duration: null,
  duration_unit: null,
  output: "",
  next: "",
  yes: "",
  no: "",
  note: "",
  stage: null,
};

/** The fields of one step. What follows is asked as its symbol needs it. */
export function StepFields({ lens, sop }: { lens: Lens<SopStep>; sop: Sop }) {
  const { t } = useTranslation("mechanism");
  const { kind } = lens.value;
  return (
    <>
      <FieldRow>
        <CodeField lens={lens} name="kind" list="sop_step_kind" />
        <ActorField lens={lens} steps={sop.steps} />
      </FieldRow>
      <AreaField lens={lens} name="activity" />
      {kind === "decision" ? (
        <FieldRow>
          <StepSelect lens={lens} name="yes" steps={sop.steps} />
          <StepSelect lens={lens} name="no" steps={sop.steps} />
        </FieldRow>
      ) : null}
      {kind === "start" || kind === "process" ? (
        <StepSelect lens={lens} name="next" steps={sop.steps} placeholder={t("step_following")} />
      ) : null}
      <FieldRow>
        <AreaField lens={lens} name="inputs" />
        <AreaField lens={lens} name="output" />
      </FieldRow>
      <FieldRow>
        <NumberField lens={lens} name="duration" />
        <CodeField lens={lens} name="duration_unit" list="span_unit" maw="12rem" />
      </FieldRow>
      <CodeField lens={lens} name="stage" list="case_stage" />
      <AreaField lens={lens} name="note" />
    </>
  );
}

/** Free text that offers the actors named already: one wording, one column of the chart. */
function ActorField({ lens, steps }: { lens: Lens<SopStep>; steps: SopStep[] }) {
  const { t } = useTranslation("mechanism");
  return (
    <Autocomplete
      {...fieldProps(lens, "actor")}
      description={t("actors_hint")}
      data={lanesOf(steps).filter(Boolean)}
      value={lens.value.actor}
      onChange={(actor) => lens.set("actor", actor)}
    />
  );
}

interface StepSelectProps {
  lens: Lens<SopStep>;
  name: "next" | "yes" | "no";
  steps: SopStep[];
  placeholder?: string;
}

/** Chooses another step of the same SOP by number and words. */
function StepSelect({ lens, name, steps, placeholder }: StepSelectProps) {
  const { t } = useTranslation("mechanism");
  const data = steps.flatMap((step, index) => {
    const activity = step.activity || t("step_none");
    if (step.id === lens.value.id) return [];
    return [{ value: step.id, label: t("step_option", { n: index + 1, activity }) }];
  });
  const value = lens.value[name];
  const isGone = value !== "" && !data.some((option) => option.value === value);
  return (
    <Select
      {...fieldProps(lens, name)}
      error={lens.form.errors[`${lens.path}${name}`] ?? (isGone ? t("flow.gone") : undefined)}
      placeholder={placeholder}
      clearable={!lens.form.readOnly}
      data={data}
      value={isGone || value === "" ? null : value}
      onChange={(id) => lens.set(name, id ?? "")}
    />
  );
}
