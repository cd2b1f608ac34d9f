import { Alert, Button, Skeleton, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { meQuery } from "@/api/me";
import { isProblem } from "@/api/problem";
import { endSession, enter, forgetPerson } from "@/api/sign-in";
import type { InvitationPreview } from "@/api/types";
import { useSessionState } from "@/api/use-session";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { ButtonLink } from "@/ui/links";
import { ProblemAlert } from "@/ui/problem-alert";
import { useLinkToken } from "@/ui/use-link-token";
import { AuthCard } from "./auth-card";
import { forgetInvitation, keepInvitation, keptInvitation } from "./kept-invitation";
import { NewAccountForm } from "./new-account-form";

/** Accepting an invitation: a new account, or joining with the one the address already has. */
export function InvitationPage() {
  const { t } = useTranslation(["auth", "common"]);
  const token = useLinkToken() ?? keptInvitation();
  const navigate = useNavigate();
  const preview = useQuery({
    queryKey: ["invitation", token],
    enabled: Boolean(token),
    queryFn: async () => {
      const { data } = await api.POST("/api/v1/auth/invitation", { body: { token: token ?? "" } });
      if (!data) throw new Error("an invitation preview has a body");
      return data;
    },
  });
  const accept = useMutation({
    mutationFn: async (account: { name?: string; password?: string }) => {
      const { data } = await api.POST("/api/v1/auth/invitation/accept", {
        body: { token: token ?? "", ...account },
      });
      if (!data) return;
      await enter(data);
      await navigate({ to: "/ruang" });
      forgetInvitation();
    },
  });

  const expired = !token || [preview.error, accept.error].some((e) => isProblem(e, "link_expired"));
  if (expired) {
    return (
      <AuthCard title={t("invitation.expired_title")} lead={t("invitation.expired")}>
        <ButtonLink to="/" variant="default">
          {t("common:problem.to_home")}
        </ButtonLink>
      </AuthCard>
    );
  }
  if (!preview.data) {
    return (
      <AuthCard title={t("invitation.title")}>
        {preview.error ? (
          <ProblemAlert error={preview.error} onRetry={() => preview.refetch()} />
        ) : (
          <Skeleton h={160} />
        )}
      </AuthCard>
    );
  }
  const invitation = preview.data;
  return (
    <AuthCard
      title={t("invitation.title")}
      lead={t("invitation.lead", {
        inviter: invitation.unit_name,
        area: invitation.area_name,
        role: invitation.role_name,
      })}
    >
      <Text>
        {t("invitation.for", { email: invitation.email })}{" "}
        {t("invitation.valid_until", {
          date: formatDate(invitation.expires_at, currentLanguage()),
        })}
      </Text>
      {invitation.account_exists ? (
        <JoinWithAccount
          token={token}
          invitation={invitation}
          busy={accept.isPending}
          error={accept.error}
          onAccept={() => accept.mutate({})}
        />
      ) : (
        <NewAccountForm onSubmit={(account) => accept.mutateAsync(account)} />
      )}
    </AuthCard>
  );
}

interface JoinProps {
  token: string;
  invitation: InvitationPreview;
  busy: boolean;
  error: unknown;
  onAccept: () => void;
}

function JoinWithAccount({ token, invitation, busy, error, onAccept }: JoinProps) {
  const { t } = useTranslation(["auth", "common"]);
  const signedIn = useSessionState() === "signed_in";
  const me = useQuery({ ...meQuery, enabled: signedIn }).data?.value;
  const signOut = useMutation({ mutationFn: endSession, onSuccess: forgetPerson });
  useEffect(() => keepInvitation(token), [token]);

  if (!signedIn) {
    return (
      <>
        <Alert color="laut">{t("invitation.existing")}</Alert>
        <ButtonLink to="/masuk" search={{ kembali: "/undangan" }}>
          {t("invitation.sign_in_first", { email: invitation.email })}
        </ButtonLink>
      </>
    );
  }
  if (me && me.email.toLowerCase() !== invitation.email.toLowerCase()) {
    return (
      <>
        <Alert color="kunyit">
          {t("invitation.wrong_account", { email: me.email, invited: invitation.email })}
        </Alert>
        <ProblemAlert error={signOut.error} />
        <Button variant="default" loading={signOut.isPending} onClick={() => signOut.mutate()}>
          {t("common:action.sign_out")}
        </Button>
      </>
    );
  }
  return (
    <>
      <ProblemAlert error={error} />
      <Button onClick={onAccept} loading={busy || !me}>
        {t("invitation.submit_existing")}
      </Button>
    </>
  );
}
