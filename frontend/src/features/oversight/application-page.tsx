import { Alert, Text } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { Registration } from "@/api/types";
import { type Versioned, versioned } from "@/api/versioned";
import { BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { RegistrationCourse } from "@/ui/registration-course";
import { RegistrationFacts } from "@/ui/registration-facts";
import { RegistrationState } from "@/ui/registration-state";
import { DecisionSection } from "./decision-section";
import { LetterLink } from "./letter-link";

const route = getRouteApi("/kerja/pusat/permohonan/$registrationId");

/** One application: what was sent, the letter, the decision. */
export function ApplicationPage() {
  const { t } = useTranslation(["oversight", "registration", "common"]);
  const { registrationId } = route.useParams();
  const client = useQueryClient();
  const [notice, setNotice] = useState<string | null>(null);
  const application = useQuery({
    queryKey: ["application", registrationId],
    queryFn: async ({ signal }): Promise<Versioned<Registration>> =>
      versioned(
        await api.GET("/api/v1/oversight/registrations/{registration_id}", {
          params: { path: { registration_id: registrationId } },
          signal,
        }),
      ),
  });

  async function decided(message: string) {
    setNotice(message);
    await Promise.all([
      client.invalidateQueries({ queryKey: ["application", registrationId] }),
      client.invalidateQueries({ queryKey: ["applications"] }),
    ]);
  }

  const data = application.data?.value;
  return (
    <Page
      title={data?.district_name ?? t("detail.facts")}
      lead={data ? `${data.unit_name} · ${data.province_name}` : undefined}
      action={data ? <RegistrationState status={data.status} /> : null}
      width="wide"
    >
      <BackLink to="/pusat/permohonan">{t("detail.back")}</BackLink>
      <div role="status">{notice ? <Alert color="laut">{notice}</Alert> : null}</div>
      <ProblemAlert error={application.error} onRetry={() => application.refetch()} />
      {application.isPending ? <PageSkeleton /> : null}
      {data ? (
        <>
          <DecisionSection
            application={data}
            etag={application.data?.etag ?? null}
            onDecided={decided}
          />
          <Section title={t("detail.facts")}>
            <RegistrationFacts registration={data} />
          </Section>
          <Section title={t("detail.letter")}>
            {data.commitment_letter ? (
              <LetterLink registrationId={data.id} letter={data.commitment_letter} />
            ) : (
              <Text>{t("detail.no_letter")}</Text>
            )}
          </Section>
          <Section title={t("detail.history")}>
            <RegistrationCourse history={data.history} />
          </Section>
        </>
      ) : null}
    </Page>
  );
}
