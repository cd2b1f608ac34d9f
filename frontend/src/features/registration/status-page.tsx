import { Alert, Button, Group, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { Registration } from "@/api/types";
import { type Versioned, versioned } from "@/api/versioned";
import { formatFileSize } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Empty } from "@/ui/empty";
import { ButtonLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { RegistrationCourse } from "@/ui/registration-course";
import { RegistrationFacts } from "@/ui/registration-facts";
import { RegistrationState } from "@/ui/registration-state";
import { CorrectForm } from "./correct-form";
import { LetterForm } from "./letter-form";
import { currentTicket, type Ticket, ticketHeader } from "./ticket";

/** The applicant's view of their application, from the device it was made on or from a mailed link. */
export function StatusPage() {
  const { t } = useTranslation(["registration", "common"]);
  const [ticket] = useState(() => currentTicket(window.location.hash));
  const registration = useQuery({
    queryKey: ["registration", ticket?.id],
    enabled: ticket !== null,
    queryFn: async () => readRegistration(ticket as Ticket),
  });

  if (!ticket) {
    return (
      <Page title={t("status.title")}>
        <Empty title={t("status.none_title")}>
          <Text mb="md">{t("status.none")}</Text>
          <ButtonLink to="/daftar">{t("common:action.register")}</ButtonLink>
        </Empty>
      </Page>
    );
  }
  return (
    <Page
      title={t("status.title")}
      action={
        <Button
          variant="default"
          loading={registration.isFetching}
          onClick={() => registration.refetch()}
        >
          {t("status.refresh")}
        </Button>
      }
    >
      <ProblemAlert error={registration.error} />
      {registration.data ? (
        <Application ticket={ticket} registration={registration.data} />
      ) : registration.isPending ? (
        <PageSkeleton />
      ) : null}
    </Page>
  );
}

async function readRegistration(ticket: Ticket): Promise<Versioned<Registration>> {
  return versioned(
    await api.GET("/api/v1/registrations/{registration_id}", {
      params: { path: { registration_id: ticket.id } },
      headers: ticketHeader(ticket),
    }),
  );
}

interface ApplicationProps {
  ticket: Ticket;
  registration: Versioned<Registration>;
}

function Application({ ticket, registration }: ApplicationProps) {
  const { t } = useTranslation(["registration", "common"]);
  const client = useQueryClient();
  const [correcting, setCorrecting] = useState(false);
  const [replacing, setReplacing] = useState(false);
  const { value } = registration;
  const mayChange = ["awaiting_email_confirmation", "draft", "returned"].includes(value.status);
  const maySubmit = ["draft", "returned"].includes(value.status) && value.commitment_letter;

  async function reread() {
    setCorrecting(false);
    setReplacing(false);
    await client.invalidateQueries({ queryKey: ["registration", ticket.id] });
  }

  const submit = useMutation({
    mutationFn: () =>
      api.POST("/api/v1/registrations/{registration_id}/submit", {
        params: { path: { registration_id: ticket.id } },
        headers: ticketHeader(ticket),
      }),
    onSuccess: reread,
  });

  return (
    <>
      <Section title={value.district_name} aside={<RegistrationState status={value.status} />}>
        <Text size="lg">{t(`next.${value.status}`, { email: value.email })}</Text>
        {value.decision_note && value.status !== "approved" ? (
          <Alert color="kunyit" mt="md" title={t("status.note")}>
            <Text style={{ whiteSpace: "pre-line" }}>{value.decision_note}</Text>
          </Alert>
        ) : null}
        <ProblemAlert error={submit.error} />
        <Group mt="md">
          {maySubmit ? (
            <Button loading={submit.isPending} onClick={() => submit.mutate()}>
              {t(value.status === "returned" ? "status.resubmit" : "status.submit")}
            </Button>
          ) : null}
          {value.status === "approved" ? (
            <ButtonLink to="/masuk">{t("status.sign_in")}</ButtonLink>
          ) : null}
        </Group>
      </Section>

      <Section title={t("status.letter")}>
        {value.commitment_letter ? (
          <Text mb="md">
            {t("letter.uploaded", {
              name: value.commitment_letter.file_name,
              size: formatFileSize(value.commitment_letter.size, currentLanguage()),
            })}
          </Text>
        ) : (
          <Text mb="md">{t("status.letter_missing")}</Text>
        )}
        {mayChange && (replacing || !value.commitment_letter) ? (
          <LetterForm ticket={ticket} onUploaded={reread} />
        ) : null}
        {mayChange && value.commitment_letter && !replacing ? (
          <Button variant="default" onClick={() => setReplacing(true)}>
            {t("letter.replace")}
          </Button>
        ) : null}
      </Section>

      <Section
        title={t("status.facts")}
        aside={
          value.status === "returned" && !correcting ? (
            <Button variant="default" onClick={() => setCorrecting(true)}>
              {t("status.edit")}
            </Button>
          ) : null
        }
      >
        {correcting ? (
          <CorrectForm
            ticket={ticket}
            registration={registration}
            onDone={reread}
            onCancel={() => setCorrecting(false)}
          />
        ) : (
          <RegistrationFacts registration={value} />
        )}
      </Section>

      <Section title={t("status.history")}>
        <RegistrationCourse history={value.history} />
      </Section>
    </>
  );
}
