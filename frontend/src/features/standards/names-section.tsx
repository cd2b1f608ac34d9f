import { Button, Stack, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { StandardDraft } from "@/api/standards";
import type { Versioned } from "@/api/versioned";
import { currentLanguage } from "@/lib/i18n";
import { Dialog } from "@/ui/dialog";
import { DialogActions } from "@/ui/dialog-actions";
import { Facts } from "@/ui/facts";
import { showFieldErrors } from "@/ui/form-errors";
import { Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";
import { contentOf, useSaveDraft } from "./use-save-draft";

/** Title and note of the draft, and the way to change them. */
export function NamesSection({ draft }: { draft: Versioned<StandardDraft> }) {
  const { t } = useTranslation(["standards", "common"]);
  const language = currentLanguage();
  const [edits, setEdits] = useState(false);
  const { title, note } = draft.value;
  return (
    <Section
      title={t("names.title")}
      aside={
        <Button variant="default" aria-label={t("names.change")} onClick={() => setEdits(true)}>
          {t("common:action.change")}
        </Button>
      }
    >
      <Facts
        items={[
          { label: t("part.title"), value: title[language] },
          { label: t("names.note"), value: note[language] },
        ]}
      />
      {edits ? <NamesDialog draft={draft} onClose={() => setEdits(false)} /> : null}
    </Section>
  );
}

interface DialogProps {
  draft: Versioned<StandardDraft>;
  onClose: () => void;
}

function NamesDialog({ draft: newest, onClose }: DialogProps) {
  const [draft] = useState(newest);
  const { t } = useTranslation(["standards", "common"]);
  const { title, note } = draft.value;
  const form = useForm({ initialValues: { title, note } });
  const save = useSaveDraft(draft, onClose);
  return (
    <Dialog opened onClose={onClose} title={t("names.change")} size="lg" holds={form.isDirty()}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          save.mutate(
            { ...contentOf(draft.value), ...values },
            { onError: (error) => showFieldErrors(form, error) },
          ),
        )}
      >
        <Stack>
          <ProblemAlert error={save.error} />
          <TextInput
            label={t("names.title_id")}
            data-autofocus
            {...form.getInputProps("title.id")}
          />
          <TextInput label={t("names.title_en")} {...form.getInputProps("title.en")} />
          <Textarea
            label={t("names.note_id")}
            autosize
            minRows={2}
            {...form.getInputProps("note.id")}
          />
          <Textarea
            label={t("names.note_en")}
            autosize
            minRows={2}
            {...form.getInputProps("note.en")}
          />
          <DialogActions act={t("common:action.save")} busy={save.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
