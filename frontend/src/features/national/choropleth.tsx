import { Button, Box as Room, Skeleton, Text, Title } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { IconZoomOut } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import {
  type BoundarySet,
  type BoundaryTopology,
  boundariesQuery,
  topologyQuery,
} from "@/api/boundaries";
import { READINESS_STEPS, readinessStep } from "@/lib/readiness";
import { AnchorLink } from "@/ui/links";
import { ProblemAlert } from "@/ui/problem-alert";
import { ProvinceSelect } from "@/ui/province-select";
import classes from "./choropleth.module.css";
import { MapDetail, useWords } from "./map-detail";
import nationalClasses from "./national.module.css";
import type { Overview, OverviewDistrict, Score } from "./overview";
import { around, type Box, type Drawing, drawing, pixelOf, type Shape } from "./shapes";
import { TileMap } from "./tile-map";
import { LIES, OPENS, useMapWalk } from "./use-map-walk";

const route = getRouteApi("/kerja/pusat");

interface Props {
  overview: Overview;
  score: Score;
  boundaries: BoundarySet;
}

/**
 * Every district within its boundaries, in the colours of the legend. Without the shapes the tiles are
 * as good as ever.
 */
export function Choropleth({ overview, score, boundaries }: Props) {
  const topology = useQuery(topologyQuery(boundaries.topology_hash));
  const client = useQueryClient();
  const retry = () => {
    void client.invalidateQueries({ queryKey: boundariesQuery.queryKey });
    void topology.refetch();
  };
  return (
    <>
      <ProblemAlert error={topology.error} onRetry={retry} />
      {topology.isPending ? <Skeleton h="24rem" /> : null}
      {topology.isError && !topology.data ? <TileMap overview={overview} score={score} /> : null}
      {topology.data ? (
        <Drawn overview={overview} score={score} topology={topology.data} boundaries={boundaries} />
      ) : null}
    </>
  );
}

function Drawn({
  overview,
  score,
  topology,
  boundaries,
}: Props & {
  topology: BoundaryTopology;
}) {
  const { t } = useTranslation("national");
  const filters = route.useSearch();
  const navigate = route.useNavigate();
  const [chosen, setChosen] = useState<string | undefined>();
  const all = useMemo(() => drawing(topology), [topology]);
  const [only, ...others] = overview.provinces;
  // Whoever sees one province alone looks at that one.
  const zoomed = filters.provinsi ?? (others.length === 0 ? only?.code : undefined);
  const view = useMemo(() => viewOf(all, zoomed), [all, zoomed]);
  const shown = overview.districts.find(({ code }) => code === chosen);
  const without = overview.districts.filter(({ code }) => !all.shapes.has(code));
  return (
    <figure className={classes.figure}>
      <MapDetail
        district={shown}
        score={score}
        none={t("map.none_shape")}
        canZoom={!zoomed && shown !== undefined}
      />
      {filters.provinsi && others.length > 0 ? (
        <Button
          variant="default"
          mb="sm"
          className="sp-screen-only"
          leftSection={<IconZoomOut size={20} aria-hidden />}
          onClick={() =>
            void navigate({ search: { ...filters, provinsi: undefined }, resetScroll: false })
          }
        >
          {t("map.whole")}
        </Button>
      ) : null}
      <Text c="dimmed" mb="xs" className="sp-screen-only">
        {t("map.how_shapes")}
      </Text>
      {others.length > 0 ? (
        // Five hundred districts in the width of a hand: there a finger finds a province's only.
        <Room hiddenFrom="sm" mb="sm" className="sp-screen-only">
          <ProvinceSelect
            label={t("map.zoom_to")}
            placeholder={t("map.zoom_none")}
            value={filters.provinsi}
            onChange={(provinsi) =>
              void navigate({ search: { ...filters, provinsi }, resetScroll: false })
            }
          />
        </Room>
      ) : null}
      <Sheet
        overview={overview}
        score={score}
        drawing={all}
        zoomed={zoomed}
        view={view}
        chosen={chosen}
        onChoose={setChosen}
      />
      {without.length > 0 ? <Shapeless districts={without} score={score} /> : null}
      <figcaption className={classes.terms}>
        {t("map.terms", { source: boundaries.source, licence: boundaries.licence })}
      </figcaption>
    </figure>
  );
}

