import { Button, Group, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { everyPage } from "@/api/every-page";
import { may, oversightMembership, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import type { components } from "@/api/schema.gen";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { CardTable, type Column } from "@/ui/card-table";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { DoneLine } from "@/ui/done-line";
import { Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { RegistrationState } from "@/ui/registration-state";
import { InviteDistrictDialog } from "./invite-district-dialog";

type InvitedDistrict = components["schemas"]["InvitedDistrict"];

/** All of them: they are narrowed by province and name here. */
function allInvited(signal: AbortSignal): Promise<InvitedDistrict[]> {
  return everyPage((page) =>
    api.GET("/api/v1/oversight/invited-districts", { params: { query: page }, signal }),
  );
}

interface Props {
  /** Only of the province with this code. */
  province: string | undefined;
  /** Only with this text in the name. */
  search: string | undefined;
}

/** Districts that were invited and are not here yet, each with where its invitation was announced. */
export function InvitedDistricts({ province, search }: Props) {
  const { t } = useTranslation(["supervision", "common"]);
  const client = useQueryClient();
  const manages = may(oversightMembership(useMe()), PERMISSION.invitationsManage);
  const [opened, setOpened] = useState<"invite" | InvitedDistrict | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const columns = useColumns(manages ? setOpened : undefined);
  const finish = async (message: string) => {
    setOpened(null);
    void client.invalidateQueries({ queryKey: ["oversight-overview"] });
    // Said once the row is gone, so that the focus finds the line that says it.
    await client.invalidateQueries({ queryKey: ["oversight-invited-districts"] });
    setDone(message);
  };
  const invited = useQuery({
    queryKey: ["oversight-invited-districts"],
    queryFn: ({ signal }) => allInvited(signal),
  });
  const wanted = search?.toLowerCase() ?? "";
  const rows = (invited.data ?? []).filter(
    (row) =>
      (!province || row.province_code === province) && row.name.toLowerCase().includes(wanted),
  );
  if (!manages && !invited.error && rows.length === 0) {
    return null;
  }
  return (
    <Section title={t("invited.title")}>
      <Group justify="space-between" align="flex-start" mb="sm">
        <Text flex="1 1 20rem">{t("invited.lead")}</Text>
        {manages ? (
          <Button
            variant="default"
            className="sp-screen-only"
            leftSection={<IconPlus size={20} aria-hidden />}
            onClick={() => setOpened("invite")}
          >
            {t("invite.open")}
          </Button>
        ) : null}
      </Group>
      <DoneLine>{done}</DoneLine>
      <ProblemAlert error={invited.error} onRetry={() => invited.refetch()} />
      {rows.length > 0 ? (
        <CardTable
          caption={t("invited.table")}
          columns={columns}
          rows={rows}
          rowKey={(row) => row.id}
        />
      ) : null}
      {opened === "invite" ? (
        <InviteDistrictDialog
          onDone={(name) => finish(t("invite.done", { name }))}
          onClose={() => setOpened(null)}
        />
      ) : null}
      {opened && opened !== "invite" ? (
        <WithdrawDialog
          row={opened}
          onDone={() => finish(t("withdraw.done", { name: opened.name }))}
          onClose={() => setOpened(null)}
        />
      ) : null}
    </Section>
  );
}

interface WithdrawProps {
  row: InvitedDistrict;
  onDone: () => void;
  onClose: () => void;
}

/** An invitation that was recorded by mistake is taken out of the list; the audit trail keeps it. */
function WithdrawDialog({ row, onDone, onClose }: WithdrawProps) {
  const { t } = useTranslation("supervision");
  const withdraw = useMutation({
    mutationFn: () =>
      api.DELETE("/api/v1/oversight/invited-districts/{district_code}", {
        params: { path: { district_code: row.code } },
      }),
    onSuccess: onDone,
  });
  return (
    <ConfirmDialog
      opened
      danger
      title={t("withdraw.title", { name: row.name })}
      confirm={t("withdraw.confirm")}
      busy={withdraw.isPending}
      error={withdraw.error}
      onConfirm={() => withdraw.mutate()}
      onClose={onClose}
    >
      {t("withdraw.body")}
    </ConfirmDialog>
  );
}

/** `onWithdraw` for who may. */
function useColumns(onWithdraw?: (row: InvitedDistrict) => void): Column<InvitedDistrict>[] {
  const { t } = useTranslation("supervision");
  const withdraw: Column<InvitedDistrict> = {
    key: "withdraw",
    label: t("withdraw.confirm"),
    hideLabel: true,
    render: (row) => (
      <Button
        variant="subtle"
        size="compact-md"
        aria-label={t("withdraw.of", { name: row.name })}
        onClick={() => onWithdraw?.(row)}
      >
        {t("withdraw.confirm")}
      </Button>
    ),
  };
  return [
    {
      key: "name",
      label: t("col.name"),
      isName: true,
      render: (row) => (
        <>
          {row.name}
          <Text c="dimmed" fw={400}>
            {row.province_name}
          </Text>
        </>
      ),
    },
    {
      key: "invited",
      label: t("invited.col.invited"),
      render: (row) => (
        <>
          {formatDate(row.invited_on, currentLanguage())}
          {row.wave ? `, ${t("invited.wave", { wave: row.wave })}` : null}
          {row.letter_number ? (
            <Text c="dimmed">{t("invited.letter", { number: row.letter_number })}</Text>
          ) : null}
          <Text c="dimmed">{t("invited.source", { source: row.source })}</Text>
        </>
      ),
    },
    {
      key: "application",
      label: t("invited.col.application"),
      render: (row) =>
        row.application ? <RegistrationState status={row.application} /> : t("invited.not_applied"),
    },
    ...(onWithdraw ? [withdraw] : []),
  ];
}
