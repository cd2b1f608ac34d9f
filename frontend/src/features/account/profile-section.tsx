import { Alert, Button, Select, Stack, TextInput } from "@mantine/core";
import { isNotEmpty } from "@mantine/form";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { meQuery } from "@/api/me";
import type { Me } from "@/api/types";
import { ifMatch, type Versioned, versioned } from "@/api/versioned";
import { changeLanguage } from "@/lib/i18n";
import { asLanguage, LANGUAGES, type Language } from "@/lib/language";
import { ConflictDialog } from "@/ui/conflict-dialog";
import { conflictFields } from "@/ui/conflict-fields";
import { showFieldErrors } from "@/ui/form-errors";
import { Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";
import { useVersionedSave } from "@/ui/use-versioned-save";

interface Profile {
  name: string;
  locale: Language;
}

/** Name and language. The email is the account's identity and is not changed here. */
export function ProfileSection({ me }: { me: Versioned<Me> }) {
  const { t } = useTranslation(["account", "common"]);
  const client = useQueryClient();
  // The version the form shows; background reads do not move it.
  const [opened, setOpened] = useState(me);
  const form = useForm<Profile>({
    initialValues: profileOf(me.value),
    validate: { name: isNotEmpty(t("common:form.required")) },
  });
  const profile = useVersionedSave<Me, Profile>({
    opened,
    load: async () => versioned(await api.GET("/api/v1/me")),
    save: async (body, etag) =>
      versioned(await api.PATCH("/api/v1/me", { params: { header: ifMatch(etag) }, body })),
    onStored: (stored) => {
      setOpened(stored);
      client.setQueryData(meQuery.queryKey, stored);
      const shown = profileOf(stored.value);
      form.setValues(shown);
      void changeLanguage(shown.locale);
    },
    onError: (error) => showFieldErrors(form, error),
  });

  return (
    <Section title={t("profile.title")}>
      <form
        noValidate
        onSubmit={form.onSubmit(({ name, locale }) => profile.save({ name: name.trim(), locale }))}
      >
        <Stack maw="26rem">
          <ProblemAlert error={profile.error} />
          {profile.isSaved ? (
            <Alert role="status" color="laut">
              {t("profile.saved")}
            </Alert>
          ) : null}
          <TextInput
            label={t("profile.name")}
            autoComplete="name"
            {...form.getInputProps("name")}
          />
          <TextInput label={t("profile.email")} value={me.value.email} readOnly variant="filled" />
          <Select
            label={t("profile.language")}
            data={LANGUAGES.map((value) => ({
              value,
              label: t(`common:shell.language_${value}`),
            }))}
            value={form.values.locale}
            onChange={(value) => form.setFieldValue("locale", asLanguage(value))}
          />
          <Button type="submit" loading={profile.isSaving} style={{ alignSelf: "flex-start" }}>
            {t("common:action.save")}
          </Button>
        </Stack>
      </form>
      {profile.conflict ? (
        <ConflictDialog
          saving={profile}
          fields={conflictFields(profile.conflict.mine, profileOf(profile.conflict.theirs.value), {
            name: t("profile.name"),
            locale: t("profile.language"),
          })}
        />
      ) : null}
    </Section>
  );
}

function profileOf(me: Me): Profile {
  return { name: me.name, locale: asLanguage(me.locale) };
}
