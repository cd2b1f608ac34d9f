import {
  Button,
  Group,
  NumberInput,
  Radio,
  Select,
  Stack,
  Textarea,
  TextInput,
} from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { useIntentKey } from "@/api/intent-key";
import { type Audience, audienceOf, type Choice, EVERYBODY } from "@/ui/audience/audience";
import { AudienceFields } from "@/ui/audience/audience-fields";
import { DayInput } from "@/ui/day-input";
import { showFieldErrors } from "@/ui/form-errors";
import { BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { type Details, EVENTS, type OrganisedEvent, organisedOneQuery } from "./calendar";
import { localOf, momentOf } from "./local-moment";

const route = getRouteApi("/kerja/pusat/kalender/$kegiatan/ubah");

const ZONES = [
  { value: "Asia/Jakarta", label: "WIB" },
  { value: "Asia/Makassar", label: "WITA" },
  { value: "Asia/Jayapura", label: "WIT" },
];
const KINDS = ["training", "coordination", "other"] as const;

/** A new event. */
export function NewEventPage() {
  return <EventForm />;
}

/** An event that is changed. */
export function ChangeEventPage() {
  const { kegiatan: id } = route.useParams();
  // A form is filled from it: never from an old answer.
  const one = useQuery({ ...organisedOneQuery(id), staleTime: 0, gcTime: 0 });
  if (one.error) throw one.error;
  if (!one.data || one.isFetching) return <PageSkeleton />;
  return <EventForm known={one.data} />;
}

interface Fields {
  kind: Details["kind"];
  title: string;
  description: string;
  time_zone: string;
  start: { day: string | null; clock: string };
  end: { day: string | null; clock: string };
  until: { day: string | null; clock: string };
  place: string;
  online_link: string;
  seats: number | "";
  remind_days: number;
}

function fieldsOf(event: Details | undefined): Fields {
  const zone = event?.time_zone ?? "Asia/Jakarta";
  const local = (moment: string | undefined, clock: string) =>
    moment ? localOf(moment, zone) : { day: null, clock };
  return {
    kind: event?.kind ?? "training",
    title: event?.title ?? "",
    description: event?.description ?? "",
    time_zone: zone,
    start: local(event?.starts_at, "08:00"),
    end: local(event?.ends_at, "16:00"),
    until: local(event?.register_until, "16:00"),
    place: event?.place ?? "",
    online_link: event?.online_link ?? "",
    seats: event?.seats ?? "",
    remind_days: event?.remind_days ?? 3,
  };
}

/** What is sent; null while a day is missing. */
function detailsOf(fields: Fields): Details | null {
  const moment = (at: Fields["start"]) => momentOf(at.day, at.clock, fields.time_zone);
  const [starts_at, ends_at, register_until] = [
    moment(fields.start),
    moment(fields.end),
    moment(fields.until),
  ];
  if (!starts_at || !ends_at || !register_until) return null;
  const { kind, title, description, time_zone, place, remind_days } = fields;
  return {
    kind,
    title,
    description,
    starts_at,
    ends_at,
    time_zone,
    place,
    online_link: fields.online_link.trim() || null,
    seats: fields.seats === "" ? null : fields.seats,
    register_until,
    remind_days,
  };
}

function EventForm({ known }: { known?: OrganisedEvent }) {
  const { t } = useTranslation(["calendar", "audience", "common"]);
  const [choice, setChoice] = useState<Choice>(EVERYBODY);
  const required = isNotEmpty(t("common:form.required"));
  const day = (at: Fields["start"]) => (at.day && at.clock ? null : t("common:form.required"));
  const form = useForm<Fields>({
    initialValues: fieldsOf(known?.event),
    validate: { title: required, start: day, end: day, until: day },
  });
  const audience = audienceOf(choice);
  const save = useSave(known, detailsOf(form.values), audience);
  const back = known ? { to: "/pusat/kalender/$kegiatan", params: { kegiatan: known.id } } : null;
  return (
    <Page
      title={t(known ? "form.change_title" : "form.title")}
      lead={t(known ? "form.change_lead" : "form.lead")}
    >
      <BackLink {...(back ?? { to: "/pusat/kalender" })}>{t("back")}</BackLink>
      <form
        noValidate
        onSubmit={form.onSubmit(() =>
          save.mutate(undefined, { onError: (error) => showFieldErrors(form, error) }),
        )}
      >
        <Stack gap="lg">
          <ProblemAlert error={save.error} />
          <Section>
            <Stack>
              <Radio.Group label={t("fact.kind")} {...form.getInputProps("kind")}>
                <Group mt="xs">
                  {KINDS.map((kind) => (
                    <Radio key={kind} value={kind} label={t(`kind.${kind}`)} />
                  ))}
                </Group>
              </Radio.Group>
              <TextInput
                label={t("form.name")}
                maxLength={200}
                required
                {...form.getInputProps("title")}
              />
              <Select
                label={t("form.zone")}
                data={ZONES}
                allowDeselect={false}
                {...form.getInputProps("time_zone")}
              />
              <Moment form={form} name="start" error="starts_at" label={t("form.start")} />
              <Moment form={form} name="end" error="ends_at" label={t("form.end")} />
              <Moment form={form} name="until" error="register_until" label={t("fact.until")} />
              <TextInput
                label={t("fact.place")}
                description={t("form.place_hint")}
                maxLength={300}
                {...form.getInputProps("place")}
              />
              <TextInput
                label={t("fact.online")}
                description="https://"
                maxLength={500}
                {...form.getInputProps("online_link")}
              />
              <NumberInput
                label={t("fact.seats")}
                description={t("form.seats_hint")}
                min={1}
                max={5000}
                allowDecimal={false}
                {...form.getInputProps("seats")}
              />
              <NumberInput
                label={t("form.remind")}
                description={t("form.remind_hint")}
                min={0}
                max={30}
                allowDecimal={false}
                {...form.getInputProps("remind_days")}
              />
              <Textarea
                label={t("form.description")}
                autosize
                minRows={3}
                maxLength={4000}
                {...form.getInputProps("description")}
              />
            </Stack>
          </Section>
          {known ? null : (
            <Section title={t("audience:title")}>
              <AudienceFields value={choice} onChange={setChoice} />
            </Section>
          )}
          <Button
            type="submit"
            loading={save.isPending}
            disabled={!known && !audience}
            style={{ alignSelf: "flex-start" }}
          >
            {t(known ? "form.save" : "form.invite")}
          </Button>
        </Stack>
      </form>
    </Page>
  );
}

interface MomentProps {
  form: ReturnType<typeof useForm<Fields>>;
  name: "start" | "end" | "until";
  /** What the service calls it in its errors. */
  error: string;
  label: string;
}

function Moment({ form, name, error, label }: MomentProps) {
  const { t } = useTranslation("calendar");
  const value = form.values[name];
  const problem = form.errors[name] ?? form.errors[error];
  return (
    <Group align="flex-start" wrap="wrap">
      <DayInput
        label={label}
        required
        value={value.day}
        onChange={(day) => form.setFieldValue(name, { ...value, day })}
        error={problem}
      />
      <TextInput
        type="time"
        label={t("form.clock", { what: label })}
        required
        value={value.clock}
        onChange={(event) =>
          form.setFieldValue(name, { ...value, clock: event.currentTarget.value })
        }
      />
    </Group>
  );
}

/** Saves it and shows it. Sent again after a lost answer it is offered once. */
function useSave(
  known: OrganisedEvent | undefined,
  event: Details | null,
  audience: Audience | null,
) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const key = useIntentKey([event, audience]);
  return useMutation({
    mutationFn: async () => {
      if (!event) return undefined;
      const { data } = known
        ? await api.PUT("/api/v1/oversight/events/{event_id}", {
            params: { path: { event_id: known.id } },
            headers: { "If-Match": `"${known.version}"` },
            body: event,
          })
        : await api.POST("/api/v1/oversight/events", {
            headers: { "Idempotency-Key": key },
            body: { event, audience: audience ?? undefined },
          });
      return data;
    },
    onSuccess: async (saved) => {
      if (!saved) return;
      await client.invalidateQueries({ queryKey: EVENTS });
      await navigate({ to: "/pusat/kalender/$kegiatan", params: { kegiatan: saved.id } });
    },
  });
}
