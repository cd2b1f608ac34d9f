import { Group, Paper, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { query } from "@/api/client";
import { districtQuery } from "@/api/district";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Facts } from "@/ui/facts";
import { ButtonLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";

const route = getRouteApi("/kerja/d/$code");

/** Members asked for: enough to tell "alone" from "a team"; a larger team is said to be larger. */
const COUNTED = 200;

/** A district's first page: who we are, where we stand, the next step. */
export function HomePage() {
  const { t } = useTranslation(["district", "common"]);
  const { code } = route.useParams();
  const membership = membershipOf(useMe(), code);
  const seesMembers = may(membership, PERMISSION.membersRead);
  const district = useQuery(districtQuery(code));
  const members = query.useQuery(
    "get",
    "/api/v1/districts/{code}/members",
    { params: { path: { code }, query: { limit: COUNTED } } },
    { enabled: seesMembers },
  );

  // The page lives on the district; without it the route shows what went wrong, or "not found".
  if (district.error) throw district.error;
  if (!district.data) return <PageSkeleton />;
  const { name, unit_name, province_name, phase, created_at, time_zone } = district.data;
  const count = members.data?.items.length;
  return (
    <Page
      title={t("title", { unit: unit_name })}
      lead={t("area", { district: name, province: province_name })}
      width="wide"
    >
      {count === undefined ? null : <NextStep code={code} alone={count <= 1} />}
      <Section title={t("facts_title")}>
        <Facts
          items={[
            {
              label: t("phase_label"),
              value: t(phase === "live" ? "phase.live" : "phase.onboarding"),
            },
            ...(count === undefined
              ? []
              : [
                  {
                    label: t("members_label"),
                    value: members.data?.next_cursor
                      ? t("members_many", { count })
                      : t("members_count", { count }),
                  },
                ]),
            { label: t("since"), value: formatDate(created_at, currentLanguage(), time_zone) },
          ]}
        />
      </Section>
    </Page>
  );
}

/** The one thing to do now. */
function NextStep({ code, alone }: { code: string; alone: boolean }) {
  const { t } = useTranslation(["district", "common"]);
  const step = alone ? "next_invite" : "next_team";
  return (
    <Paper p={{ base: "md", sm: "lg" }} bg="laut.0" component="section">
      <Text c="laut.8" fw={600}>
        {t("next_title")}
      </Text>
      <Group justify="space-between" gap="md" mt={4}>
        <div style={{ flex: "1 1 20rem" }}>
          <Title order={2}>{t(`${step}_title`)}</Title>
          <Text mt={4} maw="44rem">
            {t(step)}
          </Text>
        </div>
        <ButtonLink to="/d/$code/anggota" params={{ code }}>
          {t(`${step}_action`)}
        </ButtonLink>
      </Group>
    </Paper>
  );
}
