import { Text } from "@mantine/core";
import { IconCalendarPlus } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { CardTable, type Column } from "@/ui/card-table";
import { Empty } from "@/ui/empty";
import { AnchorLink, ButtonLink } from "@/ui/links";
import { Listed } from "@/ui/listed";
import { Page } from "@/ui/page";
import { type OrganisedEvent, organisedQuery, organiserName, span } from "./calendar";
import { seatsTaken } from "./use-participant-exports";

/** What is offered within reach, and how many take part. */
export function OrganisedPage() {
  const { t } = useTranslation(["calendar", "common"]);
  const list = useInfiniteQuery(organisedQuery);
  const columns = useColumns();
  return (
    <Page
      width="wide"
      title={t("title")}
      lead={t("organised.lead")}
      action={
        <ButtonLink
          to="/pusat/kalender/baru"
          leftSection={<IconCalendarPlus size={20} aria-hidden />}
        >
          {t("organised.new")}
        </ButtonLink>
      }
    >
      <Listed
        list={list}
        empty={<Empty title={t("organised.empty_title")}>{t("organised.empty")}</Empty>}
      >
        {(rows) => (
          <CardTable
            caption={t("organised.table")}
            columns={columns}
            rows={rows}
            rowKey={(row) => row.id}
          />
        )}
      </Listed>
    </Page>
  );
}

function useColumns(): Column<OrganisedEvent>[] {
  const { t } = useTranslation(["calendar", "common"]);
  return [
    {
      key: "title",
      label: t("organised.col_event"),
      isName: true,
      render: (row) => (
        <>
          <AnchorLink
            to="/pusat/kalender/$kegiatan"
            params={{ kegiatan: row.id }}
            fw={600}
            style={{ overflowWrap: "anywhere" }}
          >
            {row.event.title}
          </AnchorLink>
          <Text c="dimmed" fw={400}>
            {t(`kind.${row.event.kind}`)}, {organiserName(row, t)}
          </Text>
        </>
      ),
    },
    { key: "when", label: t("fact.when"), render: (row) => span(row.event) },
    {
      key: "answers",
      label: t("organised.col_answers"),
      render: (row) =>
        row.cancelled_at
          ? t("state.cancelled")
          : t("organised.answers", { registered: row.registered, districts: row.districts }),
    },
    { key: "seats", label: t("fact.seats"), render: (row) => seatsTaken(row, t) },
  ];
}
