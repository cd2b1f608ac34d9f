import { Button, Stack, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { isNotEmpty } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { useIntentKey } from "@/api/intent-key";
import { type Audience, audienceOf, type Choice, EVERYBODY } from "@/ui/audience/audience";
import { AudienceFields, AudienceSize } from "@/ui/audience/audience-fields";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { showFieldErrors } from "@/ui/form-errors";
import { LeaveGuard } from "@/ui/leave-guard";
import { BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";
import { AnnouncementText } from "./announcement-text";
import { ANNOUNCEMENTS, type SentAnnouncement, sentOneQuery } from "./announcements";

const route = getRouteApi("/kerja/pusat/pengumuman/tulis");

/** A new announcement, or the correction of one. */
export function WritePage() {
  const { ralat } = route.useSearch();
  return ralat ? <Correction id={ralat} /> : <WriteForm />;
}

function Correction({ id }: { id: string }) {
  const one = useQuery(sentOneQuery(id));
  if (one.error) throw one.error;
  if (!one.data) return <PageSkeleton />;
  return <WriteForm corrected={one.data} />;
}

function WriteForm({ corrected }: { corrected?: SentAnnouncement }) {
  const { t } = useTranslation(["announcements", "audience", "common"]);
  const [choice, setChoice] = useState<Choice>(EVERYBODY);
  const [checking, setChecking] = useState(false);
  const form = useForm({
    initialValues: {
      title: corrected?.title ?? "",
      text: corrected?.text ?? "",
      link: corrected?.link ?? "",
      must_confirm: corrected?.must_confirm ?? false,
    },
    validate: {
      title: isNotEmpty(t("common:form.required")),
      text: isNotEmpty(t("common:form.required")),
    },
  });
  const audience = audienceOf(choice);
  const send = useSend(corrected?.id, form.values, audience);
  return (
    <Page
      title={t(corrected ? "write.correct_title" : "write.title")}
      lead={corrected ? t("write.correct_lead", { title: corrected.title }) : t("write.lead")}
    >
      <LeaveGuard holds={form.isDirty() || choice !== EVERYBODY} />
      <BackLink to="/pusat/pengumuman">{t("back")}</BackLink>
      <form noValidate onSubmit={form.onSubmit(() => setChecking(true))}>
        <Stack gap="lg">
          <ProblemAlert error={checking ? null : send.error} />
          <Section>
            <Stack>
              <TextInput
                label={t("write.subject")}
                maxLength={200}
                required
                {...form.getInputProps("title")}
              />
              <Textarea
                label={t("write.text")}
                description={t("write.text_hint")}
                autosize
                minRows={6}
                maxLength={8000}
                required
                {...form.getInputProps("text")}
              />
              <TextInput
                label={t("write.link")}
                description={t("write.link_hint")}
                maxLength={500}
                {...form.getInputProps("link")}
              />
              <Switch
                label={t("write.must_confirm")}
                description={t("write.must_confirm_hint")}
                {...form.getInputProps("must_confirm", { type: "checkbox" })}
              />
            </Stack>
          </Section>
          {corrected ? null : (
            <Section title={t("audience:title")}>
              <AudienceFields value={choice} onChange={setChoice} />
            </Section>
          )}
          <Button type="submit" disabled={!audience} style={{ alignSelf: "flex-start" }}>
            {t("write.check")}
          </Button>
        </Stack>
      </form>
      <ConfirmDialog
        opened={checking}
        title={t("write.send_title")}
        confirm={t("write.send")}
        busy={send.isPending}
        error={null}
        onConfirm={() =>
          send.mutate(undefined, {
            onError: (error) => {
              setChecking(false);
              showFieldErrors(form, error);
            },
          })
        }
        onClose={() => setChecking(false)}
      >
        <Stack>
          <Text fw={700}>{form.values.title}</Text>
          <AnnouncementText text={form.values.text} link={form.values.link.trim()} />
          {form.values.must_confirm ? <Text>{t("write.must_confirm")}.</Text> : null}
          {corrected ? null : <AudienceSize choice={choice} />}
          <Text c="dimmed">{t("write.final")}</Text>
        </Stack>
      </ConfirmDialog>
    </Page>
  );
}

interface Draft {
  title: string;
  text: string;
  link: string;
  must_confirm: boolean;
}

/** Sends it and shows what was sent. Sent again after a lost answer it is sent once. */
function useSend(corrects: string | undefined, draft: Draft, audience: Audience | null) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const body = { ...draft, link: draft.link.trim() || null };
  const key = useIntentKey([corrects, body, audience]);
  return useMutation({
    mutationFn: async () => {
      const headers = { "Idempotency-Key": key };
      const { data } = corrects
        ? await api.POST("/api/v1/oversight/announcements/{announcement_id}/correction", {
            params: { path: { announcement_id: corrects } },
            headers,
            body,
          })
        : await api.POST("/api/v1/oversight/announcements", {
            headers,
            body: { ...body, audience: audience ?? undefined },
          });
      return data;
    },
    onSuccess: async (sent) => {
      await client.invalidateQueries({ queryKey: ANNOUNCEMENTS });
      if (!sent) return;
      await navigate({
        to: "/pusat/pengumuman/$pengumuman",
        params: { pengumuman: sent.id },
        ignoreBlocker: true,
      });
    },
  });
}
