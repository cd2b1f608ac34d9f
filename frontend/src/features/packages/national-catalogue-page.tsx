import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { may, oversightMembership, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { ButtonLink } from "@/ui/links";
import { Page } from "@/ui/page";
import { Catalogue } from "./catalogue";

const route = getRouteApi("/kerja/pusat/paket");

/** The catalogue as ministry and province see it: what do districts start from. */
export function NationalCataloguePage() {
  const { t } = useTranslation("packages");
  const navigate = route.useNavigate();
  const membership = oversightMembership(useMe());
  const manages = membership?.scope === "nation" && may(membership, PERMISSION.packagesManage);
  return (
    <Page
      width="wide"
      title={t("title")}
      lead={t("lead_national")}
      action={manages ? <ButtonLink to="/pusat/paket/impor">{t("import.open")}</ButtonLink> : null}
    >
      <Catalogue
        place={null}
        filters={route.useSearch()}
        onFilter={(search) => void navigate({ search, replace: true })}
        empty={t("list.empty_national")}
      />
    </Page>
  );
}
