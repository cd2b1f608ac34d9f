import { Alert, Button, Group, List, Stack, Text } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { may, membershipOf, oversightMembership, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { LoadMore } from "@/ui/load-more";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { AskDialog } from "./ask-dialog";
import { DecideDialog } from "./decide-dialog";
import { RequestCard } from "./request-card";
import { coordinatorsQuery, type Succession, successionsQuery, useWithdraw } from "./succession";

const route = getRouteApi("/kerja/d/$code/pergantian");

/** Who coordinates, and who shall follow: for the district's people and for those who decide. */
export function SuccessionPage() {
  const { t } = useTranslation(["succession", "common"]);
  const { code } = route.useParams();
  const me = useMe();
  const membership = membershipOf(me, code) ?? oversightMembership(me);
  const coordinators = useQuery(coordinatorsQuery(code));
  const list = useInfiniteQuery(successionsQuery(code));
  const [asks, setAsks] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const rows = list.data?.pages.flatMap((page) => page?.items ?? []) ?? [];
  const waiting = rows.filter((row) => row.status === "requested" || row.status === "approved");
  const past = rows.filter((row) => !waiting.includes(row));
  const isAsked = rows.some((row) => row.status === "requested");
  const mayAsk = may(membership, PERMISSION.successionRequest);
  const error = coordinators.error ?? list.error;
  if (!error && (!coordinators.data || !list.data)) return <PageSkeleton />;
  return (
    <Page
      title={t("title")}
      lead={t("lead")}
      action={
        mayAsk && !isAsked && list.isSuccess ? (
          <Button onClick={() => setAsks(true)}>{t("ask.open")}</Button>
        ) : null
      }
    >
      <div role="status">{said ? <Alert color="laut">{said}</Alert> : null}</div>
      <ProblemAlert
        error={error}
        onRetry={() => {
          void coordinators.refetch();
          void list.refetch();
        }}
      />
      {waiting.map((row) => (
        <Section key={row.id} title={t(`status.${row.status}`)}>
          <OpenRequest code={code} row={row} onSaid={setSaid} />
        </Section>
      ))}
      {coordinators.data ? (
        <Section title={t("now")}>
          {coordinators.data.length === 0 ? <Text>{t("now_none")}</Text> : null}
          <List>
            {coordinators.data.map((row) => (
              <List.Item key={row.id}>
                {row.name}{" "}
                <Text span c="dimmed">
                  {t(row.is_disabled ? "closed" : "since", {
                    day: formatDate(row.joined_at, currentLanguage()),
                  })}
                </Text>
              </List.Item>
            ))}
          </List>
        </Section>
      ) : null}
      {past.length > 0 ? (
        <Section title={t("past")}>
          <Stack gap="xl">
            {past.map((row) => (
              <RequestCard key={row.id} row={row} />
            ))}
          </Stack>
          <LoadMore list={list} />
        </Section>
      ) : null}
      {asks ? (
        <AskDialog
          code={code}
          onDone={() => {
            setAsks(false);
            setSaid(t("asked"));
          }}
          onClose={() => setAsks(false)}
        />
      ) : null}
    </Page>
  );
}

interface OpenProps {
  code: string;
  row: Succession;
  onSaid: (text: string) => void;
}

type Act = "approve" | "refuse" | "withdraw";

/** A request that waits for a decision, or for the successor to join, and what this reader may do about it. */
function OpenRequest({ code, row, onSaid }: OpenProps) {
  const { t } = useTranslation(["succession", "common"]);
  const me = useMe();
  const [act, setAct] = useState<Act | null>(null);
  const close = () => setAct(null);
  const withdraw = useWithdraw(code, row, () => {
    close();
    onSaid(t("withdrawn"));
  });
  const isOwn = row.requested_by === me.id;
  const isReviewer = may(oversightMembership(me), PERMISSION.successionDecide);
  const isAsked = row.status === "requested";
  const decides =
    isAsked && isReviewer && !isOwn && !membershipOf(me, code) && row.successor_email !== me.email;
  return (
    <Stack>
      <RequestCard row={row} />
      {decides ? (
        <Group>
          <Button onClick={() => setAct("approve")}>{t("approve.act")}</Button>
          <Button variant="default" onClick={() => setAct("refuse")}>
            {t("refuse.act")}
          </Button>
        </Group>
      ) : isAsked ? (
        <Text c="dimmed">{t(isOwn ? "waits_own" : "waits")}</Text>
      ) : null}
      {isOwn || (isReviewer && !isAsked) ? (
        <Group>
          <Button variant="default" onClick={() => setAct("withdraw")}>
            {t("withdraw.act")}
          </Button>
        </Group>
      ) : null}
      {act === "approve" || act === "refuse" ? (
        <DecideDialog
          code={code}
          row={row}
          approved={act === "approve"}
          onDone={(done) => {
            close();
            onSaid(t(`done.${done.status}`, { email: done.successor_email }));
          }}
          onClose={close}
        />
      ) : null}
      <ConfirmDialog
        opened={act === "withdraw"}
        title={t("withdraw.title")}
        confirm={t("withdraw.act")}
        busy={withdraw.isPending}
        error={withdraw.error}
        onConfirm={() => withdraw.mutate()}
        onClose={close}
      >
        {t("withdraw.means")}
      </ConfirmDialog>
    </Stack>
  );
}
