import { Button, FileInput, Group, Stack, Text, TextInput } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import {
  type BoundaryForm,
  boundariesQuery,
  checkBoundaries,
  loadBoundaries,
} from "@/api/boundaries";
import { idempotencyKey } from "@/api/client";
import { ProblemError } from "@/api/problem";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";
import { Report } from "./report";

interface Props {
  /** Something new was begun. */
  onBegin: () => void;
  onApplied: () => void;
}

/** A file is checked first; what the check found is seen before anything changes on the map. */
export function LoadForm({ onBegin, onApplied }: Props) {
  const { t } = useTranslation("boundaries");
  const client = useQueryClient();
  const key = useRef(idempotencyKey());
  const check = useMutation({ mutationFn: checkBoundaries });
  const apply = useMutation({
    mutationFn: (form: BoundaryForm) => loadBoundaries(form, key.current),
    onSuccess: async () => {
      form.reset();
      check.reset();
      onApplied();
      await client.invalidateQueries({ queryKey: boundariesQuery.queryKey });
    },
    onError: (error) => {
      if (error instanceof ProblemError) form.setErrors(error.fieldErrors());
    },
  });
  const form = useForm<{ file: File | null; source: string; licence: string }>({
    initialValues: { file: null, source: "", licence: "" },
    validate: {
      file: (file) => (file ? null : t("form.required")),
      source: (text) => (text.trim() ? null : t("form.required")),
      licence: (text) => (text.trim() ? null : t("form.required")),
    },
    onValuesChange: (values, before) => {
      // What was checked is not what would be sent now.
      if (values.file !== before.file) check.reset();
      apply.reset();
      key.current = idempotencyKey();
      onBegin();
    },
  });
  const { file } = form.values;
  const withFile = (send: (form: BoundaryForm) => void) => () => {
    const { file, source, licence } = form.values;
    if (file) send({ file, source, licence });
  };
  const runCheck = () => {
    if (form.validateField("file").hasError) return;
    withFile(check.mutate)();
  };
  return (
    <Stack>
      <Text c="dimmed">{t("form.about")}</Text>
      <FileInput
        label={t("form.file")}
        placeholder={t("form.choose")}
        leftSection={<IconUpload size={20} aria-hidden />}
        accept=".json,.geojson,.topojson,application/json,application/geo+json"
        {...form.getInputProps("file")}
      />
      <Group>
        <Button
          variant={check.data ? "default" : "filled"}
          loading={check.isPending}
          onClick={runCheck}
        >
          {t("form.check")}
        </Button>
      </Group>
      <ProblemAlert error={check.error} />
      {check.data && file ? <Report report={check.data} name={file.name} /> : null}
      {check.data?.is_usable ? (
        <form onSubmit={form.onSubmit(withFile(apply.mutate))}>
          <Stack>
            <TextInput
              label={t("form.source")}
              description={t("form.source_hint")}
              maxLength={300}
              withAsterisk
              {...form.getInputProps("source")}
            />
            <TextInput
              label={t("form.licence")}
              description={t("form.licence_hint")}
              maxLength={300}
              withAsterisk
              {...form.getInputProps("licence")}
            />
            <ProblemAlert error={apply.error} />
            <Group>
              <Button type="submit" loading={apply.isPending}>
                {t("form.apply")}
              </Button>
            </Group>
          </Stack>
        </form>
      ) : null}
    </Stack>
  );
}
