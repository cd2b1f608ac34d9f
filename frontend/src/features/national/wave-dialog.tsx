import { Button, MultiSelect, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { isNotEmpty } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { Sent } from "@/api/types";
import { ifMatch, type Versioned, versioned } from "@/api/versioned";
import { showDay } from "@/lib/day";
import { PHASES } from "@/lib/phases";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { ConflictDialog } from "@/ui/conflict-dialog";
import { conflictFields } from "@/ui/conflict-fields";
import { DayInput } from "@/ui/day-input";
import { Dialog } from "@/ui/dialog";
import { DialogActions } from "@/ui/dialog-actions";
import { showFieldErrors } from "@/ui/form-errors";
import { PageSkeleton } from "@/ui/loading";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";
import { useVersionedSave } from "@/ui/use-versioned-save";
import { overviewQuery } from "./overview";
import { waveName } from "./wave-name";

type Plan = Sent<"/api/v1/oversight/waves", "post">;

const path = (wave_id: string) => ({ path: { wave_id } });

async function readWave(id: string, signal?: AbortSignal): Promise<Versioned<Plan>> {
  const read = versioned(
    await api.GET("/api/v1/oversight/waves/{wave_id}", { params: path(id), signal }),
  );
  const { id: _, version: __, updated_at: ___, ...plan } = read.value;
  return { ...read, value: plan };
}

function emptyWave(): Plan {
  return {
    year: new Date().getFullYear(),
    number: 1,
    name: "",
    starts_on: "",
    target_phase: "launched",
    target_on: "",
    note: "",
    districts: [],
  };
}

interface Props {
  /** Id of the wave to change; null for a new one. */
  wave: string | null;
  onClose: () => void;
}

/** Plans a wave of replication, changes its plan, or gives it up. */
export function WaveDialog({ wave, onClose }: Props) {
  const { t } = useTranslation("national");
  const stored = useQuery({
    queryKey: ["oversight-wave", wave],
    gcTime: 0,
    enabled: wave !== null,
    queryFn: ({ signal }) => readWave(wave ?? "", signal),
  });
  const first = wave === null ? { value: emptyWave(), etag: null } : stored.data;
  if (first) return <WaveForm wave={wave} first={first} onClose={onClose} />;
  return (
    <Dialog opened onClose={onClose} title={t("wave.edit_title")}>
      <ProblemAlert error={stored.error} onRetry={() => stored.refetch()} />
      {stored.isPending ? <PageSkeleton /> : null}
    </Dialog>
  );
}

function WaveForm({ wave, first, onClose }: Props & { first: Versioned<Plan> }) {
  const { t } = useTranslation(["national", "common", "supervision"]);
  const client = useQueryClient();
  const [opened, setOpened] = useState(first);
  const [leaving, setLeaving] = useState(false);
  const all = useQuery(overviewQuery({}));
  const required = isNotEmpty(t("common:form.required"));
  const form = useForm<Plan>({
    initialValues: first.value,
    validate: { starts_on: required, target_on: required },
  });
  const changed = () => {
    void client.invalidateQueries({ queryKey: ["oversight-overview"] });
    void client.invalidateQueries({ queryKey: ["oversight-waves"] });
  };
  const saving = useVersionedSave<Plan, Plan>({
    opened,
    load: () => readWave(wave ?? ""),
    save: async (body, etag) =>
      wave === null
        ? versioned(await api.POST("/api/v1/oversight/waves", { body }))
        : versioned(
            await api.PUT("/api/v1/oversight/waves/{wave_id}", {
              params: { ...path(wave), header: ifMatch(etag) },
              body,
            }),
          ),
    onStored: (now, how) => {
      changed();
      if (how === "saved") return onClose();
      setOpened(now);
      form.setValues(now.value);
    },
    onError: (error) => showFieldErrors(form, error),
  });
  const remove = useMutation({
    mutationFn: () =>
      api.DELETE("/api/v1/oversight/waves/{wave_id}", {
        params: { ...path(wave ?? ""), header: ifMatch(opened.etag) },
      }),
    onSuccess: () => {
      changed();
      onClose();
    },
  });
  const names = new Map(all.data?.districts.map(({ code, name }) => [code, name]));
  const readable = (plan: Plan) => ({
    wave: waveName(t, plan),
    starts_on: showDay(plan.starts_on),
    target_phase: t(`supervision:phase.${plan.target_phase}`),
    target_on: showDay(plan.target_on),
    note: plan.note ?? "",
    districts: plan.districts.map((code) => names.get(code) ?? code).join(", "),
  });
  if (saving.conflict) {
    const { mine, theirs } = saving.conflict;
    return (
      <ConflictDialog
        saving={saving}
        fields={conflictFields(readable(mine), readable(theirs.value), {
          wave: t("wave.name"),
          starts_on: t("wave.starts_on"),
          target_phase: t("wave.target_phase"),
          target_on: t("wave.target_on"),
          note: t("wave.note"),
          districts: t("wave.districts"),
        })}
      />
    );
  }
  if (leaving) {
    return (
      <ConfirmDialog
        opened
        danger
        title={t("wave.give_up_title")}
        confirm={t("wave.give_up")}
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
        onClose={() => setLeaving(false)}
      >
        {t("wave.give_up_body", { name: waveName(t, opened.value) })}
      </ConfirmDialog>
    );
  }
  const free = (all.data?.districts ?? []).filter(
    (district) => district.wave_id == null || district.wave_id === wave,
  );
  const numeric = (field: "year" | "number") => ({
    inputMode: "numeric" as const,
    value: form.values[field] || "",
    error: form.errors[field],
    onChange: (event: { currentTarget: { value: string } }) =>
      form.setFieldValue(field, Number(event.currentTarget.value.replace(/\D/g, "").slice(0, 4))),
  });
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t(wave ? "wave.edit_title" : "wave.add")}
      holds={form.isDirty()}
    >
      <form noValidate onSubmit={form.onSubmit((values) => saving.save(values))}>
        <Stack>
          <ProblemAlert error={saving.error ?? all.error} />
          <TextInput label={t("wave.year")} data-autofocus {...numeric("year")} />
          <TextInput label={t("wave.which")} {...numeric("number")} />
          <TextInput label={t("wave.name_optional")} {...form.getInputProps("name")} />
          <DayInput
            label={t("wave.starts_on")}
            value={form.values.starts_on || null}
            onChange={(day) => form.setFieldValue("starts_on", day ?? "")}
            error={form.errors.starts_on}
          />
          <Select
            label={t("wave.target_phase")}
            allowDeselect={false}
            data={PHASES.map((value) => ({ value, label: t(`supervision:phase.${value}`) }))}
            {...form.getInputProps("target_phase")}
          />
          <DayInput
            label={t("wave.target_on")}
            value={form.values.target_on || null}
            onChange={(day) => form.setFieldValue("target_on", day ?? "")}
            error={form.errors.target_on}
          />
          <MultiSelect
            label={t("wave.districts")}
            description={t("wave.districts_hint")}
            searchable
            clearable
            limit={60}
            disabled={!all.data}
            nothingFoundMessage={t("wave.nobody")}
            data={free.map(({ code, name }) => ({ value: code, label: name }))}
            {...form.getInputProps("districts")}
          />
          <Textarea label={t("wave.note")} autosize minRows={2} {...form.getInputProps("note")} />
          {wave ? (
            <Button variant="subtle" color="red.9" onClick={() => setLeaving(true)}>
              {t("wave.give_up")}
            </Button>
          ) : null}
          <DialogActions act={t("common:action.save")} busy={saving.isSaving} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
