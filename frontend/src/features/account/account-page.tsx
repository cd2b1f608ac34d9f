import { useSuspenseQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { meQuery } from "@/api/me";
import { Page } from "@/ui/page";
import { PasswordSection } from "./password-section";
import { ProfileSection } from "./profile-section";
import { SecondFactorSection } from "./second-factor-section";
import { SessionsSection } from "./sessions-section";

/** One person's profile and the locks on their account. */
export function AccountPage() {
  const { t } = useTranslation(["account", "common"]);
  const { data: me } = useSuspenseQuery(meQuery);
  return (
    <Page title={t("title")}>
      <ProfileSection me={me} />
      <PasswordSection />
      <SecondFactorSection me={me.value} />
      <SessionsSection />
    </Page>
  );
}
