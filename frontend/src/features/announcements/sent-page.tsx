import { Text } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { CardTable, type Column } from "@/ui/card-table";
import { Empty } from "@/ui/empty";
import { AnchorLink, ButtonLink } from "@/ui/links";
import { Listed } from "@/ui/listed";
import { Page } from "@/ui/page";
import { type SentAnnouncement, senderName, sentQuery } from "./announcements";
import { Marks } from "./marks";

/** What was announced within reach, and in how many districts it was read. */
export function SentPage() {
  const { t } = useTranslation(["announcements", "common"]);
  const list = useInfiniteQuery(sentQuery);
  const columns = useColumns();
  return (
    <Page
      width="wide"
      title={t("title")}
      lead={t("sent.lead")}
      action={
        <ButtonLink to="/pusat/pengumuman/tulis" leftSection={<IconPencil size={20} aria-hidden />}>
          {t("sent.write")}
        </ButtonLink>
      }
    >
      <Listed list={list} empty={<Empty title={t("sent.empty_title")}>{t("sent.empty")}</Empty>}>
        {(rows) => (
          <CardTable
            caption={t("sent.table")}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
          />
        )}
      </Listed>
    </Page>
  );
}

function useColumns(): Column<SentAnnouncement>[] {
  const { t } = useTranslation(["announcements", "common"]);
  const of = (count: number, row: SentAnnouncement) =>
    t("sent.of", { count, total: row.districts });
  return [
    {
      key: "title",
      label: t("sent.col_title"),
      isName: true,
      render: (row) => (
        <>
          <AnchorLink
            to="/pusat/pengumuman/$pengumuman"
            params={{ pengumuman: row.id }}
            fw={600}
            style={{ overflowWrap: "anywhere" }}
          >
            {row.title}
          </AnchorLink>
          <Text c="dimmed" fw={400}>
            {senderName(row, t)}, {row.sent_by_name}
          </Text>
          <Marks row={row} />
        </>
      ),
    },
    {
      key: "sent",
      label: t("sent.col_sent"),
      render: (row) => formatDate(row.sent_at, currentLanguage()),
    },
    {
      key: "opened",
      label: t("sent.col_opened"),
      render: (row) => of(row.opened, row),
    },
    {
      key: "confirmed",
      label: t("sent.col_confirmed"),
      render: (row) => (row.must_confirm ? of(row.confirmed, row) : t("sent.not_asked")),
    },
  ];
}
