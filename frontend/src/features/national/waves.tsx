import { Button, Group, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { may, oversightMembership, useMe } from "@/api/me";
import { PERMISSION } from "@/api/permissions";
import { csvBlob } from "@/lib/export/csv";
import { fileName } from "@/lib/export/table";
import { formatDate, formatMonth, formatNumber } from "@/lib/format";
import { currentLanguage } from "@/lib/i18n";
import { saveBlob } from "@/lib/save-blob";
import { AnchorLink } from "@/ui/links";
import { Section } from "@/ui/page";
import { waveTable } from "./columns";
import { DownloadButton } from "./download-button";
import classes from "./national.module.css";
import type { Overview, OverviewWave } from "./overview";
import { WaveDialog } from "./wave-dialog";
import { waveName } from "./wave-name";
import { waveWords } from "./words";

const route = getRouteApi("/kerja/pusat");

/** The waves of replication: what was planned for each, and how far its districts are. */
export function Waves({ overview }: { overview: Overview }) {
  const { t } = useTranslation(["national", "supervision", "common"]);
  const mayPlan = may(oversightMembership(useMe()), PERMISSION.planManage);
  const [open, setOpen] = useState<"new" | string | null>(null);
  if (overview.waves.length === 0 && !mayPlan) return null;
  // No filter narrows what waves are set against, so none is in the name.
  const save = () => {
    const table = waveTable(t, overview.waves, new Date());
    saveBlob(csvBlob(table), fileName(t("file.waves"), "csv"));
  };
  return (
    <Section
      title={t("wave.title")}
      aside={
        <Group gap="sm">
          {overview.waves.length > 0 ? (
            <DownloadButton onClick={save} what={t("wave.title")} />
          ) : null}
          {mayPlan ? (
            <Button
              variant="default"
              className="sp-screen-only"
              leftSection={<IconPlus size={20} aria-hidden />}
              onClick={() => setOpen("new")}
            >
              {t("wave.add")}
            </Button>
          ) : null}
        </Group>
      }
    >
      {overview.waves.length === 0 ? (
        <Text c="dimmed">{t("wave.empty")}</Text>
      ) : (
        <ul className={classes.waves}>
          {overview.waves.map((wave) => (
            <li key={wave.id}>
              <Wave wave={wave} onEdit={mayPlan ? () => setOpen(wave.id) : undefined} />
            </li>
          ))}
        </ul>
      )}
      {open ? (
        <WaveDialog wave={open === "new" ? null : open} onClose={() => setOpen(null)} />
      ) : null}
    </Section>
  );
}

function Wave({ wave, onEdit }: { wave: OverviewWave; onEdit: (() => void) | undefined }) {
  const { t } = useTranslation(["national", "supervision", "common"]);
  const filters = route.useSearch();
  const day = (value: string) => formatDate(value, currentLanguage());
  const number = (value: number) => formatNumber(value, currentLanguage());
  const share = wave.districts > 0 ? (wave.reached / wave.districts) * 100 : 0;
  const phase = t(`supervision:phase.${wave.target_phase}`);
  const name = waveName(t, wave);
  return (
    <>
      <Group justify="space-between" gap="xs">
        <AnchorLink
          to="/pusat"
          search={{ ...filters, gelombang: wave.id }}
          resetScroll={false}
          className={classes.target}
        >
          <strong>{name}</strong>
        </AnchorLink>
        {onEdit ? (
          <Button
            variant="subtle"
            size="compact-md"
            className="sp-screen-only"
            aria-label={t("wave.edit_of", { name })}
            onClick={onEdit}
          >
            {t("wave.edit")}
          </Button>
        ) : null}
      </Group>
      <Text>
        {t("wave.target", { phase, from: day(wave.starts_on), until: day(wave.target_on) })}
      </Text>
      <Text component="div" className={classes.progress}>
        <span className={classes.bar} aria-hidden="true">
          <span style={{ width: `${share}%` }} />
        </span>
        {t("wave.reached", {
          count: wave.districts,
          reached: number(wave.reached),
          planned: number(wave.districts),
        })}
      </Text>
      <Text c="dimmed">{waveWords(t, wave, new Date())}</Text>
      {wave.months.length > 0 ? <Months wave={wave} /> : null}
    </>
  );
}

/** Arrivals month by month. */
function Months({ wave }: { wave: OverviewWave }) {
  const { t } = useTranslation("national");
  return (
    <details className={classes.details}>
      <summary>{t("wave.months")}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={t("wave.months")}>
        <table className={classes.plain}>
          <thead>
            <tr>
              <th scope="col">{t("trend.month")}</th>
              <th scope="col">{t("wave.reached_column")}</th>
            </tr>
          </thead>
          <tbody>
            {wave.months.map(({ month, reached }) => (
              <tr key={month}>
                <th scope="row">{formatMonth(month, currentLanguage())}</th>
                <td>{formatNumber(reached, currentLanguage())}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
