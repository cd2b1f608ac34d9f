import { Select, Stack, TextInput } from "@mantine/core";
import { isNotEmpty } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { useRegions } from "@/api/regions";
import type { Sent } from "@/api/types";
import { DayInput } from "@/ui/day-input";
import { Dialog } from "@/ui/dialog";
import { DialogActions } from "@/ui/dialog-actions";
import { showFieldErrors } from "@/ui/form-errors";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";

type Letter = Sent<"/api/v1/oversight/invited-districts", "post">;

interface Props {
  onDone: (name: string) => void;
  onClose: () => void;
}

/** Records a letter with which the ministry invited a district. */
export function InviteDistrictDialog({ onDone, onClose }: Props) {
  const { t } = useTranslation(["supervision", "common"]);
  const [province, setProvince] = useState<string | null>(null);
  const provinces = useRegions("province");
  const districts = useRegions("regency", province);
  const required = isNotEmpty(t("common:form.required"));
  const form = useForm({
    initialValues: {
      code: "",
      invited_on: null as string | null,
      wave: "",
      letter_number: "",
      source: "",
    },
    validate: {
      code: required,
      invited_on: required,
      source: required,
      wave: (text) => (/^([1-9]\d?)?$/.test(text.trim()) ? null : t("invite.wave_range")),
    },
  });
  const send = useMutation({
    mutationFn: (body: Letter) =>
      api.POST("/api/v1/oversight/invited-districts", {
        body,
      }),
    onSuccess: (_, body) =>
      onDone(districts.data?.find((row) => row.code === body.code)?.full_name ?? body.code),
    onError: (error) => showFieldErrors(form, error),
  });
  return (
    <Dialog opened onClose={onClose} title={t("invite.title")}>
      <form
        noValidate
        onSubmit={form.onSubmit(({ invited_on, wave, ...rest }) =>
          send.mutate({
            ...rest,
            invited_on: invited_on ?? "",
            wave: wave.trim() === "" ? null : Number(wave),
          }),
        )}
      >
        <Stack>
          <ProblemAlert error={send.error} />
          <ProblemAlert error={provinces.error} onRetry={() => provinces.refetch()} />
          <ProblemAlert error={districts.error} onRetry={() => districts.refetch()} />
          <Select
            label={t("filter.province")}
            searchable
            selectFirstOptionOnChange
            disabled={!provinces.data}
            data={(provinces.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
            value={province}
            onChange={(code) => {
              setProvince(code);
              form.setFieldValue("code", "");
            }}
            data-autofocus
          />
          <Select
            label={t("col.name")}
            placeholder={province ? undefined : t("invite.province_first")}
            searchable
            selectFirstOptionOnChange
            disabled={!districts.data}
            data={(districts.data ?? []).map((row) => ({ value: row.code, label: row.full_name }))}
            {...form.getInputProps("code")}
            value={form.values.code || null}
            onChange={(code) => form.setFieldValue("code", code ?? "")}
          />
          <DayInput
            label={t("invite.date")}
            value={form.values.invited_on}
            onChange={(day) => form.setFieldValue("invited_on", day)}
            error={form.errors.invited_on}
          />
          <TextInput label={t("invite.letter_number")} {...form.getInputProps("letter_number")} />
          <TextInput
            label={t("invite.wave")}
            description={t("invite.wave_hint")}
            inputMode="numeric"
            {...form.getInputProps("wave")}
          />
          <TextInput
            label={t("invite.source")}
            description={t("invite.source_hint")}
            {...form.getInputProps("source")}
          />
          <DialogActions act={t("invite.submit")} busy={send.isPending} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
