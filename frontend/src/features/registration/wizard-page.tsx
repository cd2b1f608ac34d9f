import { Button, Group, Progress, Stack, Title } from "@mantine/core";
import { isNotEmpty } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, idempotencyKey } from "@/api/client";
import { ProblemError } from "@/api/problem";
import { looksLikeEmail, looksLikePhone } from "@/lib/validate";
import { showFieldErrors } from "@/ui/form-errors";
import { Page, Section } from "@/ui/page";
import { useForm } from "@/ui/use-form";
import { ApplicantStep, UnitStep } from "./answer-steps";
import { type Answers, NO_ANSWERS, STEPS, storeAnswers, storedAnswers } from "./answers";
import { AreaStep } from "./area-step";
import { CheckStep } from "./check-step";
import { LetterForm } from "./letter-form";
import { storeTicket, type Ticket } from "./ticket";

/** The letter is the last step; it needs the application to exist. */
const TOTAL = STEPS.length + 1;

/** Registration of a district, one subject a screen. */
export function WizardPage() {
  const { t } = useTranslation(["registration", "common"]);
  const navigate = useNavigate();
  const [step, setStep] = useState(0);
  const [ticket, setTicket] = useState<Ticket | null>(null);
  const [key, setKey] = useState(idempotencyKey);
  const required = isNotEmpty(t("common:form.required"));
  const form = useForm<Answers>({
    initialValues: storedAnswers(),
    onValuesChange: storeAnswers,
    validate: {
      province_code: isNotEmpty(t("area.required_province")),
      district_code: isNotEmpty(t("area.required_district")),
      unit_name: required,
      office_name: required,
      applicant_name: required,
      position: required,
      email: (value) => (looksLikeEmail(value) ? null : t("common:form.email")),
      phone: (value) => (looksLikePhone(value) ? null : t("applicant.phone_form")),
    },
  });
  const send = useMutation({
    mutationFn: async ({ province_code: _, ...body }: Answers) =>
      (
        await api.POST("/api/v1/registrations", {
          headers: { "Idempotency-Key": key },
          body,
        })
      ).data,
    onSuccess: (created) => {
      if (!created) return;
      const ticket = { id: created.id, token: created.status_token };
      storeTicket(ticket);
      storeAnswers(null);
      setTicket(ticket);
    },
    onError: (error) => {
      // A refused body will be changed; the key belongs to the body it was made for.
      if (error instanceof ProblemError) setKey(idempotencyKey());
      showFieldErrors(form, error);
      const refused = error instanceof ProblemError ? Object.keys(error.fieldErrors()) : [];
      const first = STEPS.findIndex((s) => s.fields.some((f) => refused.includes(f)));
      if (first >= 0) setStep(first);
    },
  });

  const shownStep = ticket ? TOTAL - 1 : step;
  const name = ticket ? t("wizard.steps.letter") : t(`wizard.steps.${STEPS[step]?.key ?? "area"}`);
  const heading = useFocusOnStep(shownStep);

  function next() {
    const invalid = STEPS[step]?.fields.filter((field) => form.validateField(field).hasError) ?? [];
    const [first] = invalid;
    if (first) form.getInputNode(first)?.focus();
    else setStep(step + 1);
  }

  return (
    <Page title={t("wizard.title")} lead={shownStep === 0 ? t("wizard.lead") : undefined}>
      <div>
        <Title order={2} ref={heading} tabIndex={-1} style={{ outline: "none" }}>
          {t("wizard.step", { current: shownStep + 1, total: TOTAL, name })}
        </Title>
        <Progress value={((shownStep + 1) / TOTAL) * 100} mt="xs" aria-hidden />
      </div>
      <Section>
        {ticket ? (
          <LetterForm
            ticket={ticket}
            onUploaded={() => navigate({ to: "/daftar/status" })}
            onLater={() => navigate({ to: "/daftar/status" })}
          />
        ) : (
          <form
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              if (step < STEPS.length - 1) next();
              else send.mutate(form.values);
            }}
          >
            <Stack gap="lg">
              {step === 0 ? <AreaStep form={form} /> : null}
              {step === 1 ? <UnitStep form={form} /> : null}
              {step === 2 ? <ApplicantStep form={form} /> : null}
              {step === 3 ? (
                <CheckStep answers={form.values} error={send.error} onChange={setStep} />
              ) : null}
              <Group>
                <Button type="submit" loading={send.isPending}>
                  {t(step < STEPS.length - 1 ? "common:action.next" : "check.submit")}
                </Button>
                {step > 0 ? (
                  <Button variant="default" onClick={() => setStep(step - 1)}>
                    {t("common:action.back")}
                  </Button>
                ) : (
                  <Button
                    variant="subtle"
                    onClick={() => {
                      form.setValues(NO_ANSWERS);
                      form.clearErrors();
                      storeAnswers(null);
                    }}
                  >
                    {t("wizard.start_over")}
                  </Button>
                )}
              </Group>
            </Stack>
          </form>
        )}
      </Section>
    </Page>
  );
}

/** Moves the focus to the heading of a new step, so that readers say where one is. */
function useFocusOnStep(step: number) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus();
  }, [step]);
  return heading;
}
