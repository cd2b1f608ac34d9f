import { Badge, Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, query } from "@/api/client";
import type { Session } from "@/api/types";
import { describeDevice } from "@/lib/device";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { DoneLine } from "@/ui/done-line";
import { Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";

/** Devices where this account is signed in, with the means to end any of them. */
export function SessionsSection() {
  const { t } = useTranslation(["account", "common"]);
  const client = useQueryClient();
  const sessions = query.useQuery("get", "/api/v1/me/sessions", {
    params: { query: { limit: 100 } },
  });
  const revoke = useMutation({
    mutationFn: (session_id: string) =>
      api.DELETE("/api/v1/me/sessions/{session_id}", {
        params: { path: { session_id } },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/v1/me/sessions"] }),
  });

  return (
    <Section title={t("sessions.title")}>
      <Text c="dimmed" mb="md">
        {t("sessions.lead")}
      </Text>
      <ProblemAlert error={sessions.error} onRetry={() => sessions.refetch()} />
      <ProblemAlert error={revoke.error} />
      <DoneLine>{revoke.isSuccess ? t("sessions.revoked") : null}</DoneLine>
      {sessions.isPending ? <Skeleton h={120} /> : null}
      <Stack component="ul" p={0} m={0} gap="md" style={{ listStyle: "none" }}>
        {sessions.data?.items.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            busy={revoke.isPending && revoke.variables === session.id}
            onRevoke={() => revoke.mutate(session.id)}
          />
        ))}
      </Stack>
    </Section>
  );
}

interface RowProps {
  session: Session;
  busy: boolean;
  onRevoke: () => void;
}

function SessionRow({ session, busy, onRevoke }: RowProps) {
  const { t } = useTranslation(["account", "common"]);
  const parts = describeDevice(session.user_agent ?? "");
  const device = parts ? t("sessions.device", parts) : t("sessions.unknown_device");
  return (
    <Group component="li" justify="space-between" gap="sm">
      <div>
        <Group gap="xs">
          <Text fw={600}>{device}</Text>
          {session.current ? <Badge>{t("sessions.this")}</Badge> : null}
        </Group>
        <Text>
          {t("sessions.last_used", {
            moment: formatMoment(session.last_used_at, currentLanguage()),
          })}
        </Text>
        {session.ip ? <Text c="dimmed">{t("sessions.from", { ip: session.ip })}</Text> : null}
      </div>
      {session.current ? null : (
        <Button
          variant="default"
          loading={busy}
          onClick={onRevoke}
          aria-label={t("sessions.revoke_label", { device })}
        >
          {t("sessions.revoke")}
        </Button>
      )}
    </Group>
  );
}
