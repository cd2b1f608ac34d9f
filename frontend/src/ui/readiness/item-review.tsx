import { Alert, Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { ReadinessItem } from "@/api/readiness";
import { LeaveGuard } from "../leave-guard";
import { ProblemAlert } from "../problem-alert";
import type { ChecklistMode } from "./mode";
import { ReviewDialog } from "./review-dialog";

interface Props {
  code: string;
  item: ReadinessItem;
  mode: ChecklistMode;
}

/** What a reviewer said about an item that is counted, and the district's answer. */
export function ItemReviewPart({ code, item, mode }: Props) {
  const { t } = useTranslation("readiness");
  const [returns, setReturns] = useState<boolean | null>(null);
  const { review } = item;
  const isReturned = review?.decision === "returned";
  return (
    <Stack gap="sm">
      {review ? (
        <Alert color={isReturned && !review.answer ? "kunyit" : "laut"} variant="light">
          <Text>
            {isReturned
              ? t("review.returned_by", { name: review.decided_by_name, comment: review.comment })
              : t("review.confirmed_by", { name: review.decided_by_name })}
          </Text>
          {review.answer ? (
            <Text>
              {t("review.answered", {
                name: review.answered_by_name ?? "",
                answer: review.answer,
              })}
            </Text>
          ) : null}
        </Alert>
      ) : null}
      {mode === "work" && isReturned && !review?.answer ? <Answer code={code} item={item} /> : null}
      {mode === "review" && item.confirmed_by_review && item.state !== "missing" ? (
        <Group gap="xs">
          {item.state === "verified" ? null : (
            <Button onClick={() => setReturns(false)}>{t("review.confirm")}</Button>
          )}
          <Button variant="default" onClick={() => setReturns(true)}>
            {t("review.return")}
          </Button>
        </Group>
      ) : null}
      {returns === null ? null : (
        <ReviewDialog
          code={code}
          subject={{ kind: "item", item }}
          returns={returns}
          onClose={() => setReturns(null)}
        />
      )}
    </Stack>
  );
}

function Answer({ code, item }: { code: string; item: ReadinessItem }) {
  const { t } = useTranslation("readiness");
  const client = useQueryClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const [answer, setAnswer] = useState("");
  const [asked, setAsked] = useState(false);
  const lacks = answer.trim() === "";
  const send = useMutation({
    mutationFn: () =>
      api.POST("/api/v1/districts/{code}/readiness/{item_code}/answer", {
        params: { path: { code, item_code: item.code } },
        body: { answer },
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ["readiness", code] }),
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (lacks) field.current?.focus();
        else send.mutate();
      }}
    >
      <LeaveGuard holds={answer.trim() !== ""} />
      <Stack gap="xs">
        <ProblemAlert error={send.error} />
        <Textarea
          ref={field}
          label={t("review.answer_label")}
          error={asked && lacks ? t("review.answer_missing") : undefined}
          autosize
          minRows={2}
          value={answer}
          onChange={(event) => setAnswer(event.currentTarget.value)}
        />
        <Group>
          <Button type="submit" variant="default" loading={send.isPending}>
            {t("review.answer")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
