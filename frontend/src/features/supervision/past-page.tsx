import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { BackLink } from "@/ui/links";
import { PastReadinessPage } from "@/ui/readiness/past-page";

const route = getRouteApi("/kerja/pusat/kabupaten/$wilayah/keadaan");

/** How ready a district was on a past day, for those who oversee it. */
export function DistrictPastPage() {
  const { t } = useTranslation("past");
  const { wilayah: code } = route.useParams();
  const navigate = route.useNavigate();
  return (
    <PastReadinessPage
      code={code}
      search={route.useSearch()}
      onSearch={(search) => void navigate({ search, replace: true })}
      back={
        <BackLink to="/pusat/kabupaten/$wilayah" params={{ wilayah: code }}>
          {t("today")}
        </BackLink>
      }
    />
  );
}
