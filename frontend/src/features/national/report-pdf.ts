import { componentKey, PLACE_OF } from "@/lib/components";
import { type Colour, type Mark, Paper, type Tiles } from "@/lib/export/pdf";
import type { Fonts } from "@/lib/export/pdf-fonts";
import { pick, type Value } from "@/lib/export/table";
import { currentLanguage } from "@/lib/i18n";
import { READINESS_STEPS, type ReadinessStep, readinessStep } from "@/lib/readiness";
import { kindsOf, scoreKeys } from "./columns";
import type { OverviewDistrict, Score } from "./overview";
import { type Report, readingLines } from "./report";
import { tilePlan } from "./tile-plan";
import type { Texts } from "./words";

/** The five steps as `ui/global.css` colours them: one hue, so that they keep their order in grey. */
export const GROUNDS: Record<ReadinessStep, Colour> = {
  none: [0xe4, 0xe9, 0xea],
  begun: [0xaf, 0xd0, 0xdb],
  partial: [0x74, 0xad, 0xc0],
  near: [0x2d, 0x7b, 0x94],
  complete: [0x0b, 0x3a, 0x4a],
};
const WHITE: Colour = [255, 255, 255];
const BLACK: Colour = [27, 42, 48];

/** Widths in millimetres: what is left of a page goes to the first columns. */
const ALL_SCORES = 84;
const FUNNEL = [46, 30, 34, 40, 30];
const COUNTS = [70, 30];
const STUCK = [31, 25, 18, 21, 66, 19];
const TREND = [33, 21, 21, 21, 21, 21, 21, 21];
const WAVES = [26, 19, 20, 21, 16, 17, 17, 13, 31];

/** The national page for a folder: one document on A4. */
export function reportPdf(t: Texts, report: Report, fonts: Fonts): Blob {
  const { filters, overview } = report;
  const score = filters.angka ? "verified" : "claimed";
  const paper = new Paper(
    {
      language: currentLanguage(),
      letterhead: report.letterhead,
      title: report.title,
      lines: readingLines(t, report),
      foot: (number, of) => t("report.page", { number, of }),
    },
    fonts,
  );
  paper.heading(t("counts"));
  paper.table({ table: report.counts, widths: COUNTS });
  paper.heading(t("funnel.title"));
  paper.table({ table: report.funnel, widths: FUNNEL });
  if (report.waves.rows.length > 0) {
    paper.heading(t("wave.title"));
    paper.paragraph(t("report.waves_lead"));
    paper.table({ table: report.waves, widths: WAVES });
  }
  if (report.trendEnds.rows.length > 0) {
    paper.heading(t("trend.title"));
    paper.paragraph(`${t("trend.caption")}. ${t("trend.notice")}`);
    paper.table({ table: report.trendEnds, widths: TREND });
  }
  const tiles = tilesOf(report, score);
  // The map with its legend stays on one page.
  paper.heading(t("report.map"), 40 + paper.heightOf(tiles));
  paper.paragraph(`${t(`legend.shows_${score}`)} ${t("report.map_lead")}`);
  paper.legend([
    ...READINESS_STEPS.map((step) => ({
      ...tileMark(step),
      label: `${t(`common:readiness.${step}`)} ${t(`legend.${step}`)}`,
    })),
    { ...INVITED, label: t("status.invited") },
  ]);
  paper.tiles(tiles);

  paper.heading(t("districts.title", { count: overview.districts.length }));
  paper.paragraph(`${t(`legend.shows_${score}`)} ${columnNames(t, report)}`);
  paper.legend(
    READINESS_STEPS.map((step) => ({
      fill: GROUNDS[step],
      label: `${t(`common:readiness.${step}`)} ${t(`legend.${step}`)}`,
    })),
  );
  const scores = [...scoreKeys(overview.districts, score), score];
  paper.table({
    table: pick(report.districts, ["name", "province", "phase", ...scores]),
    widths: [42, 30, 24, ...scores.map(() => ALL_SCORES / scores.length)],
    ground: (key, value) => (scores.includes(key) ? look(value) : undefined),
  });

  paper.heading(t("report.obstacles"));
  paper.paragraph(report.stuckLead);
  if (report.stuck.rows.length > 0) {
    const columns = ["name", "province", "idle", "progress", "reasons", "nudged"];
    paper.table({ table: pick(report.stuck, columns), widths: STUCK });
  }
  return paper.blob();
}

function look(value: Value): { fill: Colour; ink: Colour } | undefined {
  return typeof value === "number" ? groundOf(readinessStep(value)) : undefined;
}

/** A step's ground, and the ink that is read on it. */
export function groundOf(step: ReadinessStep): { fill: Colour; ink: Colour } {
  return { fill: GROUNDS[step], ink: step === "near" || step === "complete" ? WHITE : BLACK };
}

const EMPTY: Mark = { fill: WHITE };
const INVITED: Mark = { fill: WHITE, isHatched: true };

/** A tile with its number, as the screen has it: whoever prints in grey counts rather than compares. */
function tileMark(step: ReadinessStep): Mark {
  return { ...groundOf(step), text: String(READINESS_STEPS.indexOf(step)) };
}

function tilesOf({ overview }: Report, score: Score): Tiles {
  const { blocks, ...size } = tilePlan(overview);
  const markOf = (district: OverviewDistrict | undefined) => {
    if (!district) return EMPTY;
    const percent = district[score];
    return percent == null ? INVITED : tileMark(readinessStep(percent));
  };
  const cells = blocks.flatMap(({ tiles }) =>
    tiles.map(({ column, row, district }) => ({ column, row, mark: markOf(district) })),
  );
  return { ...size, blocks, cells };
}

/** What the short heads of the matrix mean. */
function columnNames(t: Texts, { overview }: Report): string {
  const names = kindsOf(overview.districts).map((kind) => {
    const key = componentKey(kind);
    return `${PLACE_OF[key].prefix}: ${t(`common:component.${key}`)}`;
  });
  return `${names.join("; ")}. ${t("report.nothing")}`;
}
