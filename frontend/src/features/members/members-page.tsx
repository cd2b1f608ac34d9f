import { Badge, Button, Group, Text } from "@mantine/core";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import type { Member } from "@/api/types";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { CardTable, type Column } from "@/ui/card-table";
import { DoneLine } from "@/ui/done-line";
import { Empty } from "@/ui/empty";
import { AnchorLink } from "@/ui/links";
import { LoadMore } from "@/ui/load-more";
import { PageSkeleton } from "@/ui/loading";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { ChangeRoleDialog } from "./change-role-dialog";
import { InvitationsSection } from "./invitations-section";
import { InviteDialog } from "./invite-dialog";
import classes from "./members.module.css";
import { RemoveMemberDialog } from "./remove-member-dialog";

const route = getRouteApi("/kerja/d/$code/anggota");

type Dialog =
  | { kind: "invite" }
  | { kind: "role"; member: Member }
  | { kind: "remove"; member: Member };

/** Who works here, with what role, and who is still invited. */
export function MembersPage() {
  const { t } = useTranslation(["members", "common"]);
  const { code } = route.useParams();
  const me = useMe();
  const client = useQueryClient();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [notice, setNotice] = useState<string | null>(null);
  const membership = membershipOf(me, code);
  const manages = may(membership, PERMISSION.membersManage);
  const members = useInfiniteQuery({
    queryKey: ["members", code],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const { data } = await api.GET("/api/v1/districts/{code}/members", {
        params: { path: { code }, query: { cursor, limit: 50 } },
        signal,
      });
      return data;
    },
    getNextPageParam: (page) => page?.next_cursor ?? undefined,
  });

  function open(next: Dialog) {
    setNotice(null);
    setDialog(next);
  }

  async function finish(message: string) {
    setDialog(null);
    // Said once what was pressed is gone, so that the focus finds the line that says it.
    const lists = ["members", "invitations"].map((list) => [list, code]);
    await Promise.all(lists.map((queryKey) => client.invalidateQueries({ queryKey })));
    setNotice(message);
  }

  const columns: Column<Member>[] = [
    {
      key: "name",
      label: t("members.name"),
      isName: true,
      render: (member) => (
        <>
          <Group gap="xs">
            {member.name}
            {member.account_id === me.id ? <Badge>{t("members.you")}</Badge> : null}
          </Group>
          <Text c="dimmed" fw={400}>
            {member.email}
          </Text>
        </>
      ),
    },
    { key: "role", label: t("members.role"), render: (member) => member.role_name },
    {
      key: "joined",
      label: t("members.joined"),
      render: (member) => formatDate(member.joined_at, currentLanguage()),
    },
  ];
  if (manages) {
    columns.push({
      key: "actions",
      label: t("members.actions"),
      hideLabel: true,
      // Changing or removing oneself is the work of another admin: nobody locks themselves out.
      render: (member) =>
        member.account_id === me.id ? null : (
          <MemberActions
            member={member}
            onChangeRole={() => open({ kind: "role", member })}
            onRemove={() => open({ kind: "remove", member })}
          />
        ),
    });
  }

  const rows = members.data?.pages.flatMap((page) => page?.items ?? []) ?? [];
  return (
    <Page
      width="wide"
      title={t("members.title", { unit: membership?.unit_name ?? membership?.area_name ?? "" })}
      lead={t("members.lead")}
      action={
        manages ? (
          <Button onClick={() => open({ kind: "invite" })}>{t("members.invite")}</Button>
        ) : null
      }
    >
      <DoneLine>{notice}</DoneLine>
      <ProblemAlert error={members.error} onRetry={() => members.refetch()} />
      {members.isPending ? <PageSkeleton /> : null}
      {rows.length > 0 ? (
        <CardTable
          sticky
          caption={t("members.table")}
          columns={columns}
          rows={rows}
          rowKey={(member) => member.id}
        />
      ) : null}
      <LoadMore list={members} />
      {members.isSuccess && rows.length <= 1 ? (
        <Empty title={t("members.empty_title")}>{t("members.empty")}</Empty>
      ) : null}
      {manages ? <InvitationsSection code={code} onWithdrawn={finish} /> : null}
      {may(membership, PERMISSION.successionRequest) ? (
        <AnchorLink to="/d/$code/pergantian" params={{ code }} style={{ alignSelf: "flex-start" }}>
          {t("members.succession")}
        </AnchorLink>
      ) : null}
      {dialog?.kind === "invite" ? (
        <InviteDialog code={code} onDone={finish} onClose={() => setDialog(null)} />
      ) : null}
      {dialog?.kind === "role" ? (
        <ChangeRoleDialog
          code={code}
          member={dialog.member}
          onDone={finish}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog?.kind === "remove" ? (
        <RemoveMemberDialog
          code={code}
          member={dialog.member}
          onDone={finish}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </Page>
  );
}

interface ActionsProps {
  member: Member;
  onChangeRole: () => void;
  onRemove: () => void;
}

function MemberActions({ member, onChangeRole, onRemove }: ActionsProps) {
  const { t } = useTranslation(["members", "common"]);
  const { name } = member;
  return (
    <Group gap="xs" justify="flex-end" className={classes.actions}>
      <Button
        variant="default"
        onClick={onChangeRole}
        aria-label={t("members.change_role_of", { name })}
      >
        {t("members.change_role")}
      </Button>
      <Button variant="subtle" onClick={onRemove} aria-label={t("members.remove_of", { name })}>
        {t("members.remove")}
      </Button>
    </Group>
  );
}
