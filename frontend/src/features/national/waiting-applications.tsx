import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { RegistrationStatus } from "@/api/types";
import { AnchorLink } from "@/ui/links";

/** Applications that somebody of ministry or province has to look at. */
const WAITING: RegistrationStatus[] = ["submitted", "endorsed"];
const MOST = 200;

/** How many applications wait, and the way there. Nothing when none does. */
export function WaitingApplications() {
  const { t } = useTranslation("national");
  const waiting = useQuery({
    queryKey: ["applications-waiting"],
    queryFn: async ({ signal }) => {
      const lists = await Promise.all(
        WAITING.map(async (status) => {
          const query = { status, limit: MOST };
          const { data } = await api.GET("/api/v1/oversight/registrations", {
            params: { query },
            signal,
          });
          return data?.items.length ?? 0;
        }),
      );
      return lists.reduce((a, b) => a + b, 0);
    },
  });
  if (!waiting.data) return null;
  return (
    <Alert color="kunyit" variant="light" className="sp-screen-only">
      {t("waiting", { count: waiting.data })}{" "}
      <AnchorLink to="/pusat/permohonan">{t("waiting_link")}</AnchorLink>
    </Alert>
  );
}
