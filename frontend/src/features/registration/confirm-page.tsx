import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { ButtonLink } from "@/ui/links";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { useLinkToken } from "@/ui/use-link-token";
import { storeTicket } from "./ticket";

/** Redeems the link of the confirmation mail and goes on to the application. */
export function ConfirmPage() {
  const { t } = useTranslation(["registration", "common"]);
  const token = useLinkToken();
  const navigate = useNavigate();
  // A query, although it changes something: the link works once, and React may mount a page twice.
  const confirmation = useQuery({
    queryKey: ["confirm-email", token],
    enabled: Boolean(token),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    queryFn: async () =>
      (await api.POST("/api/v1/registrations/confirm-email", { body: { token: token ?? "" } }))
        .data,
  });
  const { data } = confirmation;
  useEffect(() => {
    if (!data) return;
    storeTicket({ id: data.registration_id, token: data.status_token });
    void navigate({ to: "/daftar/status", replace: true });
  }, [data, navigate]);

  const expired = isProblem(confirmation.error, "link_expired");
  return (
    <Page title={expired ? t("confirm.expired_title") : t("confirm.title")}>
      {token ? null : <Text>{t("confirm.no_token")}</Text>}
      {expired ? (
        <>
          <Text>{t("confirm.expired")}</Text>
          <ButtonLink to="/daftar/status" style={{ alignSelf: "flex-start" }}>
            {t("status.title")}
          </ButtonLink>
        </>
      ) : (
        <ProblemAlert error={confirmation.error} onRetry={() => confirmation.refetch()} />
      )}
      {token && confirmation.isPending ? (
        <>
          <Text role="status">{t("confirm.working")}</Text>
          <Skeleton h={120} />
        </>
      ) : null}
    </Page>
  );
}
