import { Alert, Button, Group, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { districtQuery } from "@/api/district";
import { may, oversightMembership, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { districtVersion } from "@/api/readiness";
import type { District } from "@/api/types";
import { ifMatch } from "@/api/versioned";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { Section } from "@/ui/page";
import { StandingDialog } from "./standing-dialog";

type Standing = District["standing"];

/** A step, as its texts are called, and where it leads. */
export interface Step {
  name: "suspend" | "reactivate" | "archive" | "restore";
  to: Standing;
}

/** The ways on from each standing; the service knows the same. */
const STEPS: Record<Standing, Step[]> = {
  active: [{ name: "suspend", to: "suspended" }],
  suspended: [
    { name: "reactivate", to: "active" },
    { name: "archive", to: "archived" },
  ],
  archived: [{ name: "restore", to: "suspended" }],
};

/** Whether people may work in a district, and the ministry's way to change that. */
export function StandingSection({ district }: { district: District }) {
  const { t } = useTranslation(["supervision", "common"]);
  const manages = may(oversightMembership(useMe()), PERMISSION.districtsManage);
  const [next, setNext] = useState<Step | null>(null);
  const change = useStandingChange(district.code, () => setNext(null));
  const { standing } = district;
  if (standing === "active" && !manages) return null;
  return (
    <Section title={t("standing.title")}>
      {standing === "active" ? (
        <Text>{t("standing.active")}</Text>
      ) : (
        <Alert color="kunyit" variant="light" title={t(`common:standing.${standing}`)}>
          {district.standing_reason}
          <Text c="dimmed" mt="xs">
            {t("standing.since", {
              by: district.standing_by_name,
              day: formatDate(district.standing_at, currentLanguage(), district.time_zone),
            })}
          </Text>
        </Alert>
      )}
      {manages ? (
        <Group mt="md">
          {STEPS[standing].map((step) => (
            <Button
              key={step.name}
              variant="default"
              onClick={() => {
                change.reset();
                setNext(step);
              }}
            >
              {t(`standing.${step.name}.act`)}
            </Button>
          ))}
        </Group>
      ) : null}
      {next ? (
        <StandingDialog
          district={district}
          step={next.name}
          busy={change.isPending}
          error={change.error}
          onSubmit={(reason) => change.mutate({ standing: next.to, reason })}
          onClose={() => setNext(null)}
        />
      ) : null}
    </Section>
  );
}

function useStandingChange(code: string, onDone: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: { standing: Standing; reason: string }) => {
      // Read now: what matters is the standing that is shown, which the service checks as well.
      const { etag } = await districtVersion(code);
      const { data } = await api.PUT("/api/v1/districts/{code}/standing", {
        params: { path: { code }, header: ifMatch(etag) },
        body,
      });
      if (!data) throw new Error("a district has a body");
      return data;
    },
    onSuccess: async (district) => {
      client.setQueryData(districtQuery(code).queryKey, district);
      onDone();
      await client.invalidateQueries();
    },
  });
}
