import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { districtQuery } from "@/api/district";
import { BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page } from "@/ui/page";
import { PastView } from "@/ui/readiness/past-view";

const route = getRouteApi("/kerja/d/$code/keadaan");

/** How ready one's own district was on a past day. */
export function PastPage() {
  const { t } = useTranslation("past");
  const { code } = route.useParams();
  const { tanggal, standar } = route.useSearch();
  const navigate = route.useNavigate();
  const district = useQuery(districtQuery(code));
  if (district.error) throw district.error;
  if (!district.data) return <PageSkeleton />;
  return (
    <Page title={t("title", { district: district.data.name })} lead={t("lead")}>
      <BackLink to="/d/$code" params={{ code }}>
        {t("today")}
      </BackLink>
      <PastView
        code={code}
        date={tanggal}
        standard={standar}
        onChange={(search) => void navigate({ search, replace: true })}
      />
    </Page>
  );
}
