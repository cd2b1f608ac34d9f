import { Alert, Button, Checkbox, Group, Radio, Select, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { oversightMembership, useMe } from "@/api/me";
import {
  type Channel,
  type Preferences,
  type PreferencesUpdate,
  preferencesQuery,
} from "@/api/notifications";
import { isProblem } from "@/api/problem";
import { ifMatch, type Versioned, versioned } from "@/api/versioned";
import { zoneName } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";

const RHYTHMS = ["daily", "weekly", "off"] as const;
/** What is offered to who turns quiet hours on. */
const NIGHT = { quiet_from: 20, quiet_until: 6 };

function draftOf({ kinds, rhythm, quiet_from, quiet_until }: Preferences): PreferencesUpdate {
  const channels = Object.fromEntries(kinds.map(({ kind, channel }) => [kind, channel]));
  return { channels, rhythm, quiet_from, quiet_until };
}

/** One's own choices over what is stored now: what one did not touch is as stored. */
function over(draft: PreferencesUpdate, was: PreferencesUpdate, now: PreferencesUpdate) {
  const touched = Object.entries(draft.channels).filter(
    ([kind, channel]) => channel !== was.channels[kind],
  );
  // The two hours are one choice.
  const quiet =
    draft.quiet_from === was.quiet_from && draft.quiet_until === was.quiet_until ? now : draft;
  return {
    channels: { ...now.channels, ...Object.fromEntries(touched) },
    rhythm: draft.rhythm === was.rhythm ? now.rhythm : draft.rhythm,
    quiet_from: quiet.quiet_from,
    quiet_until: quiet.quiet_until,
  };
}

/** 7 as "07.00" or "07:00". */
function hour(value: number): string {
  return `${String(value).padStart(2, "0")}${currentLanguage() === "id" ? "." : ":"}00`;
}

/** Every kind with its channel, the digest, and the hours in which no mail comes. `first` fills the
 * form; what is read later does not, so that no choice is lost unsaved. */
export function PreferencesForm({ first }: { first: Versioned<Preferences> }) {
  const { t } = useTranslation("notifications");
  const client = useQueryClient();
  const [opened, setOpened] = useState(first);
  const [draft, setDraft] = useState(() => draftOf(first.value));
  const saving = useMutation({
    mutationFn: async (body: PreferencesUpdate) =>
      versioned(
        await api.PUT("/api/v1/notifications/preferences", {
          params: { header: ifMatch(opened.etag) },
          body,
        }),
      ),
    onSuccess: (stored) => {
      client.setQueryData(preferencesQuery.queryKey, stored);
      setOpened(stored);
      setDraft(draftOf(stored.value));
    },
    // Changed in another tab, or by the link of a digest: said, and saved only when asked again.
    onError: async (error) => {
      if (!isProblem(error, "stale")) return;
      // When it cannot be read, the next try is refused again.
      const now = await client.fetchQuery(preferencesQuery).catch(() => undefined);
      if (!now) return;
      setOpened(now);
      setDraft((mine) => over(mine, draftOf(opened.value), draftOf(now.value)));
    },
  });
  const put = (part: Partial<PreferencesUpdate>) => {
    saving.reset();
    setDraft({ ...draft, ...part });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate(draft);
  };
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="lg">
        <Kinds
          preferences={opened.value}
          channels={draft.channels}
          onChange={(channels) => put({ channels })}
        />
        <Section title={t("preferences.digest")}>
          <Radio.Group
            aria-label={t("preferences.digest")}
            value={draft.rhythm}
            onChange={(value) => put({ rhythm: RHYTHMS.find((rhythm) => rhythm === value) })}
          >
            <Stack gap="xs">
              {RHYTHMS.map((rhythm) => (
                <Radio
                  key={rhythm}
                  value={rhythm}
                  label={t(`preferences.rhythm.${rhythm}`, {
                    hour: hour(opened.value.digest_hour),
                  })}
                />
              ))}
            </Stack>
          </Radio.Group>
        </Section>
        <QuietHours zone={zoneName(opened.value.time_zone)} draft={draft} onChange={put} />
        <ProblemAlert error={saving.error} />
        <div role="status">
          {saving.isSuccess ? (
            <Alert color="laut" variant="light">
              {t("preferences.saved")}
            </Alert>
          ) : null}
        </div>
        <Button type="submit" loading={saving.isPending} style={{ alignSelf: "flex-start" }}>
          {t("preferences.save")}
        </Button>
      </Stack>
    </form>
  );
}

interface KindsProps {
  preferences: Preferences;
  channels: PreferencesUpdate["channels"];
  onChange: (channels: PreferencesUpdate["channels"]) => void;
}

/** The kinds that can come to the reader: of applications only oversight hears. */
function Kinds({ preferences, channels, onChange }: KindsProps) {
  const { t } = useTranslation("notifications");
  const oversees = oversightMembership(useMe()) !== undefined;
  const kinds = preferences.kinds.filter(
    ({ kind }) => oversees || kind !== "registration_submitted",
  );
  return (
    <Section title={t("preferences.kinds")}>
      <Stack>
        {kinds.map(({ kind, label, choices }) => (
          <Select
            key={kind}
            label={label}
            allowDeselect={false}
            maw="26rem"
            data={choices.map((value) => ({ value, label: t(`preferences.channel.${value}`) }))}
            value={channels[kind] ?? null}
            onChange={(value) => onChange({ ...channels, [kind]: value as Channel })}
          />
        ))}
      </Stack>
    </Section>
  );
}

interface QuietProps {
  zone: string;
  draft: PreferencesUpdate;
  onChange: (part: Partial<PreferencesUpdate>) => void;
}

function QuietHours({ zone, draft, onChange }: QuietProps) {
  const { t } = useTranslation("notifications");
  const isOn = draft.quiet_from != null;
  const hours = Array.from({ length: 24 }, (_, value) => ({
    value: String(value),
    label: t("preferences.hour", { hour: hour(value), zone }),
  }));
  const choose = (field: "quiet_from" | "quiet_until") => (
    <Select
      label={t(`preferences.${field}`)}
      allowDeselect={false}
      data={hours}
      value={String(draft[field])}
      onChange={(value) => onChange({ [field]: Number(value) })}
    />
  );
  return (
    <Section title={t("preferences.quiet")}>
      <Stack>
        <Text>{t("preferences.quiet_hint")}</Text>
        <Checkbox
          label={t("preferences.quiet_on")}
          checked={isOn}
          onChange={(event) =>
            onChange(event.currentTarget.checked ? NIGHT : { quiet_from: null, quiet_until: null })
          }
        />
        {isOn ? (
          <Group gap="md" align="flex-end">
            {choose("quiet_from")}
            {choose("quiet_until")}
          </Group>
        ) : null}
      </Stack>
    </Section>
  );
}
