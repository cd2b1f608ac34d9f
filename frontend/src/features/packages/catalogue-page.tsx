import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { ButtonLink } from "@/ui/links";
import { Page } from "@/ui/page";
import { Catalogue } from "./catalogue";
import { PackageTabs } from "./package-tabs";

const route = getRouteApi("/kerja/d/$code/paket");

/** The catalogue as a district sees it: from whom could we start. */
export function CataloguePage() {
  const { t } = useTranslation("packages");
  const { code } = route.useParams();
  const navigate = route.useNavigate();
  const publishes = may(membershipOf(useMe(), code), PERMISSION.packagesPublish);
  return (
    <Page
      width="wide"
      title={t("title")}
      lead={t("lead")}
      action={
        publishes ? (
          <ButtonLink variant="default" to="/d/$code/paket/terbitkan" params={{ code }}>
            {t("publish.open")}
          </ButtonLink>
        ) : null
      }
    >
      <PackageTabs code={code} shown="catalogue" />
      <Catalogue
        place={{ code }}
        filters={route.useSearch()}
        onFilter={(search) => void navigate({ search, replace: true })}
        empty={t("list.empty_district")}
      />
    </Page>
  );
}
