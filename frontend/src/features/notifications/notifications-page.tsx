import { Button, Group } from "@mantine/core";
import { IconChecks, IconSettings } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { markAllRead, NOTIFICATIONS, notificationsQuery } from "@/api/notifications";
import { Empty } from "@/ui/empty";
import { ButtonLink } from "@/ui/links";
import { LoadMore } from "@/ui/load-more";
import { PageSkeleton } from "@/ui/loading";
import { NotificationList } from "@/ui/notifications/notification-list";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { SubNav, SubNavLink } from "@/ui/sub-nav";

const route = getRouteApi("/kerja/pemberitahuan");
const PAGE = 30;

/** Everything that one was told, the newest first. */
export function NotificationsPage() {
  const { t } = useTranslation(["notifications", "common"]);
  const { belum } = route.useSearch();
  const onlyUnread = belum ?? false;
  const client = useQueryClient();
  const list = useInfiniteQuery(notificationsQuery(onlyUnread, PAGE));
  const rows = list.data?.pages.flatMap((page) => page?.items ?? []) ?? [];
  const newest = rows[0]?.id;
  const read = useMutation({
    mutationFn: markAllRead,
    onSuccess: () => client.invalidateQueries({ queryKey: NOTIFICATIONS }),
  });
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      action={
        <ButtonLink
          to="/pemberitahuan/pengaturan"
          variant="default"
          leftSection={<IconSettings size={20} aria-hidden />}
        >
          {t("settings")}
        </ButtonLink>
      }
    >
      <Group justify="space-between" gap="md">
        <SubNav label={t("which")}>
          <SubNavLink to="/pemberitahuan" search={{}} isShown={!onlyUnread}>
            {t("everything")}
          </SubNavLink>
          <SubNavLink to="/pemberitahuan" search={{ belum: true }} isShown={onlyUnread}>
            {t("only_unread")}
          </SubNavLink>
        </SubNav>
        {rows.some((row) => !row.read_at) && newest ? (
          <Button
            variant="default"
            leftSection={<IconChecks size={20} aria-hidden />}
            loading={read.isPending}
            onClick={() => read.mutate(newest)}
          >
            {t("mark_all")}
          </Button>
        ) : null}
      </Group>
      <ProblemAlert error={list.error ?? read.error} onRetry={() => list.refetch()} />
      {list.isPending ? <PageSkeleton /> : null}
      {list.isSuccess && rows.length === 0 ? (
        <Empty title={t(onlyUnread ? "none_unread_title" : "empty_title")}>
          {t(onlyUnread ? "none_unread" : "empty")}
        </Empty>
      ) : null}
      {rows.length > 0 ? (
        <Section>
          <NotificationList rows={rows} />
        </Section>
      ) : null}
      <LoadMore list={list} />
    </Page>
  );
}