/** What is looked at: a province, or everything, with some room around it. */
function viewOf({ shapes }: Drawing, province: string | undefined): Box {
  const every = [...shapes.values()];
  const within = every.filter(({ code }) => !province || code.startsWith(`${province}.`));
  const box = around((within.length > 0 ? within : every).map((shape) => shape.box));
  const { left, top, right, bottom } = box ?? { left: 0, top: 0, right: 1, bottom: 1 };
  const room = Math.max(right - left, bottom - top) * 0.02;
  return { left: left - room, top: top - room, right: right + room, bottom: bottom + room };
}

interface SheetProps {
  overview: Overview;
  score: Score;
  drawing: Drawing;
  zoomed: string | undefined;
  view: Box;
  chosen: string | undefined;
  onChoose: (code: string) => void;
}

/** A district whose largest part is smaller than a dot is marked with one; in pixels. */
const DOT = 7;
/** The dot on a phone, where the whole country has the width of a hand. */
const SMALL_DOT = 5;
/** From this many pixels on, the step of a district is written into it. */
const LABEL = 15;
/** Half as wide as a finger needs it, in pixels. */
const TOUCH = 12;

function Sheet({ overview, score, drawing, zoomed, view, chosen, onChoose }: SheetProps) {
  const { t } = useTranslation("national");
  const { list, walk } = useMapWalk<SVGGElement>();
  const { ref, width, height } = useElementSize();
  const [wide, high] = [view.right - view.left, view.bottom - view.top];
  // The country is three times as wide as it is high, some provinces are twice as high as wide.
  const ratio = Math.min(3, Math.max(0.9, wide / high));
  const pixel = pixelOf({ width: wide, height: high }, { width, height });
  const taking = overview.districts.flatMap((district) => {
    const shape = drawing.shapes.get(district.code);
    return shape ? [{ district, shape }] : [];
  });
  // Few may be larger: they do not cover one another.
  const few = taking.length < 60 ? 1.5 : 1;
  const dot = (width < 500 ? SMALL_DOT : DOT) * few * pixel;
  const stop = taking.some(({ district }) => district.code === chosen)
    ? chosen
    : taking[0]?.district.code;
  const here = new Set(taking.map(({ district }) => district.code));
  const provinces = overview.provinces.map((province) => ({
    province,
    members: taking.filter(({ district }) => district.province_code === province.code),
  }));
  const marked = taking.find(({ district }) => district.code === chosen)?.shape;
  return (
    <div ref={ref}>
      <svg
        className={classes.sheet}
        viewBox={`${view.left} ${view.top} ${wide} ${high}`}
        style={{ aspectRatio: ratio }}
      >
        <title>{t("map.label_shapes")}</title>
        <defs>
          <pattern
            id="peta-diundang"
            width={6 * pixel}
            height={6 * pixel}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width={6 * pixel} height={6 * pixel} fill="#fff" />
            <rect width={1.5 * pixel} height={6 * pixel} fill="#aebac0" />
          </pattern>
        </defs>
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus */}
        <g aria-hidden="true">
          {[...drawing.shapes.values()]
            .filter(({ code }) => !here.has(code))
            .map(({ code, name, path }) => (
              <path
                key={code}
                d={path}
                className={classes.other}
                data-far={zoomed !== undefined && !code.startsWith(`${zoomed}.`)}
              >
                <title>{t("map.other", { name })}</title>
              </path>
            ))}
        </g>
        <g
          ref={list}
          role="listbox"
          tabIndex={-1}
          aria-label={t("map.label_shapes")}
          onKeyDown={walk}
        >
          {provinces
            .filter(({ members }) => members.length > 0)
            .map(({ province, members }) => (
              // biome-ignore lint/a11y: a group of options is no fieldset, and nothing that is pressed
              <g key={province.code} role="group" aria-label={province.name}>
                {members.map(({ district, shape }) => (
                  <Area
                    key={district.code}
                    district={district}
                    shape={shape}
                    score={score}
                    pixel={pixel}
                    dot={dot}
                    isStop={district.code === stop}
                    isChosen={district.code === chosen}
                    onChoose={onChoose}
                  />
                ))}
              </g>
            ))}
        </g>
        <path d={drawing.lines} className={classes.lines} />
        {marked
          ? [classes.halo, classes.mark].map((look) => (
              <g key={look} className={look}>
                {isDot(marked, dot) ? (
                  <circle cx={marked.middle[0]} cy={marked.middle[1]} r={dot} />
                ) : (
                  <path d={marked.path} />
                )}
              </g>
            ))
          : null}
      </svg>
    </div>
  );
}

