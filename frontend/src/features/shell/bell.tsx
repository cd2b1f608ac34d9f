import { ActionIcon, Popover, Skeleton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBell } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { listenToNotifications } from "@/api/notification-stream";
import { NOTIFICATIONS, unreadQuery } from "@/api/notifications";
import { loadTexts } from "@/lib/i18n";
import classes from "./shell.module.css";

const BellList = lazy(async () => {
  const [module] = await Promise.all([import("./bell-list"), loadTexts("notifications")]);
  return { default: module.BellList };
});

/** More than this is not counted. */
const MOST = 99;

/** What one should know of: how many are unread, and the newest ones. */
export function Bell() {
  const { t } = useTranslation();
  const [opened, { toggle, close }] = useDisclosure(false);
  const unread = useUnread();
  return (
    <Popover
      opened={opened}
      onChange={(next) => (next ? undefined : close())}
      position="bottom-end"
      width="min(26rem, calc(100vw - 1rem))"
      withinPortal={false}
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <ActionIcon
          aria-label={
            unread > 0
              ? t("shell.notifications_unread", { count: unread })
              : t("shell.notifications_read")
          }
          aria-expanded={opened}
          onClick={toggle}
        >
          <IconBell size={26} aria-hidden />
          {unread > 0 ? (
            <span className={classes.unread} aria-hidden>
              {unread > MOST ? `${MOST}+` : unread}
            </span>
          ) : null}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("shell.notifications_title")} className={classes.bell}>
        <Suspense fallback={<Skeleton h={120} />}>
          <BellList onLeave={close} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}

/** How many are unread, as the service tells it or, while it does not, as one asks. */
function useUnread(): number {
  const client = useQueryClient();
  const [isStreaming, setStreaming] = useState(false);
  useEffect(
    () =>
      listenToNotifications({
        onOpen: setStreaming,
        onUnread: (count) => {
          const key = unreadQuery(true).queryKey;
          const isNews = client.getQueryData(key) !== undefined;
          client.setQueryData(key, count);
          if (isNews) void client.invalidateQueries({ queryKey: [...NOTIFICATIONS, "list"] });
        },
      }),
    [client],
  );
  return useQuery(unreadQuery(isStreaming)).data ?? 0;
}
