import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { may, membershipOf, useMe } from "@/api/me";
import { adoptionsQuery, type ModelPackage } from "@/api/packages";
import { PERMISSION } from "@/api/permissions";
import { ButtonLink } from "@/ui/links";
import { PackageView } from "./package-page";

const route = getRouteApi("/kerja/d/$code/paket/$paket");

/** A package as a district sees it. */
export function DistrictPackagePage() {
  const { code, paket } = route.useParams();
  return (
    <PackageView place={{ code }} id={paket} action={(one) => <NextStep code={code} one={one} />} />
  );
}

/** Start from it; publish the next version of one's own; see the updates of one that is followed. */
function NextStep({ code, one }: { code: string; one: ModelPackage }) {
  const { t } = useTranslation("packages");
  const membership = membershipOf(useMe(), code);
  const steps = useQuery(adoptionsQuery(code));
  const writes = may(membership, PERMISSION.setupWrite);
  if (one.author.scope === "district" && one.author.code === code && !one.is_imported) {
    return may(membership, PERMISSION.packagesPublish) ? (
      <ButtonLink
        to="/d/$code/paket/terbitkan"
        params={{ code }}
        search={{ paket: one.package_id }}
      >
        {t("own.next_version")}
      </ButtonLink>
    ) : null;
  }
  if (!writes || !steps.isSuccess) return null;
  const follows = steps.data.some((step) => step.package_id === one.package_id && !step.undone_at);
  return (
    <ButtonLink
      to="/d/$code/paket/$paket/mulai"
      params={{ code, paket: one.id }}
      variant={follows ? "default" : "filled"}
    >
      {t(follows ? "adopt.open_more" : "adopt.open")}
    </ButtonLink>
  );
}
