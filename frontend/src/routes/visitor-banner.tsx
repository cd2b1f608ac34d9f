import { Alert } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { districtQuery } from "@/api/district";
import { AnchorLink } from "@/ui/links";

/** Says whose screens these are to somebody who oversees the district, and leads back. */
export function VisitorBanner({ code }: { code: string }) {
  const { t } = useTranslation();
  // A district beyond reach does not exist; its page says so.
  const district = useQuery(districtQuery(code));
  if (!district.data) return null;
  return (
    <Alert color="laut" variant="light" mb="md" className="sp-screen-only">
      {t("visitor.text", { district: district.data.name })}{" "}
      <AnchorLink to="/pusat/kabupaten/$wilayah" params={{ wilayah: code }}>
        {t("visitor.back")}
      </AnchorLink>
    </Alert>
  );
}
