import { Alert, Text } from "@mantine/core";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { enter } from "@/api/sign-in";
import type { TokenPair } from "@/api/types";
import { AnchorLink } from "@/ui/links";
import { AuthCard } from "./auth-card";
import { CredentialsForm } from "./credentials-form";
import { SecondFactorForm } from "./second-factor-form";

const route = getRouteApi("/publik/masuk");

/** Credentials of the first step, kept in memory for the second. */
interface Credentials {
  email: string;
  password: string;
}

/** Sign-in: email and password, then the code where the account has one. */
export function LoginPage() {
  const { t } = useTranslation(["auth", "common"]);
  const { kembali, sesi } = route.useSearch();
  const router = useRouter();
  const [credentials, setCredentials] = useState<Credentials | null>(null);

  async function finish(pair: TokenPair) {
    await enter(pair);
    if (kembali) router.history.push(kembali);
    else await router.navigate({ to: "/ruang" });
  }

  if (credentials) {
    return (
      <SecondFactorForm
        credentials={credentials}
        onDone={finish}
        onBack={() => setCredentials(null)}
      />
    );
  }
  return (
    <AuthCard title={t("login.title")}>
      {sesi === "berakhir" ? <Alert color="kunyit">{t("login.expired")}</Alert> : null}
      <CredentialsForm onDone={finish} onSecondFactor={setCredentials} />
      <Text>
        {t("login.new_here")} <AnchorLink to="/daftar">{t("common:action.register")}</AnchorLink>
      </Text>
    </AuthCard>
  );
}
