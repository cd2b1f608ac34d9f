import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { districtQuery } from "@/api/district";
import { may, membershipOf, useMe } from "@/api/me";
import { memberOptionsQuery } from "@/api/members";
import { PERMISSION } from "@/api/permissions";
import { PageSkeleton } from "@/ui/loading";
import { Page } from "@/ui/page";
import { EventTrail, PrintTrail, useTrail } from "./event-trail";
import { thingGroups } from "./things";
import { TrailFilters } from "./trail-filters";
import { useNames } from "./use-names";

const route = getRouteApi("/kerja/d/$code/jejak-audit");

/** Who did what to what in a district, when. Filters live in the address. */
export function AuditPage() {
  const { t } = useTranslation("audit");
  const { code } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const district = useQuery(districtQuery(code));
  const timeZone = district.data?.time_zone ?? "";
  const trail = useTrail({
    code,
    search,
    timeZone,
    enabled: district.isSuccess,
    read: async (query, signal) => {
      const { data } = await api.GET("/api/v1/districts/{code}/audit-events", {
        params: { path: { code }, query },
        signal,
      });
      return data;
    },
  });
  const names = useNames(code, trail.rows);
  const seesMembers = may(membershipOf(useMe(), code), PERMISSION.membersRead);
  const members = useQuery({ ...memberOptionsQuery(code), enabled: seesMembers });
  const people = (members.data ?? []).map(({ account_id, name }) => ({
    value: account_id,
    label: name,
  }));
  if (district.error) throw district.error;
  if (!district.data) return <PageSkeleton />;
  const { jenis, id } = search;
  return (
    <Page
      width="wide"
      title={t("title", { unit: district.data.unit_name })}
      lead={t("lead")}
      action={<PrintTrail rows={trail.rows} />}
    >
      <TrailFilters
        search={search}
        onChange={(next) => navigate({ search: next })}
        things={thingGroups()}
        people={seesMembers ? people : undefined}
        about={jenis && id ? names.thing(jenis, id) : undefined}
      />
      <EventTrail code={code} trail={trail} search={search} timeZone={timeZone} names={names} />
    </Page>
  );
}
