import { Alert, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { may, membershipOf, useMe } from "@/api/me";
import { packageUpdatesQuery } from "@/api/packages";
import { PERMISSION } from "@/api/permissions";
import type { ComponentKind } from "@/lib/components";
import { AnchorLink } from "../links";

interface Props {
  code: string;
  /** Only what concerns this component; everything without one. */
  component?: ComponentKind;
}

/** Says quietly that a model the district follows has a new version; nothing when there is none. */
export function UpdateNotice({ code, component }: Props) {
  const { t } = useTranslation("setup");
  const enabled = may(membershipOf(useMe(), code), PERMISSION.setupRead);
  // A notice that cannot be loaded is no reason to trouble anybody.
  const updates = useQuery({ ...packageUpdatesQuery(code), enabled, retry: false });
  const shown = updates.data?.filter(
    (update) =>
      !component ||
      [...update.changed, ...update.new].some((record) => record.component === component),
  );
  if (!shown?.length) return null;
  return (
    <Alert color="laut" variant="light" className="sp-screen-only">
      {shown.map(({ package_id, newest }) => (
        <Text key={package_id}>
          {t("update_notice", { name: newest.name, version: newest.package_version })}{" "}
          <AnchorLink to="/d/$code/paket/pembaruan/$paket" params={{ code, paket: package_id }}>
            {t("update_open")}
          </AnchorLink>
        </Text>
      ))}
    </Alert>
  );
}
