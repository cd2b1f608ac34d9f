import { Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { notificationsQuery } from "@/api/notifications";
import { AnchorLink } from "@/ui/links";
import { NotificationList } from "@/ui/notifications/notification-list";
import { ProblemAlert } from "@/ui/problem-alert";

const SHOWN = 6;

/** The newest notifications, in the popover of the bell. */
export function BellList({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation("notifications");
  const list = useInfiniteQuery(notificationsQuery(false, SHOWN));
  const rows = list.data?.pages[0]?.items ?? [];
  return (
    <Stack gap="xs">
      <Group justify="space-between" gap="xs">
        <Title order={2} fz="1.125rem">
          {t("title")}
        </Title>
        <AnchorLink to="/pemberitahuan" onClick={onLeave}>
          {t("all")}
        </AnchorLink>
      </Group>
      <ProblemAlert error={list.error} onRetry={() => list.refetch()} />
      {list.isPending ? <Skeleton h={120} /> : null}
      {list.isSuccess && rows.length === 0 ? <Text c="dimmed">{t("empty_title")}</Text> : null}
      <NotificationList rows={rows} isBrief onFollow={onLeave} />
    </Stack>
  );
}
