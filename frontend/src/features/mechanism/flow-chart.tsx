import { useTranslation } from "react-i18next";
import type { SopStep } from "@/api/setup/content";
import { durationText } from "./duration";
import classes from "./flow.module.css";
import { type FlowPage, type FlowRow, LINE, layoutFlow, SYMBOL } from "./flow-layout";

type Point = [number, number];

/** Height of a page: an A4 sheet on its side at the width of the drawing, head of the SOP apart. */
const PAGE_HEIGHT = 700;

/** The flow table of the SOP AP form, symbols in the columns of their actors, one drawing a page. */
export function FlowChart({ steps }: { steps: SopStep[] }) {
  const { t } = useTranslation("mechanism");
  const pages = layoutFlow(steps, durationText, PAGE_HEIGHT);
  return (
    <div className={classes.pages}>
      {pages.map((page, index) => (
        <figure
          key={page.rows[0]?.step.id}
          className={classes.page}
          // A wide drawing scrolls inside its frame; keyboards need a way in.
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus
          tabIndex={0}
        >
          <svg
            role="img"
            aria-label={t("flow.same")}
            viewBox={`-1 -1 ${page.width + 2} ${page.height + 2}`}
            className={classes.svg}
          >
            <defs>
              <marker
                id={`head-${index}`}
                viewBox="0 0 8 8"
                refX="7"
                refY="4"
                markerWidth="8"
                markerHeight="8"
                orient="auto"
              >
                <path d="M 0 0 L 8 4 L 0 8 z" />
              </marker>
            </defs>
            <Head page={page} />
            {page.rows.map((row) => (
              <Row key={row.step.id} row={row} page={page} />
            ))}
            <Rules page={page} />
            <Lines page={page} head={`url(#head-${index})`} />
          </svg>
          {pages.length > 1 ? (
            <figcaption>{t("flow.page", { n: index + 1, of: pages.length })}</figcaption>
          ) : null}
        </figure>
      ))}
    </div>
  );
}

function Lines({ page, head }: { page: FlowPage; head: string }) {
  const { t } = useTranslation("mechanism");
  return page.lines.map((line) => {
    const end: Point = line.points.at(-1) ?? [0, 0];
    const begin: Point = line.points[0] ?? [0, 0];
    return (
      <g key={JSON.stringify(line.points)}>
        <polyline
          className={classes.arrow}
          points={line.points.map((point) => point.join(",")).join(" ")}
          markerEnd={line.offPage === null ? head : undefined}
        />
        {line.offPage === null ? null : <OffPage x={end[0]} y={end[1]} step={line.offPage} />}
        {line.cameFrom === null ? null : <OffPage x={begin[0]} y={begin[1]} step={line.cameFrom} />}
        {line.label ? (
          <text className={classes.label} x={line.label.x} y={line.label.y}>
            {t(line.label.text === "yes" ? "flow.yes" : "flow.no_exit")}
          </text>
        ) : null}
      </g>
    );
  });
}

/** The pentagon that stands for "goes on on another page". */
function OffPage({ x, y, step }: { x: number; y: number; step: number }) {
  return (
    <g>
      <path className={classes.symbol} d={`M ${x - 10} ${y} h 20 v 9 l -10 6 l -10 -6 z`} />
      <text className={classes.mark} x={x} y={y + 9}>
        {step}
      </text>
    </g>
  );
}

function Head({ page }: { page: FlowPage }) {
  const { t } = useTranslation("mechanism");
  const { columns, lanes, headHeight } = page;
  const name = {
    no: t("flow.no"),
    activity: t("flow.activity"),
    inputs: t("flow.inputs"),
    time: t("flow.time"),
    output: t("flow.output"),
    note: t("flow.note"),
  };
  const [left, right] = laneEdges(page);
  const quality = columns.filter(
    ({ key }) => key === "inputs" || key === "time" || key === "output",
  );
  const from = quality[0]?.x ?? 0;
  const to = (quality.at(-1)?.x ?? 0) + (quality.at(-1)?.width ?? 0);
  return (
    <g className={classes.head}>
      <rect x={0} y={0} width={page.width} height={headHeight} />
      <text x={(left + right) / 2} y={16}>
        {t("flow.actors")}
      </text>
      <text x={(from + to) / 2} y={16}>
        {t("flow.quality")}
      </text>
      <path d={`M ${left} 22 H ${to}`} />
      {columns.map(({ key, x, width }) => (
        <text
          key={key}
          x={x + width / 2}
          y={headHeight / 2 + (x > left && key !== "note" ? 14 : 4)}
        >
          {name[key]}
        </text>
      ))}
      {lanes.map((lane) => (
        <text key={lane.name} x={lane.x + lane.width / 2} y={22 + LINE}>
          {(lane.name ? lane.lines : [t("flow.nobody")]).map((line, index) => (
            <tspan key={line} x={lane.x + lane.width / 2} dy={index === 0 ? 0 : LINE}>
              {line}
            </tspan>
          ))}
        </text>
      ))}
    </g>
  );
}

/** The lines of the table. */
function Rules({ page }: { page: FlowPage }) {
  const { columns, lanes, rows, width, height } = page;
  const [left, right] = laneEdges(page);
  const tall = new Set([0, width, left, right, ...columns.map(({ x }) => x)]);
  const quality = columns.filter(({ key }) => key === "time" || key === "output").map(({ x }) => x);
  return (
    <g className={classes.rules}>
      {[...tall].map((x) => (
        <path key={x} d={`M ${x} ${quality.includes(x) ? 22 : 0} V ${height}`} />
      ))}
      {lanes.slice(1).map(({ x }) => (
        <path key={x} d={`M ${x} 22 V ${height}`} />
      ))}
      {rows.map(({ y, step }) => (
        <path key={step.id} d={`M 0 ${y} H ${width}`} />
      ))}
      <path d={`M 0 0 H ${width} M 0 ${height} H ${width}`} />
    </g>
  );
}

function laneEdges({ columns }: FlowPage): [number, number] {
  const activity = columns.find(({ key }) => key === "activity");
  const inputs = columns.find(({ key }) => key === "inputs");
  return [(activity?.x ?? 0) + (activity?.width ?? 0), inputs?.x ?? 0];
}

function Row({ row, page }: { row: FlowRow; page: FlowPage }) {
  return (
    <g>
      {page.columns.map(({ key, x }) => (
        <text key={key} className={classes.cell} x={x + 8} y={row.y + 20}>
          {row.texts[key].map((line, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text, redrawn as a whole
            <tspan key={index} x={x + 8} dy={index === 0 ? 0 : LINE}>
              {line}
            </tspan>
          ))}
        </text>
      ))}
      <StepSymbol kind={row.step.kind} x={row.cx} y={row.cy} />
    </g>
  );
}

/** Terminator, process or decision, as the SOP AP form draws them. */
export function StepSymbol({ kind, x, y }: { kind: SopStep["kind"]; x: number; y: number }) {
  const [w, h] = [SYMBOL.width / 2, SYMBOL.height / 2];
  if (kind === "decision") {
    return (
      <path
        className={classes.symbol}
        d={`M ${x} ${y - h} L ${x + w} ${y} L ${x} ${y + h} L ${x - w} ${y} z`}
      />
    );
  }
  const round = kind === "start" || kind === "end" ? h : 0;
  return (
    <rect
      className={classes.symbol}
      x={x - w}
      y={y - h}
      width={2 * w}
      height={2 * h}
      rx={round}
      strokeDasharray={kind === null ? "4 3" : undefined}
    />
  );
}
