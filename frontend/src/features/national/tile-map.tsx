import { Text } from "@mantine/core";
import { type CSSProperties, type KeyboardEvent, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { READINESS_STEPS, readinessStep, shownPercent } from "@/lib/readiness";
import { AnchorLink } from "@/ui/links";
import classes from "./national.module.css";
import { isArrow, nearest } from "./nearest";
import type { Overview, OverviewDistrict, OverviewProvince, Score } from "./overview";
import { PLACES, rowsOf } from "./tile-layout";

interface Block {
  province: OverviewProvince;
  districts: OverviewDistrict[];
}

/** A country drawn from its parts pays from this many provinces on; fewer stand in a list. */
const DRAWN = 10;

/**
 * Every kabupaten and kota as a cell in the place of its province; on phones the provinces stand below
 * one another. One cell is in the order of tabs, arrow keys go from there to the nearest one that way.
 */
export function TileMap({ overview, score }: { overview: Overview; score: Score }) {
  const { t } = useTranslation("national");
  const list = useRef<HTMLDivElement>(null);
  const blocks = useMemo(() => blocksOf(overview), [overview]);
  const [chosen, setChosen] = useState<string | undefined>();
  const first = blocks.find(({ districts }) => districts.length > 0)?.districts[0];
  const shown = overview.districts.find(({ code }) => code === chosen);
  const stop = shown?.code ?? first?.code;

  function walk(event: KeyboardEvent) {
    const cells = [...(list.current?.querySelectorAll<HTMLElement>("[role=option]") ?? [])];
    const from = cells.indexOf(document.activeElement as HTMLElement);
    let to: number | undefined;
    if (event.key === "Home") to = 0;
    else if (event.key === "End") to = cells.length - 1;
    else if (isArrow(event.key)) to = nearest(cells.map(middle), from, event.key);
    else return;
    event.preventDefault();
    if (to !== undefined) cells[to]?.focus();
  }

  return (
    <>
      <Detail district={shown} score={score} />
      <Text c="dimmed" mb="xs" className="sp-screen-only">
        {t("map.how")}
      </Text>
      <div
        ref={list}
        role="listbox"
        tabIndex={-1}
        aria-label={t("map.label")}
        className={classes.map}
        data-drawn={blocks.length >= DRAWN}
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

function middle(cell: HTMLElement) {
  const box = cell.getBoundingClientRect();
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

function blocksOf({ provinces, districts }: Overview): Block[] {
  return provinces.map((province) => ({
    province,
    districts: districts.filter((district) => district.province_code === province.code),
  }));
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
  const { province, districts } = block;
  const empty = Math.max(0, province.regencies - districts.length);
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
  const words = useWords(district, score);
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
      onFocus={() => onChoose(district.code)}
      onClick={(event) => event.currentTarget.focus()}
      onKeyDown={() => undefined}
    >
      {step === "invited" ? "" : READINESS_STEPS.indexOf(step)}
    </div>
  );
}

/** A district in one sentence. */
function useWords(district: OverviewDistrict, score: Score): string {
  const { t } = useTranslation(["national", "supervision", "common"]);
  const percent = district[score];
  if (percent == null) return t("map.spoken_invited", { name: district.name });
  return t("map.spoken", {
    name: district.name,
    percent: shownPercent(percent),
    words: t(`common:readiness.${readinessStep(percent)}`),
    phase: district.phase ? t(`supervision:phase.${district.phase}`) : "–",
  });
}

/** What is known of the cell at hand, and the way to its district. Always there, so that nothing jumps. */
function Detail({ district, score }: { district: OverviewDistrict | undefined; score: Score }) {
  const { t } = useTranslation("national");
  return (
    <div className={classes.detail}>
      {district ? <DetailText district={district} score={score} /> : t("map.none")}
    </div>
  );
}

function DetailText({ district, score }: { district: OverviewDistrict; score: Score }) {
  const { t } = useTranslation("national");
  const words = useWords(district, score);
  return (
    <>
      <strong>{words}</strong> {district.province_name}.{" "}
      {district.idle_days == null ? null : t("map.idle", { count: district.idle_days })}{" "}
      {district.status === "invited" ? null : (
        <AnchorLink to="/pusat/kabupaten/$wilayah" params={{ wilayah: district.code }}>
          {t("map.open", { name: district.name })}
        </AnchorLink>
      )}
    </>
  );
}
