import { Alert, Button, Stack, Text } from "@mantine/core";
import { IconArchive, IconChecks, IconReplace } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { AnchorLink, BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { AnnouncementText } from "./announcement-text";
import { ANNOUNCEMENTS, type Announcement, announcementQuery, senderName } from "./announcements";

const route = getRouteApi("/kerja/d/$code/pengumuman/$pengumuman");

/** One announcement; opening it is told to its sender. */
export function AnnouncementPage() {
  const { t } = useTranslation(["announcements", "common"]);
  const { code, pengumuman: id } = route.useParams();
  const one = useQuery(announcementQuery(code, id));
  useOpened(code, id, one.data);
  if (one.error) throw one.error;
  if (!one.data) return <PageSkeleton />;
  const row = one.data;
  const moment = formatMoment(row.sent_at, currentLanguage());
  return (
    <Page
      title={row.title}
      lead={t("from", { sender: `${senderName(row, t)} (${row.sent_by_name})`, moment })}
    >
      <BackLink to="/d/$code/pengumuman" params={{ code }}>
        {t("back")}
      </BackLink>
      <Standing code={code} row={row} />
      {row.withdrawn_at ? null : (
        <Section>
          <AnnouncementText text={row.text} link={row.link} />
        </Section>
      )}
      <Confirmation code={code} row={row} />
    </Page>
  );
}

/** Tells the sender once that it was opened. That this fails (a suspended workspace) hinders nobody from reading. */
function useOpened(code: string, id: string, row: Announcement | undefined) {
  const client = useQueryClient();
  const told = useRef<string | null>(null);
  const isMember = Boolean(membershipOf(useMe(), code));
  const isUnread = row !== undefined && !row.is_read;
  useEffect(() => {
    if (!isUnread || !isMember || told.current === id) return;
    told.current = id;
    api
      .POST("/api/v1/districts/{code}/announcements/{announcement_id}/opened", {
        params: { path: { code, announcement_id: id } },
      })
      .then(() => client.invalidateQueries({ queryKey: ANNOUNCEMENTS }))
      .catch(() => {
        // Told when the page is read again.
        told.current = null;
      });
  }, [isUnread, isMember, code, id, client]);
}

function Standing({ code, row }: { code: string; row: Announcement }) {
  const { t } = useTranslation(["announcements", "common"]);
  if (row.withdrawn_at) {
    const moment = formatMoment(row.withdrawn_at, currentLanguage());
    return (
      <Alert color="kunyit" variant="light" title={t("withdrawn_title")} icon={<IconArchive />}>
        {t("withdrawn", { moment, reason: row.withdrawn_reason })}
      </Alert>
    );
  }
  if (row.replaced_by) {
    return (
      <Alert color="kunyit" variant="light" title={t("replaced_title")} icon={<IconReplace />}>
        <Text>{t("replaced")}</Text>
        <AnchorLink
          to="/d/$code/pengumuman/$pengumuman"
          params={{ code, pengumuman: row.replaced_by }}
        >
          {t("open_replacing")}
        </AnchorLink>
      </Alert>
    );
  }
  if (row.replaces) {
    return (
      <Text>
        {t("is_correction")}{" "}
        <AnchorLink
          to="/d/$code/pengumuman/$pengumuman"
          params={{ code, pengumuman: row.replaces }}
        >
          {t("open_replaced")}
        </AnchorLink>
      </Text>
    );
  }
  return null;
}

function Confirmation({ code, row }: { code: string; row: Announcement }) {
  const { t } = useTranslation(["announcements", "common"]);
  const client = useQueryClient();
  const membership = membershipOf(useMe(), code);
  const confirm = useMutation({
    mutationFn: () =>
      api.POST("/api/v1/districts/{code}/announcements/{announcement_id}/confirmation", {
        params: { path: { code, announcement_id: row.id } },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ANNOUNCEMENTS }),
  });
  if (!row.must_confirm) return null;
  if (row.confirmed_at) {
    const moment = formatMoment(row.confirmed_at, currentLanguage());
    return (
      <Text role="status">{t("confirmed", { name: row.confirmed_by_name ?? "", moment })}</Text>
    );
  }
  if (row.withdrawn_at || row.replaced_by || !membership) return null;
  if (!may(membership, PERMISSION.announcementsRespond)) {
    return <Text c="dimmed">{t("wait_confirm")}</Text>;
  }
  return (
    <Section title={t("confirm_title")}>
      <Stack align="flex-start">
        <Text>{t("confirm_body")}</Text>
        <ProblemAlert error={confirm.error} />
        <Button
          leftSection={<IconChecks size={20} aria-hidden />}
          loading={confirm.isPending}
          onClick={() => confirm.mutate()}
        >
          {t("confirm")}
        </Button>
      </Stack>
    </Section>
  );
}
