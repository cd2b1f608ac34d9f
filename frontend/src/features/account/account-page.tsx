import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { meQuery } from "@/api/me";
import { Page } from "@/ui/page";
import { PasswordSection } from "./password-section";
import { ProfileSection } from "./profile-section";
import { SecondFactorSection } from "./second-factor-section";
import { SessionsSection } from "./sessions-section";

const route = getRouteApi("/kerja/akun");

/**
 * One person's profile and the locks on their account. A role that must have the second code and
 * has none yet sees that first, and goes on to where it wanted to once the code is set up.
 */
export function AccountPage() {
  const { t } = useTranslation(["account", "common"]);
  const { data: me } = useSuspenseQuery(meQuery);
  const { kembali } = route.useSearch();
  const router = useRouter();
  const { required, enabled } = me.value.second_factor;
  const comesFirst = required && (!enabled || kembali !== undefined);
  const secondFactor = (
    <SecondFactorSection
      key="second-factor"
      me={me.value}
      onEnabled={() => kembali && router.history.push(kembali)}
    />
  );
  return (
    <Page title={t("title")}>
      {comesFirst ? secondFactor : null}
      <ProfileSection me={me} />
      <PasswordSection />
      {comesFirst ? null : secondFactor}
      <SessionsSection />
    </Page>
  );
}
