import { Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { LARGEST_PAGE } from "@/api/every-page";
import type { Invitation } from "@/api/types";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";

interface Props {
  code: string;
  onWithdrawn: (message: string) => void;
}

/** Invitations nobody accepted yet. */
export function InvitationsSection({ code, onWithdrawn }: Props) {
  const { t } = useTranslation(["members", "common"]);
  const invitations = useQuery({
    queryKey: ["invitations", code],
    queryFn: async ({ signal }) =>
      (
        await api.GET("/api/v1/districts/{code}/invitations", {
          params: { path: { code }, query: { limit: LARGEST_PAGE } },
          signal,
        })
      ).data,
  });
  const withdraw = useMutation({
    mutationFn: ({ id }: Invitation) =>
      api.DELETE("/api/v1/districts/{code}/invitations/{invitation_id}", {
        params: { path: { code, invitation_id: id } },
      }),
    onSuccess: (_, { email }) => onWithdrawn(t("invitations.withdrawn", { email })),
  });

  return (
    <Section title={t("invitations.title")}>
      <ProblemAlert error={invitations.error} onRetry={() => invitations.refetch()} />
      <ProblemAlert error={withdraw.error} />
      {invitations.isPending ? <Skeleton h={60} /> : null}
      {invitations.data?.items.length === 0 ? <Text>{t("invitations.none")}</Text> : null}
      <Stack component="ul" p={0} m={0} style={{ listStyle: "none" }}>
        {invitations.data?.items.map((invitation) => (
          <Group component="li" key={invitation.id} justify="space-between" gap="sm">
            <div>
              <Text fw={600} style={{ overflowWrap: "anywhere" }}>
                {invitation.email}
              </Text>
              <Text c="dimmed">
                {invitation.role_name} ·{" "}
                {t("invitations.expires", {
                  date: formatDate(invitation.expires_at, currentLanguage()),
                })}
              </Text>
            </div>
            <Button
              variant="default"
              loading={withdraw.isPending && withdraw.variables.id === invitation.id}
              onClick={() => withdraw.mutate(invitation)}
              aria-label={t("invitations.withdraw_of", { email: invitation.email })}
            >
              {t("invitations.withdraw")}
            </Button>
          </Group>
        ))}
      </Stack>
    </Section>
  );
}
