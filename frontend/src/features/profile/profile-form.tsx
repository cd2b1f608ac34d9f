import { Alert, Button, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { districtQuery } from "@/api/district";
import { meQuery } from "@/api/me";
import { districtVersion } from "@/api/readiness";
import type { District } from "@/api/types";
import { ifMatch, type Versioned, versioned } from "@/api/versioned";
import { ConflictDialog } from "@/ui/conflict-dialog";
import { conflictFields } from "@/ui/conflict-fields";
import { showFieldErrors } from "@/ui/form-errors";
import { LeaveGuard } from "@/ui/leave-guard";
import { Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";
import { useVersionedSave } from "@/ui/use-versioned-save";
import { changedOf, type Profile, profileOf } from "./profile";

interface Props {
  code: string;
  /** The profile as read when the page opened. */
  first: Versioned<District>;
  readOnly: boolean;
}

/** Name, office, address and hotline. Only what was changed is sent: another's fields stay theirs. */
export function ProfileForm({ code, first, readOnly }: Props) {
  const { t } = useTranslation(["profile", "common"]);
  const client = useQueryClient();
  const [opened, setOpened] = useState(first);
  const [nothing, setNothing] = useState(false);
  const required = (text: string) => (text.trim() ? null : t("common:form.required"));
  const form = useForm<Profile>({
    initialValues: profileOf(first.value),
    validate: { unit_name: required, office_name: required },
  });
  const saving = useVersionedSave<District, Partial<Profile>>({
    opened,
    load: () => districtVersion(code),
    save: async (body, etag) =>
      versioned(
        await api.PATCH("/api/v1/districts/{code}", {
          params: { path: { code }, header: ifMatch(etag) },
          body,
        }),
      ),
    onStored: (stored) => {
      setOpened(stored);
      form.setValues(profileOf(stored.value));
      client.setQueryData(["district", code, "opened"], stored);
      // The top bar shows the name that memberships carry.
      void client.invalidateQueries({ queryKey: meQuery.queryKey });
      void client.invalidateQueries({ queryKey: districtQuery(code).queryKey, exact: true });
    },
    onError: (error) => showFieldErrors(form, error),
  });

  function submit(values: Profile) {
    const changed = changedOf(profileOf(opened.value), values);
    setNothing(changed === null);
    if (changed) saving.save(changed);
  }

  const labels = {
    unit_name: t("unit_name"),
    office_name: t("office_name"),
    address: t("address"),
    hotline: t("hotline"),
  };
  const theirs = saving.conflict ? profileOf(saving.conflict.theirs.value) : null;
  return (
    <Section title={t("form_title")}>
      <LeaveGuard holds={changedOf(profileOf(opened.value), form.values) !== null} />
      <form noValidate onSubmit={form.onSubmit(submit)}>
        <Stack maw="34rem">
          <ProblemAlert error={saving.error} />
          {readOnly ? <Text>{t("read_only")}</Text> : null}
          <TextInput
            label={labels.unit_name}
            description={t("unit_name_hint")}
            readOnly={readOnly}
            maxLength={120}
            {...form.getInputProps("unit_name")}
          />
          <TextInput
            label={labels.office_name}
            description={t("office_name_hint")}
            readOnly={readOnly}
            maxLength={160}
            {...form.getInputProps("office_name")}
          />
          <Textarea
            label={labels.address}
            description={t("address_hint")}
            autosize
            minRows={2}
            readOnly={readOnly}
            maxLength={500}
            {...form.getInputProps("address")}
          />
          <TextInput
            label={labels.hotline}
            description={t("hotline_hint")}
            type="tel"
            inputMode="tel"
            readOnly={readOnly}
            {...form.getInputProps("hotline")}
          />
          {readOnly ? null : (
            <Button type="submit" loading={saving.isSaving} style={{ alignSelf: "flex-start" }}>
              {t("submit")}
            </Button>
          )}
          <div role="status">
            {nothing ? <Text>{t("nothing")}</Text> : null}
            {saving.isSaved && !nothing ? (
              <Alert color="laut" variant="light">
                {t("saved")}
              </Alert>
            ) : null}
          </div>
        </Stack>
      </form>
      {saving.conflict && theirs ? (
        <ConflictDialog
          saving={saving}
          // Fields that I left alone are the other's in both versions.
          fields={conflictFields({ ...theirs, ...saving.conflict.mine }, theirs, labels)}
        />
      ) : null}
    </Section>
  );
}
