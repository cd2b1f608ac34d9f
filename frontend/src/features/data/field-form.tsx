import { Checkbox, Paper, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { FieldChoice, FormField } from "@/api/setup/content";
import { currentLanguage } from "@/lib/i18n";
import { keyOf } from "@/lib/key-of";
import { DayInput } from "@/ui/day-input";
import { Section } from "@/ui/page";
import { FieldRow } from "@/ui/record/field-row";
import { AreaField, CheckField, CodeField, NumberField, TextField } from "@/ui/record/fields";
import type { RecordFormProps } from "@/ui/record/record-editor";
import { RowsField } from "@/ui/record/rows-field";

/** An extra field of a form, and how it will look there. */
export function FieldForm({ lens, record }: RecordFormProps<FormField>) {
  const { t } = useTranslation("data");
  const field = lens.value;
  const followsLabel = !record?.content.key;
  const hasChoices = field.type === "choice" || field.type === "multi_choice";
  return (
    <>
      <Section title={t("section.field")}>
        <Stack>
          <CodeField lens={lens} name="form" list="form_target" />
          <TextField
            lens={lens}
            name="label_id"
            onLeave={(label) => {
              if (followsLabel && label && !field.key) lens.set("key", keyOf(label));
            }}
          />
          <TextField lens={lens} name="label_en" />
          <FieldRow>
            <CodeField lens={lens} name="type" list="field_type" />
            <TextField lens={lens} name="key" />
          </FieldRow>
          <TextField lens={lens} name="section" />
          <CheckField lens={lens} name="required" />
          <CheckField lens={lens} name="is_sensitive" />
        </Stack>
      </Section>
      {hasChoices || field.choices.length > 0 ? (
        <Section title={t("section.choices")}>
          <RowsField<FormField, FieldChoice>
            lens={lens}
            name="choices"
            blank={{ label_id: "", label_en: "" }}
            add={t("add_choice")}
            summary={(row, index) => row.label_id || t("choice_row", { n: index + 1 })}
          >
            {(row) => (
              <FieldRow>
                <TextField lens={row} name="label_id" />
                <TextField lens={row} name="label_en" />
              </FieldRow>
            )}
          </RowsField>
        </Section>
      ) : null}
      {field.type === "number" || field.type === "text" ? (
        <Section title={t("section.limits")}>
          {field.type === "number" ? (
            <FieldRow>
              <NumberField lens={lens} name="minimum" />
              <NumberField lens={lens} name="maximum" />
            </FieldRow>
          ) : (
            <NumberField lens={lens} name="max_length" />
          )}
        </Section>
      ) : null}
      <Section title={t("section.help")}>
        <Stack>
          <AreaField lens={lens} name="help_id" />
          <AreaField lens={lens} name="help_en" />
        </Stack>
      </Section>
      <Section title={t("section.preview")}>
        <Paper p="md" bg="laut.0">
          <FieldPreview field={field} />
        </Paper>
      </Section>
    </>
  );
}

/** The field as a worker will meet it; nothing that is entered here is kept. */
function FieldPreview({ field }: { field: FormField }) {
  const { t } = useTranslation("data");
  const english = currentLanguage() === "en";
  const say = (id: string, en: string) => (english && en ? en : id);
  const props = {
    label: say(field.label_id, field.label_en) || t("preview.untitled"),
    description: say(field.help_id, field.help_en) || undefined,
    withAsterisk: field.required,
    maw: "30rem",
  };
  const choices = field.choices
    .filter((choice) => choice.label_id)
    .map((choice) => ({ value: choice.id, label: say(choice.label_id, choice.label_en) }));
  const yesNo = [
    { value: "yes", label: t("preview.yes") },
    { value: "no", label: t("preview.no") },
  ];
  switch (field.type) {
    case "text":
      return <Textarea {...props} autosize minRows={2} maxLength={field.max_length ?? undefined} />;
    case "number":
      return <TextInput {...props} inputMode="numeric" />;
    case "date":
      return <DayInput {...props} value={null} onChange={() => undefined} />;
    case "choice":
      return <Select {...props} data={choices} placeholder={t("preview.choose")} />;
    case "yes_no":
      return <Select {...props} data={yesNo} placeholder={t("preview.choose")} />;
    case "region":
      return <Select {...props} data={[]} placeholder={t("preview.region")} />;
    case "multi_choice":
      return (
        <Checkbox.Group label={props.label} description={props.description}>
          <Stack gap={0} mt="xs">
            {choices.map((choice) => (
              <Checkbox key={choice.value} value={choice.value} label={choice.label} />
            ))}
          </Stack>
        </Checkbox.Group>
      );
    default:
      return <Text c="dimmed">{t("preview.none")}</Text>;
  }
}
