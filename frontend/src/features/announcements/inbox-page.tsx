import { Badge, Group, VisuallyHidden } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Empty } from "@/ui/empty";
import { Listed } from "@/ui/listed";
import { Page, Section } from "@/ui/page";
import classes from "@/ui/unread-list.module.css";
import { type Announcement, inboxQuery, senderName } from "./announcements";
import { Marks } from "./marks";

const route = getRouteApi("/kerja/d/$code/pengumuman");

/** What ministry and province told the district, the newest first. */
export function InboxPage() {
  const { t } = useTranslation(["announcements", "common"]);
  const { code } = route.useParams();
  const list = useInfiniteQuery(inboxQuery(code));
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Listed list={list} empty={<Empty title={t("empty_title")}>{t("empty")}</Empty>}>
        {(rows) => (
          <Section>
            <ul className={classes.list}>
              {rows.map((row) => (
                <Row key={row.id} code={code} row={row} />
              ))}
            </ul>
          </Section>
        )}
      </Listed>
    </Page>
  );
}

function Row({ code, row }: { code: string; row: Announcement }) {
  const { t } = useTranslation(["announcements", "common"]);
  const stands = !row.withdrawn_at && !row.replaced_by;
  const moment = formatMoment(row.sent_at, currentLanguage());
  return (
    <li className={`${classes.item} ${row.is_read ? "" : classes.unread}`}>
      <Link
        to="/d/$code/pengumuman/$pengumuman"
        params={{ code, pengumuman: row.id }}
        className={classes.link}
      >
        <span className={classes.dot} aria-hidden />
        <span>
          <span className={classes.title}>{row.title}</span>
          {row.is_read ? null : <VisuallyHidden component="span"> ({t("unread")})</VisuallyHidden>}
          <span className={classes.moment}>
            {t("from", { sender: senderName(row, t), moment })}
          </span>
          <Group gap="xs" mt={4} component="span">
            <Marks row={row} />
            {row.must_confirm && stands ? (
              <Badge
                variant="light"
                color={row.confirmed_at ? "laut" : "kunyit"}
                c="black"
                tt="none"
                component="span"
              >
                {t(row.confirmed_at ? "mark.confirmed" : "mark.confirm")}
              </Badge>
            ) : null}
          </Group>
        </span>
      </Link>
    </li>
  );
}
