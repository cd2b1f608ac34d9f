import { Button, Group, Stack, Text } from "@mantine/core";
import { IconBellRinging } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { may, oversightMembership, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { nameWith } from "@/lib/export/table";
import { formatDate, formatMoment, formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { DoneLine } from "@/ui/done-line";
import { DownloadMenu } from "@/ui/download-menu";
import { Empty } from "@/ui/empty";
import { DistrictName } from "./district-name";
import classes from "./national.module.css";
import { NudgeDialog } from "./nudge-dialog";
import type { Overview, OverviewDistrict } from "./overview";
import { Reasons } from "./reasons";
import { LEAST_DAYS, nextNudgeAt, stuckOnes } from "./stuck";
import { useFirstRows } from "./use-first-rows";
import { useNationalExports } from "./use-national-exports";
import { narrowedBy } from "./words";

const route = getRouteApi("/kerja/pusat");

/** Who does not come along, for how long, what the system sees in the way, and what was done about it. */
export function StuckList({ overview }: { overview: Overview }) {
  const { t } = useTranslation(["national", "supervision", "common"]);
  const filters = route.useSearch();
  const [nudged, setNudged] = useState<OverviewDistrict | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const writers = useNationalExports();
  const least = filters.tertahan ?? LEAST_DAYS;
  const stuck = stuckOnes(overview.districts, least);
  const { first, rest } = useFirstRows(stuck);
  if (stuck.length === 0) {
    return <Empty title={t("stuck.empty_title")}>{t("stuck.empty", { count: least })}</Empty>;
  }
  return (
    <>
      <Group justify="space-between" align="flex-start" gap="md" mb="md">
        <Text flex={1} miw="14rem">
          {t("stuck.lead", { count: stuck.length, days: least })}
        </Text>
        <DownloadMenu
          what={t("download_stuck")}
          name={nameWith(t("file.stuck"), narrowedBy(t, filters, overview))}
          writers={writers.stuck}
        />
      </Group>
      <DoneLine>{done}</DoneLine>
      <ul className={classes.stuck}>
        {first.map((row) => (
          <StuckDistrict
            key={row.code}
            row={row}
            onNudge={() => {
              setDone(null);
              setNudged(row);
            }}
          />
        ))}
      </ul>
      {rest}
      {nudged ? (
        <NudgeDialog
          district={nudged}
          onSent={() => setDone(t("stuck.sent", { name: nudged.name }))}
          onClose={() => setNudged(null)}
        />
      ) : null}
    </>
  );
}

function StuckDistrict({ row, onNudge }: { row: OverviewDistrict; onNudge: () => void }) {
  const { t } = useTranslation("national");
  const language = currentLanguage();
  const nudges = may(oversightMembership(useMe()), PERMISSION.districtsNudge);
  const idle = row.idle_days ?? 0;
  const next = nextNudgeAt(row);
  return (
    <li>
      <Group justify="space-between" align="flex-start" gap="md">
        <Stack gap={4} flex={1} miw="14rem">
          <div className={classes.stuckName}>
            <DistrictName district={row} />
          </div>
          {idle > 0 ? (
            <Text fw={600}>
              {t("stuck.idle", { count: idle, number: formatNumber(idle, language) })}
              {row.last_progress_on
                ? ` ${t("stuck.since", { day: formatDate(row.last_progress_on, language) })}`
                : null}
            </Text>
          ) : null}
          <Reasons district={row} />
          <LastNudge district={row} />
          {nudges && next ? (
            <Text c="dimmed" className="sp-screen-only">
              {t("stuck.nudge_next", { moment: formatMoment(next, language) })}
            </Text>
          ) : null}
        </Stack>
        {nudges ? (
          <Button
            variant="default"
            leftSection={<IconBellRinging size={20} aria-hidden />}
            disabled={next !== null}
            aria-label={t("stuck.nudge_of", { name: row.name })}
            onClick={onNudge}
            className="sp-screen-only"
          >
            {t("stuck.nudge")}
          </Button>
        ) : null}
      </Group>
    </li>
  );
}

function LastNudge({ district }: { district: OverviewDistrict }) {
  const { t } = useTranslation("national");
  const language = currentLanguage();
  const nudge = district.last_nudge;
  if (!nudge) return null;
  const sent = t("stuck.nudged", {
    day: formatDate(nudge.sent_at, language),
    name: nudge.sent_by_name,
  });
  const opened = nudge.opened_at
    ? t("stuck.opened", { day: formatDate(nudge.opened_at, language) })
    : t("stuck.unopened");
  return (
    <Text c="dimmed">
      {sent} {opened} {t(nudge.progress_since ? "stuck.progress" : "stuck.no_progress")}
    </Text>
  );
}
