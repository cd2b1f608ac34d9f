import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { Page } from "@/ui/page";
import { EventTrail, PrintTrail, useTrail } from "./event-trail";
import { installationThings } from "./things";
import { TrailFilters } from "./trail-filters";
import { namesSaid } from "./use-names";

const route = getRouteApi("/kerja/pusat/jejak-audit");

/** The ministry's office; what happened outside districts has no zone of its own. */
const TIME_ZONE = "Asia/Jakarta";

/** Who did what outside districts: sign-in, accounts, applications, the ministry's own doings. */
export function InstallationAuditPage() {
  const { t } = useTranslation("audit");
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const trail = useTrail({
    code: undefined,
    search,
    timeZone: TIME_ZONE,
    enabled: true,
    read: async (query, signal) => {
      const { data } = await api.GET("/api/v1/oversight/audit-events", {
        params: { query },
        signal,
      });
      return data;
    },
  });
  const names = namesSaid(trail.rows);
  const { jenis, id } = search;
  return (
    <Page
      width="wide"
      title={t("installation.title")}
      lead={t("installation.lead")}
      action={<PrintTrail rows={trail.rows} />}
    >
      <TrailFilters
        search={search}
        onChange={(next) => navigate({ search: next })}
        things={installationThings()}
        about={jenis && id ? names.thing(jenis, id) : undefined}
      />
      <EventTrail
        code={undefined}
        trail={trail}
        search={search}
        timeZone={TIME_ZONE}
        names={names}
      />
    </Page>
  );
}
