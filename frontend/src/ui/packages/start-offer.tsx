import { Group, Paper, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { may, membershipOf, useMe } from "@/api/me";
import { adoptionsQuery, cataloguePackagesQuery } from "@/api/packages";
import { PERMISSION } from "@/api/permissions";
import type { ComponentKind } from "@/lib/components";
import { ButtonLink } from "../links";

interface Props {
  code: string;
  /** Only packages that hold something of this component. */
  component?: ComponentKind;
}

/** A beginning for who has little yet: take over what another district made. */
export function StartOffer({ code, component }: Props) {
  const { t } = useTranslation("setup");
  const membership = membershipOf(useMe(), code);
  const enabled = may(membership, PERMISSION.setupWrite) && may(membership, PERMISSION.setupRead);
  const packages = useQuery({ ...cataloguePackagesQuery, enabled, retry: false });
  const steps = useQuery({ ...adoptionsQuery(code), enabled, retry: false });
  const offered = packages.data?.filter(
    (one) =>
      one.author.code !== code &&
      (!component || one.counts.some((count) => count.component === component)),
  );
  if (!offered?.length || !steps.data) return null;
  // Who has begun with a package finds the others in the catalogue.
  if (!component && steps.data.some((step) => !step.undone_at)) return null;
  return (
    <Paper withBorder p={{ base: "md", sm: "lg" }} component="section" className="sp-screen-only">
      <Group justify="space-between" gap="md">
        <div style={{ flex: "1 1 18rem" }}>
          <Title order={2}>{t("start.title")}</Title>
          <Text mt={6}>{t("start.body", { count: offered.length })}</Text>
        </div>
        <ButtonLink
          to="/d/$code/paket"
          params={{ code }}
          search={component ? { komponen: component } : {}}
        >
          {t("start.open")}
        </ButtonLink>
      </Group>
    </Paper>
  );
}
