import { Alert, Button, Group, Radio, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { isProblem } from "@/api/problem";
import type { Sent } from "@/api/types";
import { formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { uuid7 } from "@/lib/uuid7";
import { showFieldErrors } from "@/ui/form-errors";
import { LeaveGuard } from "@/ui/leave-guard";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";
import { EVENTS, type Event, eventQuery } from "./calendar";
import { GivenAnswer } from "./given-answer";
import { type AnswerFields, type Named, ParticipantFields } from "./participant-fields";

type Body = Sent<"/api/v1/districts/{code}/events/{event_id}/answer", "post">;

interface Props {
  code: string;
  row: Event;
  /** The district's time zone. */
  zone: string | undefined;
  /** The answer is kept. */
  onSent: () => void;
  /** Sent or given up: the form may go. */
  onDone: () => void;
}

/** Who comes, or why nobody does. */
export function AnswerForm({ code, row, zone, onSent, onDone }: Props) {
  const { t } = useTranslation(["calendar", "common"]);
  const form = useForm<AnswerFields>({
    initialValues: {
      answer: row.answer ?? "registered",
      participants: startingWith(row),
      note: row.note,
    },
  });
  const [seen, setSeen] = useState(row);
  const answer = useAnswer(code, row.id, () => {
    onDone();
    onSent();
  });
  const { values } = form;
  const comes = values.answer === "registered";
  const most = mostOf(row);
  const send = form.onSubmit(() =>
    answer.mutate(bodyOf(values, seen), {
      onError: (error) => {
        showFieldErrors(form, error);
        if (isProblem(error, "stale")) setSeen(error.current<Event>() ?? seen);
      },
    }),
  );
  return (
    <form noValidate onSubmit={send} style={{ width: "100%" }}>
      <LeaveGuard holds={form.isDirty()} />
      <Stack>
        {isProblem(answer.error, "stale") ? (
          <Meanwhile row={seen} zone={zone} />
        ) : (
          <ProblemAlert error={answer.error} />
        )}
        <Radio.Group
          label={t("answer.question")}
          {...form.getInputProps("answer")}
          onChange={(chosen) => {
            form.setFieldValue("answer", chosen as AnswerFields["answer"]);
            // Why nobody came is no note of those who come, and the other way round.
            const began = form.getInitialValues();
            form.setFieldValue("note", chosen === began.answer ? began.note : "");
          }}
        >
          <Group mt="xs">
            <Radio value="registered" label={t("answer.registered")} />
            <Radio value="declined" label={t("answer.declined")} />
          </Group>
        </Radio.Group>
        {comes ? <ParticipantFields code={code} form={form} most={most} /> : null}
        <Textarea
          label={t(comes ? "answer.note" : "answer.why")}
          description={comes ? t("answer.note_hint") : undefined}
          required={!comes}
          autosize
          minRows={2}
          maxLength={500}
          {...form.getInputProps("note")}
        />
        <Group>
          <Button type="submit" loading={answer.isPending}>
            {t(comes ? "answer.register" : "answer.decline")}
          </Button>
          {row.answer ? (
            <Button variant="default" onClick={onDone}>
              {t("common:action.cancel")}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </form>
  );
}

/** One line to begin with. */
function startingWith({ participants }: Event): Named[] {
  const known = participants.map(({ name, position }) => ({
    key: uuid7(),
    name,
    position: position ?? "",
  }));
  return known.length > 0 ? known : [{ key: uuid7(), name: "", position: "" }];
}

/** How many the district may name: within its own seats and those that are left. */
function mostOf(row: Event): number {
  const left = row.seats_left ?? Number.POSITIVE_INFINITY;
  return Math.min(row.event.seats_per_district, left + row.participants.length);
}

/** Who declines sends nobody, whoever was named before. */
function bodyOf({ answer, participants, note }: AnswerFields, seen: Event): Body {
  const named = answer === "registered" ? participants : [];
  return {
    answer,
    participants: named.map(({ name, position }) => ({ name, position })),
    note,
    replaces: seen.answered_at,
  };
}

/** What another coordinator answered while this form was open. Sending again puts one's own answer in its place. */
function Meanwhile({ row, zone }: { row: Event; zone: string | undefined }) {
  const { t } = useTranslation("calendar");
  const name = row.answered_by_name;
  const moment = formatMoment(row.answered_at ?? "", currentLanguage(), zone);
  return (
    <Alert color="kunyit" variant="light" role="alert" title={t("answer.meanwhile")}>
      <Stack gap="sm">
        <Text>{t(`answer.meanwhile_${row.answer ?? "registered"}`, { name, moment })}</Text>
        <GivenAnswer row={row} />
        <Text>{t("answer.meanwhile_then")}</Text>
      </Stack>
    </Alert>
  );
}

function useAnswer(code: string, event_id: string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: Body) => {
      const { data } = await api.POST("/api/v1/districts/{code}/events/{event_id}/answer", {
        params: { path: { code, event_id } },
        body,
      });
      return data;
    },
    onSuccess: (answered) => {
      // Before the list is read again: whoever changes the answer at once begins with this one.
      client.setQueryData(eventQuery(code, event_id).queryKey, answered);
      onDone();
    },
    // Also when it failed: somebody else may have taken the last seats.
    onSettled: () => client.invalidateQueries({ queryKey: EVENTS }),
  });
}
