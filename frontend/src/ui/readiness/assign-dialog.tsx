import { Checkbox, Select, Stack, Textarea } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { memberOptionsQuery } from "@/api/members";
import type { ItemProgress, ReadinessItem } from "@/api/readiness";
import { type Versioned, versioned } from "@/api/versioned";
import { showDay } from "@/lib/day";
import { DialogActions } from "@/ui/dialog-actions";
import { ConflictDialog } from "../conflict-dialog";
import { conflictFields } from "../conflict-fields";
import { DayInput } from "../day-input";
import { Dialog } from "../dialog";
import { ProblemAlert } from "../problem-alert";
import { useVersionedSave } from "../use-versioned-save";

interface Values {
  assignee_id: string | null;
  due_on: string | null;
  note: string;
  begun: boolean;
}

interface Props {
  code: string;
  item: ReadinessItem;
  onClose: () => void;
}

/** Who looks after an item, until when. */
export function AssignDialog({ code, item, onClose }: Props) {
  const { t } = useTranslation(["readiness", "common", "setup"]);
  const client = useQueryClient();
  const [opened, setOpened] = useState<Versioned<ItemProgress>>({
    value: item.assignment,
    etag: `"${item.assignment.version}"`,
  });
  const [values, setValues] = useState<Values>(() => valuesOf(item.assignment));
  const members = useMembers(code);
  const params = { path: { code, item_code: item.code } };
  const saving = useVersionedSave<ItemProgress, Values>({
    opened,
    load: async () =>
      versioned(
        await api.GET("/api/v1/districts/{code}/readiness/{item_code}/progress", { params }),
      ),
    save: async (body, etag) =>
      versioned(
        await api.PUT("/api/v1/districts/{code}/readiness/{item_code}/progress", {
          params: { ...params, header: { "If-Match": etag ?? '"0"' } },
          body,
        }),
      ),
    onStored: (stored, how) => {
      void client.invalidateQueries({ queryKey: ["readiness", code] });
      if (how === "saved") return onClose();
      setOpened(stored);
      setValues(valuesOf(stored.value));
    },
  });
  const nameOf = (id: string | null) => members.find((member) => member.value === id)?.label ?? "";
  const readable = (now: Values) => ({
    assignee: nameOf(now.assignee_id),
    due: now.due_on ? showDay(now.due_on) : "",
    note: now.note,
    begun: t(now.begun ? "setup:answer.yes" : "setup:answer.no"),
  });

  if (saving.conflict) {
    const { mine, theirs } = saving.conflict;
    return (
      <ConflictDialog
        saving={saving}
        fields={conflictFields(readable(mine), readable(valuesOf(theirs.value)), {
          assignee: t("assign.who"),
          due: t("assign.due"),
          note: t("assign.note"),
          begun: t("assign.begun"),
        })}
      />
    );
  }
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t("assign.title", { item: item.code })}
      holds={JSON.stringify(values) !== JSON.stringify(valuesOf(opened.value))}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          saving.save(values);
        }}
      >
        <Stack>
          <ProblemAlert error={saving.error} />
          <Select
            label={t("assign.who")}
            searchable
            clearable
            data={members}
            value={values.assignee_id}
            onChange={(assignee_id) => setValues({ ...values, assignee_id })}
          />
          <DayInput
            label={t("assign.due")}
            value={values.due_on}
            onChange={(due_on) => setValues({ ...values, due_on })}
          />
          <Textarea
            label={t("assign.note")}
            autosize
            minRows={2}
            value={values.note}
            onChange={(event) => setValues({ ...values, note: event.currentTarget.value })}
          />
          <Checkbox
            label={t("assign.begun")}
            checked={values.begun}
            onChange={(event) => setValues({ ...values, begun: event.currentTarget.checked })}
          />
          <DialogActions act={t("common:action.save")} busy={saving.isSaving} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}

function valuesOf({ assignee_id, due_on, note, begun }: ItemProgress): Values {
  return { assignee_id: assignee_id ?? null, due_on: due_on ?? null, note, begun };
}

function useMembers(code: string): { value: string; label: string }[] {
  const members = useQuery(memberOptionsQuery(code));
  return (members.data ?? []).map((member) => ({ value: member.account_id, label: member.name }));
}
