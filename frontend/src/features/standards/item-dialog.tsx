import { Checkbox, MultiSelect, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemError } from "@/api/problem";
import { CODES } from "@/api/setup/codes";
import type { StandardDraft, StandardItem } from "@/api/standards";
import type { Versioned } from "@/api/versioned";
import { currentLanguage } from "@/lib/i18n";
import { Dialog } from "@/ui/dialog";
import { DialogActions } from "@/ui/dialog-actions";
import { ProblemAlert } from "@/ui/problem-alert";
import { documentKindName } from "@/ui/readiness/evidence-dialog";
import { useForm } from "@/ui/use-form";
import { type ItemPlace, withItem } from "./draft-items";
import { contentOf, useSaveDraft } from "./use-save-draft";

interface Props {
  draft: Versioned<StandardDraft>;
  place: ItemPlace;
  /** The item as it is; null for a new one. */
  item: StandardItem | null;
  code: string;
  onClose: () => void;
}

const EMPTY = { id: "", en: "" };

interface Values {
  title: { id: string; en: string };
  why: { id: string; en: string };
  next_step: { id: string; en: string };
  evidence: { id: string; en: string };
  weight: string;
  mandatory: boolean;
  must_be_verified_for_go_live: boolean;
  validity_months: string;
  accepts: string[];
  screen: string;
  source: string;
}

function valuesOf(item: StandardItem | null, screen: string): Values {
  return {
    title: item?.title ?? EMPTY,
    why: item?.why ?? EMPTY,
    next_step: item?.next_step ?? EMPTY,
    evidence: item?.evidence ?? EMPTY,
    weight: String(item?.weight ?? 3),
    mandatory: item?.mandatory ?? false,
    must_be_verified_for_go_live: item?.must_be_verified_for_go_live ?? false,
    validity_months: item?.validity_months ? String(item.validity_months) : "",
    accepts: item?.judged_by.kind === "document" ? item.judged_by.accepts : [],
    screen: item?.screen ?? screen,
    source: item?.source.join("; ") ?? "",
  };
}

const whole = (text: { id: string; en: string }) => ({ id: text.id.trim(), en: text.en.trim() });
const numberOf = (text: string) => (/^\d{1,4}$/.test(text.trim()) ? Number(text) : 0);

/** The item that the form says. How an item is judged that the system counts stays with the program. */
function itemOf(values: Values, code: string, before: StandardItem | null): StandardItem {
  const source = values.source.split(";").map((part) => part.trim());
  return {
    ...(before ?? { example: null }),
    code,
    title: whole(values.title),
    why: whole(values.why),
    next_step: whole(values.next_step),
    evidence: whole(values.evidence),
    weight: numberOf(values.weight),
    mandatory: values.mandatory,
    must_be_verified_for_go_live: values.mandatory && values.must_be_verified_for_go_live,
    validity_months: values.validity_months.trim() ? numberOf(values.validity_months) : null,
    judged_by:
      before?.judged_by.kind === "computed"
        ? before.judged_by
        : { kind: "document", accepts: values.accepts },
    screen: values.screen,
    source: source.filter(Boolean),
  };
}

/** One item of the draft: its words in both languages, its weight, what proves it. */
export function ItemDialog({ draft: newest, place, item, code, onClose }: Props) {
  // The draft as it was when the dialog opened: places are those of that one, and what was saved since is not overwritten.
  const [draft] = useState(newest);
  const { t } = useTranslation(["standards", "common", "codes"]);
  const component = draft.value.components[place.component];
  const first = component?.items[0]?.screen ?? "";
  const form = useForm({ initialValues: valuesOf(item, first) });
  const save = useSaveDraft(draft, onClose);
  const below = `components.${place.component}.items.${place.item}.`;
  const fail = (error: unknown) => {
    if (!(error instanceof ProblemError)) return;
    const here = Object.entries(error.fieldErrors()).filter(([field]) => field.startsWith(below));
    form.setErrors(Object.fromEntries(here.map(([field, text]) => [nameOf(field, below), text])));
  };
  const language = currentLanguage();
  return (
    <Dialog
      opened
      onClose={onClose}
      size="xl"
      title={t(item ? "item.edit_of" : "item.new", { item: code })}
      holds={form.isDirty()}
    >
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          save.mutate(withItem(contentOf(draft.value), place, itemOf(values, code, item)), {
            onError: fail,
          }),
        )}
      >
        <Stack>
          <ProblemAlert error={save.error} />
          <Bilingual form={form} name="title" />
          <Bilingual form={form} name="why" />
          <Bilingual form={form} name="next_step" />
          <Bilingual form={form} name="evidence" />
          <TextInput
            label={t("part.weight")}
            description={t("item.weight_hint")}
            inputMode="numeric"
            {...form.getInputProps("weight")}
          />
          <Checkbox
            label={t("item.mandatory")}
            {...form.getInputProps("mandatory", { type: "checkbox" })}
          />
          <Checkbox
            label={t("item.must_verify")}
            disabled={!form.values.mandatory}
            {...form.getInputProps("must_be_verified_for_go_live", { type: "checkbox" })}
          />
          {item?.judged_by.kind === "computed" ? (
            <Text c="dimmed">{t("item.computed")}</Text>
          ) : (
            <MultiSelect
              label={t("item.accepts")}
              description={t("item.accepts_hint")}
              searchable
              data={[...CODES.instrument_kind, ...CODES.document_kind].map((kind) => ({
                value: kind,
                label: documentKindName(kind),
              }))}
              {...form.getInputProps("accepts")}
              error={form.errors.judged_by}
            />
          )}
          <TextInput
            label={t("part.validity")}
            description={t("item.validity_hint")}
            inputMode="numeric"
            {...form.getInputProps("validity_months")}
          />
          {item ? null : (
            <Select
              label={t("item.screen")}
              description={t("item.screen_hint")}
              allowDeselect={false}
              data={screensOf(component?.items ?? [], language)}
              {...form.getInputProps("screen")}
            />
          )}
          <TextInput
            label={t("item.source")}
            description={t("item.source_hint")}
            {...form.getInputProps("source")}
          />
          <DialogActions act={t("common:action.save")} busy={save.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}

/** The field of the form that an error of the service is about; a text's error stands at its Indonesian. */
function nameOf(field: string, below: string): string {
  const name = field.slice(below.length);
  return ["title", "why", "next_step", "evidence"].includes(name) ? `${name}.id` : name;
}

/** The screens of a component, each by the first item that is worked on there. */
function screensOf(items: StandardItem[], language: "id" | "en") {
  const firsts = items.filter(
    ({ screen }, index) => items.findIndex((one) => one.screen === screen) === index,
  );
  return firsts.map(({ screen, code, title }) => ({
    value: screen,
    label: `${code} ${title[language]}`,
  }));
}

interface BilingualProps {
  form: UseFormReturnType<Values>;
  name: "title" | "why" | "next_step" | "evidence";
}

function Bilingual({ form, name }: BilingualProps) {
  const { t } = useTranslation("standards");
  return (
    <>
      <Textarea
        label={t("item.in_indonesian", { part: t(`part.${name}`) })}
        autosize
        maxLength={2_000}
        {...form.getInputProps(`${name}.id`)}
      />
      <Textarea
        label={t("item.in_english", { part: t(`part.${name}`) })}
        autosize
        maxLength={2_000}
        {...form.getInputProps(`${name}.en`)}
      />
    </>
  );
}
