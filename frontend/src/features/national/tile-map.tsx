import { Text } from "@mantine/core";
import { type CSSProperties, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { READINESS_STEPS, readinessStep } from "@/lib/readiness";
import { MapDetail, useWords } from "./map-detail";
import classes from "./national.module.css";
import type { Overview, OverviewDistrict, Score } from "./overview";
import { type Block, blocksOf, DRAWN, PLACES, rowsOf } from "./tile-layout";
import { OPENS, useMapWalk } from "./use-map-walk";

/**
 * Every kabupaten and kota as a cell in the place of its province; on phones the provinces stand below
 * one another, with a number in place of empty cells: five hundred of these would be ten screens of nothing. One cell is in
 * the order of tabs, arrow keys go from there to the nearest one that way.
 */
export function TileMap({ overview, score }: { overview: Overview; score: Score }) {
  const { t } = useTranslation("national");
  const { list, walk } = useMapWalk<HTMLDivElement>();
  const blocks = useMemo(() => blocksOf(overview), [overview]);
  const isDrawn = blocks.length >= DRAWN;
  const [chosen, setChosen] = useState<string | undefined>();
  const first = blocks.find(({ districts }) => districts.length > 0)?.districts[0];
  const shown = overview.districts.find(({ code }) => code === chosen);
  const stop = shown?.code ?? first?.code;

  return (
    <>
      <MapDetail district={shown} score={score} none={t("map.none")} />
      <Text c="dimmed" mb="xs" className="sp-screen-only" data-drawn={isDrawn}>
        {t("map.how")} <span className={classes.forDrawn}>{t("map.how_empty")}</span>
        <span className={classes.forListed}>{t("map.how_share")}</span>
      </Text>
      <div
        ref={list}
        role="listbox"
        tabIndex={-1}
        aria-label={t("map.label")}
        className={classes.map}
        data-drawn={isDrawn}
        onKeyDown={walk}
      >
        {blocks.map((block) => (
          <Province
            key={block.province.code}
            block={block}
            score={score}
            stop={stop}
            chosen={chosen}
            onChoose={setChosen}
          />
        ))}
      </div>
    </>
  );
}

interface ProvinceProps {
  block: Block;
  score: Score;
  /** The cell in the order of tabs. */
  stop: string | undefined;
  chosen: string | undefined;
  onChoose: (code: string) => void;
}

function Province({ block, score, stop, chosen, onChoose }: ProvinceProps) {
  const { t } = useTranslation("national");
  const { province, districts, empty } = block;
  const place = PLACES[province.code];
  const width = place?.width ?? 4;
  const style = {
    "--column": place ? place.column : "auto",
    "--row": place ? place.row : "auto",
    "--width": width,
    "--rows": rowsOf(districts.length + empty, width),
  } as CSSProperties;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
    <div
      role="group"
      aria-label={province.name}
      className={classes.block}
      data-empty={districts.length === 0}
      style={style}
    >
      <span className={classes.blockName} aria-hidden="true" title={province.name}>
        <span className={classes.whole}>{province.name}</span>
        <span className={classes.brief}>{place?.short ?? province.name}</span>
        <span className={classes.share}>
          {t("map.share", { count: districts.length, of: districts.length + empty })}
        </span>
      </span>
      {districts.map((district) => (
        <Tile
          key={district.code}
          district={district}
          score={score}
          isStop={district.code === stop}
          isChosen={district.code === chosen}
          onChoose={onChoose}
        />
      ))}
      {Array.from({ length: empty }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cells without anything in them do not differ
        <span key={place} className={classes.blank} aria-hidden="true" />
      ))}
    </div>
  );
}

interface TileProps {
  district: OverviewDistrict;
  score: Score;
  isStop: boolean;
  isChosen: boolean;
  onChoose: (code: string) => void;
}

function Tile({ district, score, isStop, isChosen, onChoose }: TileProps) {
  const words = useWords()(district, score);
  const percent = district[score];
  const step = percent == null ? "invited" : readinessStep(percent);
  return (
    <div
      role="option"
      aria-selected={isChosen}
      aria-label={words}
      title={words}
      tabIndex={isStop ? 0 : -1}
      className={classes.tile}
      data-step={step}
      {...(district.status === "invited" ? {} : { [OPENS]: district.code })}
      onFocus={() => onChoose(district.code)}
      onClick={(event) => event.currentTarget.focus()}
      onKeyDown={() => undefined}
    >
      {step === "invited" ? "" : READINESS_STEPS.indexOf(step)}
    </div>
  );
}
