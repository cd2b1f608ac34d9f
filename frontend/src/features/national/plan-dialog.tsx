import { Button, Group, Stack, TextInput } from "@mantine/core";
import { isNotEmpty, useForm } from "@mantine/form";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import type { Sent } from "@/api/types";
import { ifMatch, type Versioned, versioned } from "@/api/versioned";
import { DayInput } from "@/ui/day-input";
import { Dialog } from "@/ui/dialog";
import { showFieldErrors } from "@/ui/form-errors";
import { PageSkeleton } from "@/ui/loading";
import { ProblemAlert } from "@/ui/problem-alert";

type Plan = Sent<"/api/v1/oversight/plan", "put">;

/** Changes out of how many districts the nation counts, and who said so. */
export function PlanDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("national");
  const plan = useQuery({
    queryKey: ["oversight-plan"],
    gcTime: 0,
    queryFn: async ({ signal }): Promise<Versioned<Plan>> =>
      versioned(await api.GET("/api/v1/oversight/plan", { signal })),
  });
  return (
    <Dialog opened onClose={onClose} title={t("plan.title")}>
      <ProblemAlert error={plan.error} onRetry={() => plan.refetch()} />
      {plan.isPending ? <PageSkeleton /> : null}
      {plan.data ? <PlanForm opened={plan.data} onClose={onClose} /> : null}
    </Dialog>
  );
}

function PlanForm({ opened, onClose }: { opened: Versioned<Plan>; onClose: () => void }) {
  const { t } = useTranslation(["national", "common"]);
  const client = useQueryClient();
  const form = useForm({
    initialValues: {
      districts: String(opened.value.districts),
      source: opened.value.source,
      announced_on: opened.value.announced_on ?? null,
    },
    validate: {
      districts: (text) => (/^[1-9]\d{0,3}$/.test(text.trim()) ? null : t("plan.range")),
      source: isNotEmpty(t("common:form.required")),
    },
  });
  const save = useMutation({
    mutationFn: (body: Plan) =>
      api.PUT("/api/v1/oversight/plan", {
        params: { header: ifMatch(opened.etag) },
        body,
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["oversight-overview"] });
      onClose();
    },
    onError: (error) => showFieldErrors(form, error),
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) =>
        save.mutate({ ...values, districts: Number(values.districts) }),
      )}
    >
      <Stack>
        <ProblemAlert error={save.error} />
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
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("common:action.cancel")}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t("common:action.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
