import { useTranslation } from "react-i18next";
import { SubNav, SubNavLink } from "@/ui/sub-nav";

/** The pages on one district for those who oversee it. */
export function DistrictParts({
  code,
  shown,
}: {
  code: string;
  shown: "readiness" | "history" | "letters";
}) {
  const { t } = useTranslation(["supervision", "common"]);
  const params = { wilayah: code };
  return (
    <SubNav label={t("parts")}>
      <SubNavLink to="/pusat/kabupaten/$wilayah" params={params} isShown={shown === "readiness"}>
        {t("common:nav.readiness")}
      </SubNavLink>
      <SubNavLink
        to="/pusat/kabupaten/$wilayah/riwayat"
        params={params}
        isShown={shown === "history"}
      >
        {t("common:nav.history")}
      </SubNavLink>
      <SubNavLink
        to="/pusat/kabupaten/$wilayah/surat"
        params={params}
        isShown={shown === "letters"}
      >
        {t("common:nav.letters")}
      </SubNavLink>
    </SubNav>
  );
}
