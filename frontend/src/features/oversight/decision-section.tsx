import { Button, Group, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { may, oversightMembership, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import type { Registration, RegistrationStatus } from "@/api/types";
import { ifMatch } from "@/api/versioned";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { Section } from "@/ui/page";
import { DecisionDialog } from "./decision-dialog";

type Decision = "approve" | "return" | "reject" | "endorse";

interface Props {
  application: Registration;
  /** The version the reader decides on: a colleague may have decided meanwhile. */
  etag: string | null;
  onDecided: (message: string) => Promise<void>;
}

/** What this reader may decide now; and if nothing, why. */
export function DecisionSection({ application, etag, onDecided }: Props) {
  const { t } = useTranslation(["oversight", "registration", "common"]);
  const membership = oversightMembership(useMe());
  const [asked, setAsked] = useState<Decision | null>(null);
  const { status, unit_name, applicant_name, district_name } = application;
  const decide = useMutation({
    mutationFn: ({ decision, text }: { decision: Decision; text: string }) =>
      sendDecision(application.id, etag, decision, text),
    onSuccess: async (_, { decision }) => {
      setAsked(null);
      await onDecided(t(`detail.${PAST[decision]}`, { unit: unit_name }));
    },
  });

  const open = status === "submitted" || status === "endorsed";
  const decides = may(membership, PERMISSION.registrationsDecide);
  const endorses = may(membership, PERMISSION.registrationsEndorse) && status === "submitted";
  const reason = open
    ? decides || endorses
      ? null
      : t("detail.no_right")
    : t(CLOSED.includes(status) ? "detail.closed" : "detail.waiting");

  function close() {
    setAsked(null);
    decide.reset();
  }

  return (
    <Section title={t("detail.decision")}>
      {reason ? (
        <Text>{reason}</Text>
      ) : (
        <Group>
          {decides ? (
            <>
              <Button onClick={() => setAsked("approve")}>{t("detail.approve")}</Button>
              <Button variant="default" onClick={() => setAsked("return")}>
                {t("detail.return")}
              </Button>
              <Button variant="subtle" onClick={() => setAsked("reject")}>
                {t("detail.reject")}
              </Button>
            </>
          ) : null}
          {endorses ? (
            <Button variant={decides ? "default" : "filled"} onClick={() => setAsked("endorse")}>
              {t("detail.endorse")}
            </Button>
          ) : null}
        </Group>
      )}
      {asked === "approve" ? (
        <ConfirmDialog
          opened
          title={t("approve.title", { district: district_name })}
          confirm={t("detail.approve")}
          busy={decide.isPending}
          error={decide.error}
          onConfirm={() => decide.mutate({ decision: "approve", text: "" })}
          onClose={close}
        >
          {t("approve.body", { unit: unit_name, applicant: applicant_name })}
        </ConfirmDialog>
      ) : null}
      {asked && asked !== "approve" ? (
        <DecisionDialog
          decision={asked}
          busy={decide.isPending}
          error={decide.error}
          onSubmit={(text) => decide.mutate({ decision: asked, text })}
          onClose={close}
        />
      ) : null}
    </Section>
  );
}

/** States after which nothing is decided any more. */
const CLOSED: RegistrationStatus[] = ["approved", "rejected", "expired"];

const PAST = {
  approve: "approved",
  return: "returned",
  reject: "rejected",
  endorse: "endorsed",
} as const satisfies Record<Decision, string>;

async function sendDecision(
  id: string,
  etag: string | null,
  decision: Decision,
  text: string,
): Promise<void> {
  const params = { path: { registration_id: id }, header: ifMatch(etag) };
  switch (decision) {
    case "approve":
      await api.POST("/api/v1/oversight/registrations/{registration_id}/approve", {
        params,
      });
      return;
    case "return":
      await api.POST("/api/v1/oversight/registrations/{registration_id}/return", {
        params,
        body: { reason: text },
      });
      return;
    case "reject":
      await api.POST("/api/v1/oversight/registrations/{registration_id}/reject", {
        params,
        body: { reason: text },
      });
      return;
    case "endorse":
      await api.POST("/api/v1/oversight/registrations/{registration_id}/endorse", {
        params,
        body: { note: text },
      });
  }
}
