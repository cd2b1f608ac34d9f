import { Box, Paper, Stack, Text } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/me";
import { Empty } from "@/ui/empty";
import { AnchorLink, ButtonLink } from "@/ui/links";
import { Page } from "@/ui/page";
import { workspaceLink } from "@/ui/workspace-link";

/** Where to work, for people who belong to several places or to none. */
export function ChoosePage() {
  const { t } = useTranslation(["auth", "common"]);
  const me = useMe();
  if (me.memberships.length === 0) {
    return (
      <Page title={t("choose.title")}>
        <Empty title={t("choose.none_title")}>
          <Text mb="md">{t("choose.none", { email: me.email })}</Text>
          <ButtonLink to="/daftar" variant="default">
            {t("common:action.register")}
          </ButtonLink>
        </Empty>
      </Page>
    );
  }
  return (
    <Page title={t("choose.title")} lead={t("choose.lead")}>
      <Stack component="ul" p={0} m={0} style={{ listStyle: "none" }}>
        {me.memberships.map((membership) => (
          <Paper component="li" withBorder key={membership.id}>
            <AnchorLink {...workspaceLink(membership)} underline="never" p="md" display="flex">
              <Box flex={1}>
                <Text fw={600}>{membership.unit_name ?? membership.area_name}</Text>
                <Text c="dimmed">
                  {membership.unit_name ? `${membership.area_name} · ` : ""}
                  {membership.role_name}
                </Text>
              </Box>
              <IconChevronRight aria-hidden style={{ alignSelf: "center" }} />
            </AnchorLink>
          </Paper>
        ))}
      </Stack>
    </Page>
  );
}
