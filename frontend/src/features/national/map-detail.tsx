import { Button } from "@mantine/core";
import { IconZoomIn } from "@tabler/icons-react";
import { getRouteApi } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { readinessStep, shownPercent } from "@/lib/readiness";
import { AnchorLink } from "@/ui/links";
import classes from "./national.module.css";
import type { OverviewDistrict, Score } from "./overview";

const route = getRouteApi("/kerja/pusat");

/** A district in one sentence. */
export function useWords(): (district: OverviewDistrict, score: Score) => string {
  const { t } = useTranslation(["national", "supervision", "common"]);
  return (district, score) => {
    const percent = district[score];
    if (percent == null) return t("map.spoken_invited", { name: district.name });
    return t("map.spoken", {
      name: district.name,
      percent: shownPercent(percent),
      words: t(`common:readiness.${readinessStep(percent)}`),
      phase: district.phase ? t(`supervision:phase.${district.phase}`) : "–",
    });
  };
}

interface Props {
  district: OverviewDistrict | undefined;
  score: Score;
  /** What to do when nothing is chosen. */
  none: string;
  /** Offers to look at the province alone. */
  canZoom?: boolean;
}

/** What is known of the cell at hand, and the way to its district. Always there, so that nothing jumps. */
export function MapDetail({ district, score, none, canZoom = false }: Props) {
  return (
    <div className={classes.detail}>
      {district ? <DetailText district={district} score={score} canZoom={canZoom} /> : none}
    </div>
  );
}

function DetailText({
  district,
  score,
  canZoom,
}: {
  district: OverviewDistrict;
  score: Score;
  canZoom: boolean;
}) {
  const { t } = useTranslation("national");
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const words = useWords();
  return (
    <>
      <strong>{words(district, score)}</strong> {district.province_name}.{" "}
      {district.idle_days == null ? null : t("map.idle", { count: district.idle_days })}{" "}
      {district.status === "invited" ? null : (
        <AnchorLink to="/pusat/kabupaten/$wilayah" params={{ wilayah: district.code }}>
          {t("map.open", { name: district.name })}
        </AnchorLink>
      )}
      {canZoom ? (
        <Button
          variant="subtle"
          className="sp-screen-only"
          leftSection={<IconZoomIn size={20} aria-hidden />}
          onClick={() =>
            void navigate({
              search: { ...filters, provinsi: district.province_code },
              resetScroll: false,
            })
          }
        >
          {t("map.zoom", { name: district.province_name })}
        </Button>
      ) : null}
    </>
  );
}
