import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { packageOriginsQuery } from "@/api/packages";
import { AnchorLink } from "../links";

interface Props {
  code: string;
  recordId: string;
  /** On the record's own page the package is a link; in lists a line of text is enough. */
  linked?: boolean;
}

/** "dari Model Gowa v1, sudah diubah": where a record comes from; nothing when it is the district's. */
export function OriginLine({ code, recordId, linked = false }: Props) {
  const { t } = useTranslation("setup");
  const origins = useQuery({ ...packageOriginsQuery(code), retry: false });
  const origin = origins.data?.get(recordId);
  // What stands in for a record of a package is the district's own.
  if (!origin || origin.state === "own") return null;
  const words = t("origin.from", { name: origin.package_name, version: origin.package_version });
  return (
    <Text c="dimmed" fw={400} component="span" display="block">
      {linked ? (
        <AnchorLink
          to="/d/$code/paket/$paket"
          params={{ code, paket: origin.model_package_id }}
          c="inherit"
        >
          {words}
        </AnchorLink>
      ) : (
        words
      )}
      {" · "}
      {t(`origin.${origin.state}`)}
    </Text>
  );
}
