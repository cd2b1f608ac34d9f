import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { districtQuery } from "@/api/district";
import { ownPackagesQuery } from "@/api/packages";
import { Empty } from "@/ui/empty";
import { AnchorLink, BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page } from "@/ui/page";
import { PublishForm } from "./publish-form";

const route = getRouteApi("/kerja/d/$code/paket/terbitkan");

/** A district puts its setup on offer: what, under which name, and exactly what leaves. */
export function PublishPage() {
  const { t } = useTranslation("packages");
  const { code } = route.useParams();
  const { paket } = route.useSearch();
  const district = useQuery(districtQuery(code));
  const own = useQuery(ownPackagesQuery(code));
  if (district.error) throw district.error;
  if (own.error) throw own.error;
  if (!district.data || !own.data) return <PageSkeleton />;
  return (
    <Page width="text" title={t("publish.title")} lead={t("publish.lead")}>
      <BackLink to="/d/$code/paket/terbitan" params={{ code }}>
        {t("publish.back")}
      </BackLink>
      {district.data.live_at ? (
        <PublishForm
          key={paket ?? ""}
          code={code}
          district={district.data}
          own={own.data}
          packageId={paket}
        />
      ) : (
        <Empty title={t("publish.not_live_title")}>
          {t("publish.not_live")}{" "}
          <AnchorLink to="/d/$code/tinjauan" params={{ code }}>
            {t("publish.to_launch")}
          </AnchorLink>
        </Empty>
      )}
    </Page>
  );
}
