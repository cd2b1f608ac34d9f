import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { BackLink } from "@/ui/links";
import { PastReadinessPage } from "@/ui/readiness/past-page";

const route = getRouteApi("/kerja/d/$code/keadaan");

/** How ready one's own district was on a past day. */
export function PastPage() {
  const { t } = useTranslation("past");
  const { code } = route.useParams();
  const navigate = route.useNavigate();
  return (
    <PastReadinessPage
      code={code}
      search={route.useSearch()}
      onSearch={(search) => void navigate({ search, replace: true })}
      back={
        <BackLink to="/d/$code" params={{ code }}>
          {t("today")}
        </BackLink>
      }
    />
  );
}
