import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { CardTable, type Column } from "@/ui/card-table";
import { Dialog } from "@/ui/dialog";
import { DialogActions } from "@/ui/dialog-actions";
import { Facts } from "@/ui/facts";
import { AnchorLink, BackLink, ButtonLink } from "@/ui/links";
import { LoadMore } from "@/ui/load-more";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { SubNav, SubNavLink } from "@/ui/sub-nav";
import { AnnouncementText } from "./announcement-text";
import {
  ANNOUNCEMENTS,
  type Receipt,
  receiptsQuery,
  type SentAnnouncement,
  senderName,
  sentOneQuery,
} from "./announcements";
import classes from "./announcements.module.css";
import { Marks } from "./marks";

const route = getRouteApi("/kerja/pusat/pengumuman/$pengumuman");

/** One announcement as its sender sees it: who opened it where, and who confirmed it. */
export function SentAnnouncementPage() {
  const { t } = useTranslation(["announcements", "common"]);
  const { pengumuman: id } = route.useParams();
  const [withdrawing, setWithdrawing] = useState(false);
  const one = useQuery(sentOneQuery(id));
  if (one.error) throw one.error;
  if (!one.data) return <PageSkeleton />;
  const row = one.data;
  const stands = !row.withdrawn_at && !row.replaced_by;
  return (
    <Page
      width="wide"
      title={row.title}
      action={
        stands ? (
          <Group gap="sm">
            <ButtonLink to="/pusat/pengumuman/tulis" search={{ ralat: id }} variant="default">
              {t("sent.correct")}
            </ButtonLink>
            <Button variant="default" onClick={() => setWithdrawing(true)}>
              {t("sent.withdraw")}
            </Button>
          </Group>
        ) : null
      }
    >
      <BackLink to="/pusat/pengumuman">{t("back")}</BackLink>
      <Marks row={row} />
      <What row={row} />
      <Receipts row={row} />
      {withdrawing ? <WithdrawDialog id={id} onClose={() => setWithdrawing(false)} /> : null}
    </Page>
  );
}

function What({ row }: { row: SentAnnouncement }) {
  const { t } = useTranslation(["announcements", "common"]);
  const language = currentLanguage();
  const { provinces = [], districts = [], phase } = row.audience;
  const all = provinces.length === 0 && districts.length === 0 && !phase;
  const roles = row.audience.roles === "coordinators" ? "coordinators" : "everyone";
  return (
    <Section title={t("sent.details")}>
      <Stack>
        <Facts
          items={[
            {
              label: t("sent.by"),
              value: `${senderName(row, t)} (${row.sent_by_name}), ${formatMoment(row.sent_at, language)}`,
            },
            {
              label: t("sent.to"),
              value: `${t(all ? "sent.to_all" : "sent.to_some")} (${row.districts}), ${t(`sent.${roles}`)}`,
            },
          ]}
        />
        {row.withdrawn_at ? (
          <Text>
            {t("withdrawn", {
              moment: formatMoment(row.withdrawn_at, language),
              reason: row.withdrawn_reason,
            })}
          </Text>
        ) : null}
        {row.replaced_by ? (
          <AnchorLink
            to="/pusat/pengumuman/$pengumuman"
            params={{ pengumuman: row.replaced_by }}
            style={{ alignSelf: "flex-start" }}
          >
            {t("open_replacing")}
          </AnchorLink>
        ) : null}
        {row.replaces ? (
          <AnchorLink
            to="/pusat/pengumuman/$pengumuman"
            params={{ pengumuman: row.replaces }}
            style={{ alignSelf: "flex-start" }}
          >
            {t("open_replaced")}
          </AnchorLink>
        ) : null}
        <AnnouncementText text={row.text} link={row.link} />
      </Stack>
    </Section>
  );
}

