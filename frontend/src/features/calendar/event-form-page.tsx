import { Button, Group, Radio, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { isNotEmpty, type UseFormReturnType } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { useIntentKey } from "@/api/intent-key";
import { ifMatch, type Versioned } from "@/api/versioned";
import { formatMoment, zoneName } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { type Audience, audienceOf, type Choice, EVERYBODY } from "@/ui/audience/audience";
import { AudienceFields, AudienceSize } from "@/ui/audience/audience-fields";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { ConflictDialog } from "@/ui/conflict-dialog";
import { conflictFields } from "@/ui/conflict-fields";
import { DayInput } from "@/ui/day-input";
import { showFieldErrors } from "@/ui/form-errors";
import { LeaveGuard } from "@/ui/leave-guard";
import { BackLink } from "@/ui/links";
import { PageSkeleton } from "@/ui/loading";
import { Page, Section } from "@/ui/page";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";
import { useVersionedSave } from "@/ui/use-versioned-save";
import { type Details, EVENTS, type OrganisedEvent, span } from "./calendar";
import classes from "./calendar.module.css";
import { localOf, momentOf } from "./local-moment";

const route = getRouteApi("/kerja/pusat/kalender/$kegiatan/ubah");

const ZONES = [
  { value: "Asia/Jakarta", label: "WIB" },
  { value: "Asia/Makassar", label: "WITA" },
  { value: "Asia/Jayapura", label: "WIT" },
];
const KINDS = ["training", "coordination", "other"] as const;

/** A short field below words of full length. */
const NARROW = { wrapper: { maxWidth: "10rem" } };

interface Fields {
  kind: Details["kind"];
  title: string;
  description: string;
  time_zone: string;
  start: Clock;
  end: Clock;
  until: Clock;
  place: string;
  online_link: string;
  seats: number | null;
  seats_per_district: number | null;
  remind_days: number | null;
}

interface Clock {
  day: string | null;
  clock: string;
}

/** Both on the event's own clock. */
const isLater = (at: Clock, than: Clock) =>
  `${at.day}T${at.clock}` > `${than.day ?? ""}T${than.clock}`;

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
    seats: event?.seats ?? null,
    seats_per_district: event?.seats_per_district ?? 2,
    remind_days: event?.remind_days ?? 3,
  };
}

/** What is sent; null while a day is missing. */
function detailsOf(fields: Fields): Details | null {
  const { start, end, until, online_link, seats_per_district, remind_days, ...rest } = fields;
  const moment = (at: Clock) => momentOf(at.day, at.clock, fields.time_zone);
  const [starts_at, ends_at, register_until] = [moment(start), moment(end), moment(until)];
  if (!starts_at || !ends_at || !register_until) return null;
  return {
    ...rest,
    starts_at,
    ends_at,
    register_until,
    online_link: online_link.trim() || null,
    seats_per_district: seats_per_district ?? 0,
    remind_days: remind_days ?? 0,
  };
}

const useEventForm = (event?: Details) => {
  const { t } = useTranslation(["calendar", "common"]);
  const required = isNotEmpty(t("common:form.required"));
  const day = (at: Clock) => (at.day && at.clock ? null : t("common:form.required"));
  return useForm<Fields>({
    initialValues: fieldsOf(event),
    validate: {
      title: required,
      start: day,
      end: (at, { start }) => day(at) ?? (isLater(at, start) ? null : t("form.ends_first")),
      until: day,
    },
  });
};

/** A new event, and whom it invites. */
export function NewEventPage() {
  const { t } = useTranslation(["calendar", "audience", "common"]);
  const form = useEventForm();
  const [choice, setChoice] = useState<Choice>(EVERYBODY);
  const [checking, setChecking] = useState(false);
  const audience = audienceOf(choice);
  const details = detailsOf(form.values);
  const offer = useOffer(details, audience);
  const send = () =>
    offer.mutate(undefined, {
      onError: (error) => {
        setChecking(false);
        showFieldErrors(form, error, "event");
        showFirstError();
      },
    });
  return (
    <Page title={t("form.title")} lead={t("form.lead")}>
      <LeaveGuard holds={form.isDirty() || choice !== EVERYBODY} />
      <BackLink to="/pusat/kalender">{t("back")}</BackLink>
      <form noValidate onSubmit={form.onSubmit(() => setChecking(true), showFirstError)}>
        <Stack gap="lg">
          <ProblemAlert error={checking ? null : offer.error} />
          <Section>
            <EventFields form={form} />
          </Section>
          <Section title={t("audience:title")}>
            <AudienceFields value={choice} onChange={setChoice} />
          </Section>
          <Submit busy={offer.isPending} disabled={!audience}>
            {t("form.check")}
          </Submit>
        </Stack>
      </form>
      <ConfirmDialog
        opened={checking}
        title={t("form.invite_title")}
        confirm={t("form.invite")}
        busy={offer.isPending}
        error={null}
        onConfirm={send}
        onClose={() => setChecking(false)}
      >
        <Stack>
          <Text fw={700}>{form.values.title}</Text>
          {details ? <Text>{span(details)}</Text> : null}
          <AudienceSize choice={choice} />
        </Stack>
      </ConfirmDialog>
    </Page>
  );
}