function isDot({ core }: Shape, dot: number): boolean {
  return Math.max(core.right - core.left, core.bottom - core.top) < dot;
}

function hasRoom({ core, stretch }: Shape, pixel: number): boolean {
  return Math.min(stretch, core.bottom - core.top) >= LABEL * pixel;
}

interface AreaProps {
  district: OverviewDistrict;
  shape: Shape;
  score: Score;
  /** A pixel of the screen in units of the drawing. */
  pixel: number;
  /** How wide a dot is, in units of the drawing. */
  dot: number;
  isStop: boolean;
  isChosen: boolean;
  onChoose: (code: string) => void;
}

function Area({ district, shape, score, pixel, dot, isStop, isChosen, onChoose }: AreaProps) {
  const words = useWords()(district, score);
  const percent = district[score];
  const step = percent == null ? "invited" : readinessStep(percent);
  const fill = step === "invited" ? "url(#peta-diundang)" : undefined;
  const [x, y] = shape.middle;
  const hasLabel = step !== "invited" && hasRoom(shape, pixel);
  return (
    <g
      role="option"
      aria-selected={isChosen}
      aria-label={words}
      tabIndex={isStop ? 0 : -1}
      className={classes.area}
      data-step={step}
      {...{ [LIES]: `${x / pixel} ${y / pixel}` }}
      {...(district.status === "invited" ? {} : { [OPENS]: district.code })}
      onFocus={() => onChoose(district.code)}
      onClick={(event) => event.currentTarget.focus()}
      onKeyDown={() => undefined}
    >
      <title>{words}</title>
      {isDot(shape, dot) ? (
        <circle cx={x} cy={y} r={TOUCH * pixel} className={classes.touch} />
      ) : null}
      <path d={shape.path} fill={fill} />
      {isDot(shape, dot) ? <circle cx={x} cy={y} r={dot / 2} fill={fill} /> : null}
      {hasLabel ? (
        <text x={x} y={y} fontSize={12 * pixel}>
          {READINESS_STEPS.indexOf(step)}
        </text>
      ) : null}
    </g>
  );
}

/** Nobody disappears because a file lacks a shape. */
function Shapeless({ districts, score }: { districts: OverviewDistrict[]; score: Score }) {
  const { t } = useTranslation("national");
  const words = useWords();
  return (
    <section aria-label={t("map.shapeless", { count: districts.length })} className={classes.rest}>
      <Title order={3} fz="1rem">
        {t("map.shapeless", { count: districts.length })}
      </Title>
      <ul>
        {districts.map((district) => {
          const percent = district[score];
          const step = percent == null ? "invited" : readinessStep(percent);
          return (
            <li key={district.code}>
              <span className={nationalClasses.tile} data-step={step} aria-hidden="true">
                {step === "invited" ? "" : READINESS_STEPS.indexOf(step)}
              </span>
              {district.status === "invited" ? (
                words(district, score)
              ) : (
                <AnchorLink
                  to="/pusat/kabupaten/$wilayah"
                  params={{ wilayah: district.code }}
                  className={nationalClasses.target}
                >
                  {words(district, score)}
                </AnchorLink>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
