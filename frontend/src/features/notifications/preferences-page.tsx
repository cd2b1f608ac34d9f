import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { preferencesQuery } from "@/api/notifications";
import { BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page } from "@/ui/page";
import { PreferencesForm } from "./preferences-form";

/** How one wants to be told of things. */
export function PreferencesPage() {
  const { t } = useTranslation("notifications");
  const preferences = useQuery(preferencesQuery);
  if (preferences.error) throw preferences.error;
  if (!preferences.data) return <PageSkeleton />;
  return (
    <Page title={t("preferences.title")} lead={t("preferences.lead")}>
      <BackLink to="/pemberitahuan">{t("preferences.back")}</BackLink>
      <PreferencesForm first={preferences.data} />
    </Page>
  );
}