/** An event that is changed. */
export function ChangeEventPage() {
  const { kegiatan: id } = route.useParams();
  // A form is filled from it: never from an old answer.
  const one = useQuery({
    queryKey: [...EVENTS, "opened", id],
    queryFn: () => readEvent(id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (one.error) throw one.error;
  if (!one.data) return <PageSkeleton />;
  return <ChangeForm first={one.data} />;
}

/** Changes an event; what another organiser saved meanwhile is shown beside one's own, and nothing is lost unseen. */
function ChangeForm({ first }: { first: Versioned<OrganisedEvent> }) {
  const { t } = useTranslation(["calendar", "common"]);
  const client = useQueryClient();
  const navigate = useNavigate();
  const [opened, setOpened] = useState(first);
  const form = useEventForm(opened.value.event);
  const { id } = opened.value;
  const saving = useVersionedSave<OrganisedEvent, Details>({
    opened,
    load: () => readEvent(id),
    save: async (body, etag) => {
      const params = { path: { event_id: id }, header: ifMatch(etag) };
      const { data } = await api.PUT("/api/v1/oversight/events/{event_id}", { params, body });
      return inItsVersion(data);
    },
    onStored: async (stored, how) => {
      await client.invalidateQueries({ queryKey: [...EVENTS, "organised"] });
      if (how === "taken") {
        setOpened(stored);
        form.setValues(fieldsOf(stored.value.event));
        form.resetDirty(fieldsOf(stored.value.event));
        return;
      }
      const params = { kegiatan: id };
      await navigate({ to: "/pusat/kalender/$kegiatan", params, ignoreBlocker: true });
    },
    onError: (error) => {
      showFieldErrors(form, error);
      showFirstError();
    },
  });
  const save = () => {
    const details = detailsOf(form.values);
    if (details) saving.save(details);
  };
  return (
    <Page title={t("form.change_title")} lead={t("form.change_lead")}>
      <LeaveGuard holds={form.isDirty()} />
      <BackLink to="/pusat/kalender/$kegiatan" params={{ kegiatan: id }}>
        {t("form.back")}
      </BackLink>
      <form noValidate onSubmit={form.onSubmit(save, showFirstError)}>
        <Stack gap="lg">
          <ProblemAlert error={saving.error} />
          <Section>
            <EventFields form={form} />
          </Section>
          <Submit busy={saving.isSaving}>{t("form.save")}</Submit>
        </Stack>
      </form>
      {saving.conflict ? (
        <ConflictDialog
          saving={saving}
          fields={differing(t, saving.conflict.mine, saving.conflict.theirs.value.event)}
        />
      ) : null}
    </Page>
  );
}

async function readEvent(event_id: string): Promise<Versioned<OrganisedEvent>> {
  const { data } = await api.GET("/api/v1/oversight/events/{event_id}", {
    params: { path: { event_id } },
  });
  return inItsVersion(data);
}

/** An event bears its version itself: its answer changes with every registration and has no `ETag`. */
function inItsVersion(event: OrganisedEvent | undefined): Versioned<OrganisedEvent> {
  if (!event) throw new Error("the event has no body");
  return { value: event, etag: `"${event.version}"` };
}

/** Where two versions of an event differ, in the words of the form. */
function differing(t: TFunction<["calendar", "common"]>, mine: Details, theirs: Details) {
  const moment = (at: string, zone: string) => formatMoment(at, currentLanguage(), zone);
  const readable = ({ starts_at, ends_at, register_until, seats, ...event }: Details) => ({
    ...event,
    kind: t(`kind.${event.kind}`),
    time_zone: zoneName(event.time_zone),
    starts_at: moment(starts_at, event.time_zone),
    ends_at: moment(ends_at, event.time_zone),
    register_until: moment(register_until, event.time_zone),
    seats: seats ?? t("seats.free"),
  });
  return conflictFields(readable(mine), readable(theirs), {
    kind: t("fact.kind"),
    title: t("form.name"),
    time_zone: t("form.zone"),
    starts_at: t("form.start"),
    ends_at: t("form.end"),
    register_until: t("fact.until"),
    place: t("fact.place"),
    online_link: t("fact.online"),
    seats: t("fact.seats"),
    seats_per_district: t("fact.seats_per_district"),
    remind_days: t("form.remind"),
    description: t("form.description"),
  });
}

interface SubmitProps {
  busy: boolean;
  disabled?: boolean;
  children: ReactNode;
}

function Submit({ busy, disabled, children }: SubmitProps) {
  return (
    <Button type="submit" loading={busy} disabled={disabled} style={{ alignSelf: "flex-start" }}>
      {children}
    </Button>
  );
}

/** The form is longer than a screen: whoever sends it at its end must see what is wrong at its beginning. */
function showFirstError(): void {
  // When it is drawn, and the dialog has given the focus back.
  setTimeout(() => document.querySelector<HTMLElement>("main [aria-invalid=true]")?.focus(), 100);
}

// biome-ignore lint/suspicious/noExplicitAny: what the form checks by itself does not matter to its fields
type Form = UseFormReturnType<Fields, any, any>;

function EventFields({ form }: { form: Form }) {
  const { t } = useTranslation("calendar");
  const numeric = (field: "seats" | "seats_per_district" | "remind_days") => ({
    inputMode: "numeric" as const,
    autoComplete: "off",
    styles: NARROW,
    value: form.values[field] === null ? "" : String(form.values[field]),
    error: form.errors[field],
    onChange: (event: { currentTarget: { value: string } }) => {
      const typed = event.currentTarget.value.replace(/\D/g, "").slice(0, 4);
      form.setFieldValue(field, typed === "" ? null : Number(typed));
    },
  });
  return (
    <Stack>
      <Radio.Group label={t("fact.kind")} {...form.getInputProps("kind")}>
        <Group mt="xs">
          {KINDS.map((kind) => (
            <Radio key={kind} value={kind} label={t(`kind.${kind}`)} />
          ))}
        </Group>
      </Radio.Group>
      <TextInput label={t("form.name")} maxLength={200} required {...form.getInputProps("title")} />
      <Select
        label={t("form.zone")}
        description={t("form.zone_hint")}
        data={ZONES}
        allowDeselect={false}
        styles={NARROW}
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
        description={t("form.online_hint")}
        maxLength={500}
        {...form.getInputProps("online_link")}
      />
      <TextInput label={t("fact.seats")} description={t("form.seats_hint")} {...numeric("seats")} />
      <TextInput label={t("fact.seats_per_district")} required {...numeric("seats_per_district")} />
      <TextInput
        label={t("form.remind")}
        description={t("form.remind_hint")}
        {...numeric("remind_days")}
      />
      <Textarea
        label={t("form.description")}
        autosize
        minRows={3}
        maxLength={4000}
        {...form.getInputProps("description")}
      />
    </Stack>
  );
}

interface MomentProps {
  form: Form;
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
    <div className={classes.moment}>
      <DayInput
        label={label}
        description={t("form.day_hint")}
        required
        value={value.day}
        onChange={(day) => form.setFieldValue(name, { ...value, day })}
        error={problem}
      />
      <TextInput
        type="time"
        label={t("form.clock")}
        aria-label={t("form.clock_of", { what: label })}
        description={zoneName(form.values.time_zone)}
        required
        value={value.clock}
        onChange={(event) =>
          form.setFieldValue(name, { ...value, clock: event.currentTarget.value })
        }
      />
    </div>
  );
}

/** Offers it and shows it. Sent again after a lost answer it is offered once. */
function useOffer(event: Details | null, audience: Audience | null) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const key = useIntentKey([event, audience]);
  return useMutation({
    mutationFn: async () => {
      if (!event) return undefined;
      const { data } = await api.POST("/api/v1/oversight/events", {
        headers: { "Idempotency-Key": key },
        body: { event, audience: audience ?? undefined },
      });
      return data;
    },
    onSuccess: async (offered) => {
      if (!offered) return;
      await client.invalidateQueries({ queryKey: EVENTS });
      await navigate({
        to: "/pusat/kalender/$kegiatan",
        params: { kegiatan: offered.id },
        ignoreBlocker: true,
      });
    },
  });
}
