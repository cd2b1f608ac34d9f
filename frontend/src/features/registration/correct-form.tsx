import { Button, Group, Stack, TextInput } from "@mantine/core";
import { isNotEmpty } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { Registration } from "@/api/types";
import { ifMatch, type Versioned, versioned } from "@/api/versioned";
import { looksLikeEmail, looksLikePhone } from "@/lib/validate";
import { ConflictDialog } from "@/ui/conflict-dialog";
import { conflictFields } from "@/ui/conflict-fields";
import { showFieldErrors } from "@/ui/form-errors";
import { LeaveGuard } from "@/ui/leave-guard";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";
import { useVersionedSave } from "@/ui/use-versioned-save";
import { type Ticket, ticketHeader } from "./ticket";

const FIELDS = [
  "unit_name",
  "office_name",
  "applicant_name",
  "position",
  "email",
  "phone",
] as const;
type Corrections = Record<(typeof FIELDS)[number], string>;

interface Props {
  ticket: Ticket;
  registration: Versioned<Registration>;
  /** What to begin with: the address that no confirmation reaches. */
  focus?: "email" | undefined;
  onDone: () => Promise<void>;
  onCancel: () => void;
}

/** Mends an application while it is the applicant's. The district stays; the email too, once it is confirmed. */
export function CorrectForm({ ticket, registration, focus, onDone, onCancel }: Props) {
  const { t } = useTranslation(["registration", "common"]);
  const [opened, setOpened] = useState(registration);
  const required = isNotEmpty(t("common:form.required"));
  const form = useForm<Corrections>({
    initialValues: pick(registration.value),
    validate: {
      unit_name: required,
      office_name: required,
      applicant_name: required,
      position: required,
      email: (value) => (looksLikeEmail(value) ? null : t("common:form.email")),
      phone: (value) => (looksLikePhone(value) ? null : t("applicant.phone_form")),
    },
  });
  const mayChangeEmail = opened.value.status === "awaiting_email_confirmation";
  const path = { registration_id: ticket.id };
  const saving = useVersionedSave<Registration, Corrections>({
    opened,
    load: async () =>
      versioned(
        await api.GET("/api/v1/registrations/{registration_id}", {
          params: { path },
          headers: ticketHeader(ticket),
        }),
      ),
    save: async ({ email, ...rest }, etag) =>
      versioned(
        await api.PATCH("/api/v1/registrations/{registration_id}", {
          params: { path, header: ifMatch(etag) },
          headers: ticketHeader(ticket),
          // Naming the email sends the confirmation anew.
          body: email === opened.value.email ? rest : { ...rest, email },
        }),
      ),
    onStored: (stored, how) => {
      setOpened(stored);
      form.setValues(pick(stored.value));
      if (how === "saved") void onDone();
    },
    onError: (error) => showFieldErrors(form, error),
  });
  const labels: Corrections = {
    unit_name: t("unit.name"),
    office_name: t("unit.office"),
    applicant_name: t("applicant.name"),
    position: t("applicant.position"),
    email: t("applicant.email"),
    phone: t("applicant.phone"),
  };

  return (
    <form noValidate onSubmit={form.onSubmit(saving.save)}>
      <LeaveGuard
        holds={FIELDS.some((field) => form.values[field] !== pick(opened.value)[field])}
      />
      <Stack maw="30rem">
        <ProblemAlert error={saving.error} />
        {FIELDS.filter((field) => field !== "email" || mayChangeEmail).map((field) => (
          <TextInput
            key={field}
            label={labels[field]}
            type={field === "email" ? "email" : "text"}
            autoFocus={field === focus}
            {...form.getInputProps(field)}
          />
        ))}
        <Group>
          <Button type="submit" loading={saving.isSaving}>
            {t("common:action.save")}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t("common:action.cancel")}
          </Button>
        </Group>
      </Stack>
      {saving.conflict ? (
        <ConflictDialog
          saving={saving}
          fields={conflictFields(saving.conflict.mine, pick(saving.conflict.theirs.value), labels)}
        />
      ) : null}
    </form>
  );
}

function pick(registration: Registration): Corrections {
  const { unit_name, office_name, applicant_name, position, email, phone } = registration;
  return { unit_name, office_name, applicant_name, position, email, phone };
}
