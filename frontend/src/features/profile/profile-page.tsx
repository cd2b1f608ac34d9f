import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { districtVersion } from "@/api/readiness";
import type { District } from "@/api/types";
import { formatDate, zoneName } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Facts } from "@/ui/facts";
import { AnchorLink, ButtonLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { componentLink } from "@/ui/record/record-link";
import { ProfileForm } from "./profile-form";

const route = getRouteApi("/kerja/d/$code/profil");

/** What the unit is called, who runs it, and where the public finds it. */
export function ProfilePage() {
  const { t } = useTranslation("profile");
  const { code } = route.useParams();
  const membership = membershipOf(useMe(), code);
  const opened = useQuery({
    queryKey: ["district", code, "opened"],
    // The form keeps the version it was opened with; later reads would move it under the person's hands.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: () => districtVersion(code),
  });
  if (opened.error) throw opened.error;
  if (!opened.data) return <PageSkeleton />;
  const changes = may(membership, PERMISSION.districtUpdate);
  return (
    <Page title={t("title")} lead={t("lead")}>
      <ProfileForm code={code} first={opened.data} readOnly={!changes} />
      <PublicSection code={code} district={opened.data.value} />
      <FixedSection district={opened.data.value} />
    </Page>
  );
}

/** What the public page takes from here, what from elsewhere, and the page itself. */
function PublicSection({ code, district }: { code: string; district: District }) {
  const { t } = useTranslation("profile");
  const seesSetup = may(membershipOf(useMe(), code), PERMISSION.setupRead);
  return (
    <Section title={t("public.title")}>
      <Text>{t("public.takes")}</Text>
      <Text mt="sm">{t("public.rest")}</Text>
      {seesSetup ? (
        <AnchorLink {...componentLink("institution", code)} display="inline-block" py={10}>
          {t("public.secretariat")}
        </AnchorLink>
      ) : null}
      {district.live_at ? (
        <div>
          <ButtonLink to="/layanan/$code" params={{ code }} variant="default" mt="xs">
            {t("public.open")}
          </ButtonLink>
        </div>
      ) : (
        <>
          <Text mt="sm">{t("public.not_yet")}</Text>
          {seesSetup ? (
            <AnchorLink to="/d/$code/tinjauan" params={{ code }} display="inline-block" py={10}>
              {t("public.to_launch")}
            </AnchorLink>
          ) : null}
        </>
      )}
    </Section>
  );
}

/** What the district cannot change by itself. */
function FixedSection({ district }: { district: District }) {
  const { t } = useTranslation("profile");
  const { name, code, province_name, time_zone, live_at, created_at } = district;
  const day = (moment: string) => formatDate(moment, currentLanguage(), time_zone);
  return (
    <Section title={t("fixed.title")}>
      <Facts
        items={[
          { label: t("fixed.district"), value: name },
          { label: t("fixed.province"), value: province_name },
          { label: t("fixed.code"), value: code },
          { label: t("fixed.zone"), value: zoneName(time_zone) },
          { label: t("fixed.since"), value: day(created_at) },
          { label: t("fixed.live"), value: live_at ? day(live_at) : t("fixed.not_live") },
        ]}
      />
      <Text c="dimmed" mt="sm">
        {t("fixed.hint")}
      </Text>
    </Section>
  );
}