function Receipts({ row }: { row: SentAnnouncement }) {
  const { t } = useTranslation(["announcements", "common"]);
  const { tampilkan } = route.useSearch();
  const list = useInfiniteQuery(receiptsQuery(row.id, tampilkan));
  const rows = list.data?.pages.flatMap((page) => page?.items ?? []) ?? [];
  const columns = useColumns(row.must_confirm);
  const parts = [undefined, "unopened", ...(row.must_confirm ? ["unconfirmed"] : [])] as const;
  const of = (count: number) => t("sent.of", { count, total: row.districts });
  return (
    <Section title={t("sent.receipts")}>
      <Stack>
        <Text>
          {t("sent.col_opened")}: {of(row.opened)}.
          {row.must_confirm ? ` ${t("sent.col_confirmed")}: ${of(row.confirmed)}.` : null}
        </Text>
        <SubNav label={t("sent.which")}>
          {parts.map((part) => (
            <SubNavLink
              key={part ?? "all"}
              to="/pusat/pengumuman/$pengumuman"
              params={{ pengumuman: row.id }}
              search={{ tampilkan: part as "unopened" | "unconfirmed" | undefined }}
              isShown={part === tampilkan}
            >
              {t(`sent.${(part ?? "all") as "all" | "unopened" | "unconfirmed"}`)}
            </SubNavLink>
          ))}
        </SubNav>
        <ProblemAlert error={list.error} onRetry={() => list.refetch()} />
        {list.isPending ? <PageSkeleton /> : null}
        {list.isSuccess && rows.length === 0 ? <Text c="dimmed">{t("sent.none_left")}</Text> : null}
        {rows.length > 0 ? (
          <CardTable
            caption={t("sent.receipts_table")}
            columns={columns}
            rows={rows}
            rowKey={(receipt) => receipt.district_code}
          />
        ) : null}
        <LoadMore list={list} />
      </Stack>
    </Section>
  );
}

function useColumns(mustConfirm: boolean): Column<Receipt>[] {
  const { t } = useTranslation(["announcements", "common"]);
  const language = currentLanguage();
  const columns: Column<Receipt>[] = [
    {
      key: "district",
      label: t("sent.col_district"),
      isName: true,
      render: (row) => (
        <>
          {row.district_name}
          <Text c="dimmed" fw={400}>
            {row.province_name}
          </Text>
        </>
      ),
    },
    {
      key: "readers",
      label: t("sent.col_readers"),
      render: (row) =>
        row.readers.length === 0 ? (
          t("sent.nobody")
        ) : (
          <ul className={classes.readers}>
            {row.readers.map((reader) => {
              const { name, role } = reader;
              const who = name ? t("sent.named", { name, role }) : role;
              return (
                <li key={`${role} ${reader.opened_at}`}>
                  {t("sent.reader", { who, moment: formatMoment(reader.opened_at, language) })}
                </li>
              );
            })}
          </ul>
        ),
    },
  ];
  if (!mustConfirm) return columns;
  return [
    ...columns,
    {
      key: "confirmed",
      label: t("sent.col_confirmed_by"),
      render: (row) =>
        row.confirmed_at
          ? t("sent.confirmed_by", {
              name: row.confirmed_by_name ?? "",
              moment: formatMoment(row.confirmed_at, language),
            })
          : t("sent.unconfirmed_yet"),
    },
  ];
}

function WithdrawDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation(["announcements", "common"]);
  const client = useQueryClient();
  const [reason, setReason] = useState("");
  const withdraw = useMutation({
    mutationFn: () =>
      api.POST("/api/v1/oversight/announcements/{announcement_id}/withdrawal", {
        params: { path: { announcement_id: id } },
        body: { reason: reason.trim() },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ANNOUNCEMENTS });
      onClose();
    },
  });
  return (
    <Dialog opened onClose={onClose} title={t("sent.withdraw_title")}>
      <Stack>
        <Text>{t("sent.withdraw_body")}</Text>
        <Textarea
          label={t("sent.reason")}
          description={t("sent.reason_hint")}
          autosize
          minRows={2}
          maxLength={500}
          required
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          data-autofocus
        />
        <ProblemAlert error={withdraw.error} />
        <DialogActions
          act={t("sent.withdraw")}
          busy={withdraw.isPending}
          disabled={reason.trim() === ""}
          onAct={() => withdraw.mutate()}
          onClose={onClose}
        />
      </Stack>
    </Dialog>
  );
}
