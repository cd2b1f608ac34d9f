import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { IconReplace } from "@tabler/icons-react";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { oversightMembership, useMe } from "@/api/me";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { CardTable, type Column } from "@/ui/card-table";
import { Facts } from "@/ui/facts";
import { AnchorLink, BackLink, ButtonLink } from "@/ui/links";
import { Listed } from "@/ui/listed";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ReasonDialog } from "@/ui/reason-dialog";
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
  const isNation = oversightMembership(useMe())?.scope === "nation";
  if (one.error) throw one.error;
  if (!one.data) return <PageSkeleton />;
  const row = one.data;
  const stands = !row.withdrawn_at && !row.replaced_by;
  // The ministry does not speak in the name of a province.
  const corrects = !(isNation && row.province_name);
  return (
    <Page
      width="wide"
      title={row.title}
      action={
        stands ? (
          <Group gap="sm">
            {corrects ? (
              <ButtonLink to="/pusat/pengumuman/tulis" search={{ ralat: id }} variant="default">
                {t("sent.correct")}
              </ButtonLink>
            ) : null}
            <Button variant="default" onClick={() => setWithdrawing(true)}>
              {t("sent.withdraw")}
            </Button>
          </Group>
        ) : null
      }
    >
      <BackLink to="/pusat/pengumuman">{t("back")}</BackLink>
      <Marks row={row} />
      {row.replaced_by && !row.withdrawn_at ? (
        <Replaced by={row.replaced_by} acts={corrects} />
      ) : null}
      <What row={row} />
      <Receipts row={row} />
      {withdrawing ? (
        <WithdrawDialog
          id={id}
          corrects={Boolean(row.replaces)}
          onClose={() => setWithdrawing(false)}
        />
      ) : null}
    </Page>
  );
}

/** Why nothing can be done here, and where it can. */
function Replaced({ by, acts }: { by: string; acts: boolean }) {
  const { t } = useTranslation("announcements");
  return (
    <Alert color="kunyit" variant="light" title={t("replaced_title")} icon={<IconReplace />}>
      <Text>{t(acts ? "sent.replaced" : "sent.replaced_withdraw")}</Text>
      <AnchorLink to="/pusat/pengumuman/$pengumuman" params={{ pengumuman: by }}>
        {t("open_replacing")}
      </AnchorLink>
    </Alert>
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
        {row.replaced_by && row.withdrawn_at ? (
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
        <Listed list={list} empty={<Text c="dimmed">{t("sent.none_left")}</Text>}>
          {(rows) => (
            <CardTable
              caption={t("sent.receipts_table")}
              columns={columns}
              rows={rows}
              rowKey={(receipt) => receipt.district_code}
            />
          )}
        </Listed>
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

interface WithdrawProps {
  id: string;
  /** It is the correction of another one, which is withdrawn with it. */
  corrects: boolean;
  onClose: () => void;
}

function WithdrawDialog({ id, corrects, onClose }: WithdrawProps) {
  const { t } = useTranslation(["announcements", "common"]);
  const client = useQueryClient();
  const withdraw = useMutation({
    mutationFn: (reason: string) =>
      api.POST("/api/v1/oversight/announcements/{announcement_id}/withdrawal", {
        params: { path: { announcement_id: id } },
        body: { reason },
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ANNOUNCEMENTS });
      onClose();
    },
  });
  return (
    <ReasonDialog
      title={t("sent.withdraw_title")}
      label={t("sent.reason")}
      hint={t("sent.reason_hint")}
      act={t("sent.withdraw")}
      field="reason"
      maxLength={500}
      required
      busy={withdraw.isPending}
      error={withdraw.error}
      onSubmit={withdraw.mutate}
      onClose={onClose}
    >
      {t("sent.withdraw_body")}
      {corrects ? ` ${t("sent.withdraw_older")}` : null}
    </ReasonDialog>
  );
}
