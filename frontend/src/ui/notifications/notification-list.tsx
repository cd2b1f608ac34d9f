import { VisuallyHidden } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { markRead, NOTIFICATIONS, type Notification } from "@/api/notifications";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import classes from "../unread-list.module.css";

interface Props {
  rows: Notification[];
  /** Only the first lines, for the bell. */
  isBrief?: boolean;
  /** Called when the reader goes to a notification's screen. */
  onFollow?: () => void;
}

/** Notifications as links to where one acts on them; following one marks it read. */
export function NotificationList({ rows, isBrief, onFollow }: Props) {
  const { t } = useTranslation("notifications");
  const router = useRouter();
  const client = useQueryClient();
  const read = useMutation({
    mutationFn: markRead,
    onSettled: () => client.invalidateQueries({ queryKey: NOTIFICATIONS }),
  });
  return (
    <ul className={classes.list}>
      {rows.map((row) => (
        <li key={row.id} className={`${classes.item} ${row.read_at ? "" : classes.unread}`}>
          <a
            className={classes.link}
            href={row.link}
            onClick={(event) => {
              if (!row.read_at) read.mutate(row.id);
              // A new tab or window is the browser's own affair.
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              router.history.push(row.link);
              onFollow?.();
            }}
          >
            <span className={classes.dot} aria-hidden />
            <span>
              <span className={classes.title}>{row.title}</span>
              {row.read_at ? null : (
                <VisuallyHidden component="span"> ({t("unread")})</VisuallyHidden>
              )}
              {(isBrief ? row.paragraphs.slice(0, 1) : row.paragraphs).map((text) => (
                <p key={text} className={classes.text}>
                  {text}
                </p>
              ))}
              <p className={classes.moment}>{formatMoment(row.created_at, currentLanguage())}</p>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}
