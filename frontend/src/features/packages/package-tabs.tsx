import { useTranslation } from "react-i18next";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { SubNav, SubNavLink } from "@/ui/sub-nav";

type Tab = "catalogue" | "updates" | "own" | "compare" | "transfer";

/** The parts of a district's packages. */
export function PackageTabs({ code, shown }: { code: string; shown: Tab }) {
  const { t } = useTranslation("packages");
  const membership = membershipOf(useMe(), code);
  const params = { code };
  return (
    <SubNav label={t("tab.label")}>
      <SubNavLink to="/d/$code/paket" params={params} isShown={shown === "catalogue"}>
        {t("tab.catalogue")}
      </SubNavLink>
      <SubNavLink to="/d/$code/paket/pembaruan" params={params} isShown={shown === "updates"}>
        {t("tab.updates")}
      </SubNavLink>
      {may(membership, PERMISSION.packagesPublish) ? (
        <SubNavLink to="/d/$code/paket/terbitan" params={params} isShown={shown === "own"}>
          {t("tab.own")}
        </SubNavLink>
      ) : null}
      <SubNavLink to="/d/$code/paket/bandingkan" params={params} isShown={shown === "compare"}>
        {t("tab.compare")}
      </SubNavLink>
      {may(membership, PERMISSION.setupTransfer) ? (
        <SubNavLink to="/d/$code/paket/cadangan" params={params} isShown={shown === "transfer"}>
          {t("tab.transfer")}
        </SubNavLink>
      ) : null}
    </SubNav>
  );
}
