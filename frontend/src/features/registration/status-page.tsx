import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { Registration } from "@/api/types";
import { ifMatch, type Versioned, versioned } from "@/api/versioned";
import { formatFileSize } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { DoneLine } from "@/ui/done-line";
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
      <ProblemAlert error={registration.error} onRetry={() => registration.refetch()} />
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
  const [correcting, setCorrecting] = useState<"all" | "email" | null>(null);
  const [replacing, setReplacing] = useState(false);
  const { value } = registration;
  const mayChange = ["awaiting_email_confirmation", "draft", "returned"].includes(value.status);
  const maySubmit = ["draft", "returned"].includes(value.status) && value.commitment_letter;

  async function reread() {
    setCorrecting(null);
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
        <Text size="lg">
          {t(
            value.status === "draft" && value.commitment_letter
              ? "next.draft_with_letter"
              : `next.${value.status}`,
            { email: value.email },
          )}
        </Text>
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
          {value.status === "awaiting_email_confirmation" ? (
            <Unconfirmed
              ticket={ticket}
              registration={registration}
              onCorrect={() => setCorrecting("email")}
              onSent={reread}
            />
          ) : null}
          {value.status === "approved" ? (
            <ButtonLink to="/masuk">{t("status.sign_in")}</ButtonLink>
          ) : null}
          {["rejected", "expired"].includes(value.status) ? (
            <ButtonLink to="/daftar">{t("status.again")}</ButtonLink>
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
          mayChange && !correcting ? (
            <Button variant="default" onClick={() => setCorrecting("all")}>
              {t("status.edit")}
            </Button>
          ) : null
        }
      >
        {correcting ? (
          <CorrectForm
            key={correcting}
            ticket={ticket}
            registration={registration}
            focus={correcting === "email" ? "email" : undefined}
            onDone={reread}
            onCancel={() => setCorrecting(null)}
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

/** The ways on when no confirmation mail arrives: another address, or the mail once more. */
function Unconfirmed({
  ticket,
  registration: { value, etag },
  onCorrect,
  onSent,
}: ApplicationProps & { onCorrect: () => void; onSent: () => Promise<void> }) {
  const { t } = useTranslation("registration");
  const send = useMutation({
    mutationFn: () =>
      api.PATCH("/api/v1/registrations/{registration_id}", {
        params: { path: { registration_id: ticket.id }, header: ifMatch(etag) },
        headers: ticketHeader(ticket),
        // Naming the email, even the same one, sends the confirmation anew.
        body: { email: value.email },
      }),
    // After a refusal too: it may be confirmed or changed meanwhile.
    onSettled: onSent,
  });
  return (
    <Stack gap="sm">
      <ProblemAlert error={send.error} />
      <Group>
        <Button variant="default" loading={send.isPending} onClick={() => send.mutate()}>
          {t("status.send_again")}
        </Button>
        <Button variant="default" onClick={onCorrect}>
          {t("status.mend_email")}
        </Button>
      </Group>
      <DoneLine>{send.isSuccess ? t("status.sent_again", { email: value.email }) : null}</DoneLine>
    </Stack>
  );
}
