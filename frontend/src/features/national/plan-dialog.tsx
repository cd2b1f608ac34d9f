import { Stack, TextInput } from "@mantine/core";
import { isNotEmpty } from "@mantine/form";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { Sent } from "@/api/types";
import { ifMatch, type Versioned, versioned } from "@/api/versioned";
import { showDay } from "@/lib/day";
import { ConflictDialog } from "@/ui/conflict-dialog";
import { conflictFields } from "@/ui/conflict-fields";
import { DayInput } from "@/ui/day-input";
import { Dialog } from "@/ui/dialog";
import { DialogActions } from "@/ui/dialog-actions";
import { showFieldErrors } from "@/ui/form-errors";
import { PageSkeleton } from "@/ui/loading";
import { ProblemAlert } from "@/ui/problem-alert";
import { useForm } from "@/ui/use-form";
import { useVersionedSave } from "@/ui/use-versioned-save";

type Plan = Sent<"/api/v1/oversight/plan", "put">;

/** The plan with its version. */
async function readPlan(signal?: AbortSignal): Promise<Versioned<Plan>> {
  return versioned(await api.GET("/api/v1/oversight/plan", { signal }));
}

function valuesOf({ districts, source, announced_on }: Plan) {
  return { districts: String(districts), source, announced_on: announced_on ?? null };
}

/** Changes out of how many districts the nation counts, and who said so. */
export function PlanDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("national");
  const plan = useQuery({
    queryKey: ["oversight-plan"],
    gcTime: 0,
    queryFn: ({ signal }) => readPlan(signal),
  });
  if (plan.data) return <PlanForm first={plan.data} onClose={onClose} />;
  return (
    <Dialog opened onClose={onClose} title={t("plan.title")}>
      <ProblemAlert error={plan.error} onRetry={() => plan.refetch()} />
      {plan.isPending ? <PageSkeleton /> : null}
    </Dialog>
  );
}

interface FormProps {
  /** The plan as read when the dialog opened; what is read later does not change the form. */
  first: Versioned<Plan>;
  onClose: () => void;
}

/** The form, or both versions once somebody else changed the plan meanwhile. */
function PlanForm({ first, onClose }: FormProps) {
  const { t } = useTranslation(["national", "common"]);
  const client = useQueryClient();
  const [opened, setOpened] = useState(first);
  const form = useForm({
    initialValues: valuesOf(first.value),
    validate: {
      districts: (text) => (/^[1-9]\d{0,3}$/.test(text.trim()) ? null : t("plan.range")),
      source: isNotEmpty(t("common:form.required")),
    },
  });
  const saving = useVersionedSave<Plan, Plan>({
    opened,
    load: readPlan,
    save: async (body, etag) =>
      versioned(
        await api.PUT("/api/v1/oversight/plan", { params: { header: ifMatch(etag) }, body }),
      ),
    onStored: (stored, how) => {
      void client.invalidateQueries({ queryKey: ["oversight-overview"] });
      if (how === "saved") return onClose();
      setOpened(stored);
      form.setValues(valuesOf(stored.value));
    },
    onError: (error) => showFieldErrors(form, error),
  });
  const readable = ({ districts, source, announced_on }: Plan) => ({
    districts,
    source,
    announced_on: announced_on ? showDay(announced_on) : "",
  });
  if (saving.conflict) {
    const { mine, theirs } = saving.conflict;
    return (
      <ConflictDialog
        saving={saving}
        fields={conflictFields(readable(mine), readable(theirs.value), {
          districts: t("plan.districts"),
          source: t("plan.source"),
          announced_on: t("plan.announced_on"),
        })}
      />
    );
  }
  return (
    <Dialog opened onClose={onClose} title={t("plan.title")}>
      <form
        noValidate
        onSubmit={form.onSubmit((values) =>
          saving.save({ ...values, districts: Number(values.districts) }),
        )}
      >
        <Stack>
          <ProblemAlert error={saving.error} />
          <TextInput
            label={t("plan.districts")}
            inputMode="numeric"
            data-autofocus
            {...form.getInputProps("districts")}
          />
          <TextInput
            label={t("plan.source")}
            description={t("plan.source_hint")}
            {...form.getInputProps("source")}
          />
          <DayInput
            label={t("plan.announced_on")}
            value={form.values.announced_on}
            onChange={(day) => form.setFieldValue("announced_on", day)}
            error={form.errors.announced_on}
          />
          <DialogActions act={t("common:action.save")} busy={saving.isSaving} onClose={onClose} />
        </Stack>
      </form>
    </Dialog>
  );
}
