import { Group } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { wasSignedIn } from "@/api/session";
import { useSessionState } from "@/api/use-session";
import { ButtonLink } from "@/ui/links";
import { BrandLink } from "./brand-link";
import { LanguageSwitch } from "./language-switch";
import { OfflineBanner } from "./offline-banner";
import classes from "./shell.module.css";
import { MAIN_ID, SkipLink } from "./skip-link";

/** Frame of the pages anyone may see. */
export function PublicFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const state = useSessionState();
  const known = state === "signed_in" || (state === "unknown" && wasSignedIn());
  return (
    <div className={classes.publicPage}>
      <SkipLink />
      <header className={classes.publicHeader}>
        <Group className={classes.publicBar} justify="space-between" wrap="nowrap" gap="xs">
          <BrandLink to="/" />
          <Group gap={4} wrap="nowrap">
            <LanguageSwitch />
            {known ? (
              <ButtonLink to="/ruang">{t("shell.open_workspace")}</ButtonLink>
            ) : (
              <ButtonLink to="/masuk" variant="default">
                {t("action.sign_in")}
              </ButtonLink>
            )}
          </Group>
        </Group>
      </header>
      <OfflineBanner />
      <main id={MAIN_ID} tabIndex={-1} className={classes.publicMain}>
        {children}
      </main>
    </div>
  );
}
