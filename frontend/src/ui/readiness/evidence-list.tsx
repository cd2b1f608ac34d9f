import { Badge, Button, Group, Paper, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { type Evidence, evidenceQuery, type ReadinessItem } from "@/api/readiness";
import { formatDate, formatMoment } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { ConfirmDialog } from "../confirm-dialog";
import { DoneLine } from "../done-line";
import { ProblemAlert } from "../problem-alert";
import { StoredFile } from "../record/file-field";
import { documentKindName, EvidenceDialog } from "./evidence-dialog";
import type { ChecklistMode } from "./mode";
import { ReviewDialog } from "./review-dialog";

type Open =
  | { kind: "form"; evidence: Evidence | null }
  | { kind: "withdraw"; evidence: Evidence }
  | { kind: "review"; evidence: Evidence; decision: "verified" | "returned" };

interface Props {
  code: string;
  item: ReadinessItem;
  mode: ChecklistMode;
}

/** The documents of an item, and what may be done with each. */
export function EvidenceList({ code, item, mode }: Props) {
  const { t } = useTranslation("readiness");
  const client = useQueryClient();
  const evidence = useQuery(evidenceQuery(code, item.code));
  const [open, setOpen] = useState<Open | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const close = () => setOpen(null);
  const begin = (next: Open) => {
    setDone(null);
    setOpen(next);
  };
  const withdraw = useMutation({
    mutationFn: ({ id, version }: Evidence) =>
      api.DELETE("/api/v1/districts/{code}/evidence/{evidence_id}", {
        params: { path: { code, evidence_id: id }, header: { "If-Match": `"${version}"` } },
      }),
    onSuccess: async (_, { title }) => {
      // Before the dialog closes: its button is gone then, and the focus goes to what is said.
      await client.invalidateQueries({ queryKey: ["readiness", code] });
      close();
      setDone(t("evidence.withdrawn", { title }));
    },
  });
  const rows = evidence.data ?? [];
  return (
    <Stack gap="sm">
      <Text fw={600}>{t("evidence.title")}</Text>
      <ProblemAlert error={evidence.error} onRetry={() => evidence.refetch()} />
      {rows.length === 0 && !evidence.error ? (
        // The line is there from the start, so that the button below does not move away from a finger.
        <Text c="dimmed">{t(evidence.isPending ? "evidence.loading" : "evidence.none")}</Text>
      ) : null}
      {rows.map((row) => (
        <EvidenceCard key={row.id} code={code} evidence={row} mode={mode} onOpen={begin} />
      ))}
      <DoneLine>{done}</DoneLine>
      {mode === "work" ? (
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={20} aria-hidden />}
            aria-label={t("evidence.add_of", { item: item.title })}
            onClick={() => begin({ kind: "form", evidence: null })}
          >
            {t("evidence.add")}
          </Button>
        </Group>
      ) : null}
      {open?.kind === "form" ? (
        <EvidenceDialog
          code={code}
          item={item}
          evidence={open.evidence}
          onSaved={(isSent) => setDone(t(isSent ? "evidence.sent" : "evidence.drafted"))}
          onClose={close}
        />
      ) : null}
      {open?.kind === "withdraw" ? (
        <ConfirmDialog
          opened
          title={t("evidence.withdraw_title")}
          confirm={t("evidence.withdraw")}
          busy={withdraw.isPending}
          error={withdraw.error}
          onConfirm={() => withdraw.mutate(open.evidence)}
          onClose={close}
        >
          {t("evidence.withdraw_body", { title: open.evidence.title })}
        </ConfirmDialog>
      ) : null}
      {open?.kind === "review" ? (
        <ReviewDialog
          code={code}
          subject={{ kind: "evidence", evidence: open.evidence }}
          returns={open.decision === "returned"}
          onClose={close}
        />
      ) : null}
    </Stack>
  );
}

const STATUSES = ["submitted", "verified", "returned", "withdrawn"] as const;

interface CardProps {
  code: string;
  evidence: Evidence;
  mode: ChecklistMode;
  onOpen: (open: Open) => void;
}

function EvidenceCard({ code, evidence, mode, onOpen }: CardProps) {
  const { t } = useTranslation("readiness");
  const language = currentLanguage();
  const isDraft = evidence.status === "submitted" && !evidence.file_id;
  const status = STATUSES.find((known) => known === evidence.status) ?? "submitted";
  const facts = [
    documentKindName(evidence.kind),
    evidence.number ? t("evidence.number", { number: evidence.number }) : "",
    evidence.document_date ? formatDate(evidence.document_date, language) : "",
    evidence.valid_until ? t("until", { day: formatDate(evidence.valid_until, language) }) : "",
  ];
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group justify="space-between" gap="xs">
          <Text fw={600}>{evidence.title}</Text>
          <Badge color={status === "verified" ? "laut" : "kunyit"} variant="light">
            {t(isDraft ? "evidence.status.draft" : `evidence.status.${status}`)}
          </Badge>
        </Group>
        <Text>{facts.filter(Boolean).join(" · ")}</Text>
        <Text c="dimmed">
          {t("evidence.by", {
            name: evidence.submitted_by_name,
            moment: formatMoment(evidence.submitted_at, language),
          })}
        </Text>
        {evidence.note ? <Text>{t("evidence.note", { note: evidence.note })}</Text> : null}
        {evidence.review_comment ? (
          <Text fw={600}>
            {t("evidence.said", {
              name: evidence.reviewed_by_name ?? "",
              comment: evidence.review_comment,
            })}
          </Text>
        ) : null}
        {evidence.file_id ? <StoredFile code={code} id={evidence.file_id} /> : null}
        {mode === "work" && status !== "withdrawn" ? (
          <Group gap="xs">
            {status === "verified" ? null : (
              <Button
                variant="default"
                aria-label={t("evidence.change_of", { title: evidence.title })}
                onClick={() => onOpen({ kind: "form", evidence })}
              >
                {t("evidence.change")}
              </Button>
            )}
            <Button
              variant="subtle"
              aria-label={t("evidence.withdraw_of", { title: evidence.title })}
              onClick={() => onOpen({ kind: "withdraw", evidence })}
            >
              {t("evidence.withdraw")}
            </Button>
          </Group>
        ) : null}
        {mode === "review" && status !== "withdrawn" && !isDraft ? (
          <Group gap="xs">
            {status === "verified" ? null : (
              <Button onClick={() => onOpen({ kind: "review", evidence, decision: "verified" })}>
                {t("review.verify")}
              </Button>
            )}
            {status === "returned" ? null : (
              <Button
                variant="default"
                onClick={() => onOpen({ kind: "review", evidence, decision: "returned" })}
              >
                {t("review.return")}
              </Button>
            )}
          </Group>
        ) : null}
      </Stack>
    </Paper>
  );
}
