import { Alert, Button, Group, List, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { districtQuery } from "@/api/district";
import { may, membershipOf, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { type Blocker, districtVersion, type ReadinessReport } from "@/api/readiness";
import type { District } from "@/api/types";
import { ifMatch } from "@/api/versioned";
import { formatDate } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { ConfirmDialog } from "@/ui/confirm-dialog";
import { AnchorLink } from "@/ui/links";
import { ItemAnchor } from "@/ui/readiness/item-anchor";

interface Props {
  code: string;
  district: District;
  report: ReadinessReport;
}

/** Live already, ready for it, or what stands in the way, each a link to where it is mended. */
export function GoLive({ code, district, report }: Props) {
  const { t } = useTranslation("launch");
  const [asks, setAsks] = useState(false);
  const { allowed, blockers } = report.go_live;
  const launches = may(membershipOf(useMe(), code), PERMISSION.setupGoLive);
  const launch = useLaunch(code, () => setAsks(false));

  if (district.live_at) {
    return (
      <Alert color="laut" variant="light" title={t("live_title")}>
        <Text>
          {t("live", { day: formatDate(district.live_at, currentLanguage(), district.time_zone) })}
        </Text>
        <AnchorLink to="/layanan/$code" params={{ code }}>
          {t("see_public")}
        </AnchorLink>
      </Alert>
    );
  }
  return (
    <>
      {allowed ? (
        <Alert color="laut" variant="light" title={t("ready_title")}>
          <Text>{t("ready")}</Text>
        </Alert>
      ) : (
        <Alert
          color="kunyit"
          variant="light"
          title={t("blocked_title", { count: blockers.length })}
          styles={{ title: { fontSize: "1.125rem" } }}
        >
          <Blockers blockers={blockers} code={code} />
        </Alert>
      )}
      <Group>
        <Button disabled={!allowed || !launches} onClick={() => setAsks(true)}>
          {t("launch")}
        </Button>
        {launches ? null : <Text c="dimmed">{t("no_right")}</Text>}
      </Group>
      <ConfirmDialog
        opened={asks}
        title={t("confirm_title")}
        confirm={t("launch")}
        busy={launch.isPending}
        error={launch.error}
        onConfirm={() => launch.mutate()}
        onClose={() => setAsks(false)}
      >
        {t("confirm_body", { unit: district.unit_name })}
      </ConfirmDialog>
    </>
  );
}

function Blockers({ blockers, code }: { blockers: Blocker[]; code: string }) {
  const { t } = useTranslation("launch");
  return (
    <List>
      {blockers.map((blocker) => (
        <List.Item key={blocker.item}>
          <ItemAnchor item={{ code: blocker.item }} code={code}>
            {t("blocked_item", {
              code: blocker.item,
              title: blocker.title,
              reason: blocker.reason_text,
            })}
          </ItemAnchor>
        </List.Item>
      ))}
    </List>
  );
}

/** Goes live on the version of the district as it is now; the service judges the items once more. */
function useLaunch(code: string, onLive: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const { etag } = await districtVersion(code);
      return api.POST("/api/v1/districts/{code}/go-live", {
        params: { path: { code }, header: ifMatch(etag) },
      });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: districtQuery(code).queryKey });
      onLive();
    },
    onSettled: () => client.invalidateQueries({ queryKey: ["readiness", code] }),
  });
}
