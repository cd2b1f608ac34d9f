import { Button, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import { ButtonLink } from "@/ui/links";
import { Page } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { useLinkToken } from "@/ui/use-link-token";

/** Where the link of a digest leads. It asks first: programs that read mails open links too. */
export function OptOutPage() {
  const { t } = useTranslation("notifications");
  const token = useLinkToken();
  const stop = useMutation({
    mutationFn: async () =>
      api.POST("/api/v1/notifications/digest-opt-out", { body: { token: token ?? "" } }),
  });
  const isDamaged = !token || isProblem(stop.error, "link_expired");
  if (stop.isSuccess) {
    return (
      <Page title={t("opt_out.done_title")} width="form">
        <Text role="status">{t("opt_out.done")}</Text>
        <ButtonLink to="/pemberitahuan/pengaturan" style={{ alignSelf: "flex-start" }}>
          {t("opt_out.settings")}
        </ButtonLink>
      </Page>
    );
  }
  return (
    <Page title={t("opt_out.title")} width="form">
      <Text>{t(isDamaged ? "opt_out.damaged" : "opt_out.body")}</Text>
      {isDamaged ? (
        <ButtonLink to="/pemberitahuan/pengaturan" style={{ alignSelf: "flex-start" }}>
          {t("opt_out.settings")}
        </ButtonLink>
      ) : (
        <>
          <ProblemAlert error={stop.error} />
          <Button
            loading={stop.isPending}
            onClick={() => stop.mutate()}
            style={{ alignSelf: "flex-start" }}
          >
            {t("opt_out.confirm")}
          </Button>
        </>
      )}
    </Page>
  );
}
