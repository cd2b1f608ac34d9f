import { useTranslation } from "react-i18next";
import { readinessStep, shownPercent } from "@/lib/readiness";
import classes from "./readiness.module.css";

/** One of the parts of the ring. */
export interface RingPart {
  key: string;
  label: string;
  /** Percent, 0 to 100. */
  percent: number;
}

interface Props {
  parts: RingPart[];
  /** Overall percent, 0 to 100, as the service computed it: the ring does not average. */
  overall: number;
  /** Side in CSS pixels. */
  size?: number;
}

const RADIUS = 50;
const GAP_DEGREES = 6;

/**
 * A segment for each component, filled as far as it is ready, overall number in the middle. Read
 * aloud as one sentence with every component's number, so nothing hangs on colour.
 */
export function ReadinessRing({ parts, overall, size = 176 }: Props) {
  const { t } = useTranslation();
  const percent = shownPercent(overall);
  const step = readinessStep(overall);
  const sweep = 360 / Math.max(1, parts.length);
  const spoken = parts.map((p) => `${p.label} ${shownPercent(p.percent)}%`).join("; ");
  return (
    <svg
      role="img"
      aria-label={t("readiness.ring", { percent, words: t(`readiness.${step}`), parts: spoken })}
      width={size}
      height={size}
      viewBox="0 0 120 120"
    >
      {parts.map((part, index) => {
        const from = index * sweep + GAP_DEGREES / 2;
        const length = sweep - GAP_DEGREES;
        const filled = (length * shownPercent(part.percent)) / 100;
        return (
          <g key={part.key}>
            <title>{`${part.label}: ${shownPercent(part.percent)}%`}</title>
            <path className={classes.segment} data-part="track" d={arc(from, from + length)} />
            {filled > 0 ? (
              <path
                className={classes.segment}
                data-step={readinessStep(part.percent)}
                data-key={part.key}
                d={arc(from, from + filled)}
              />
            ) : null}
          </g>
        );
      })}
      <text x="60" y="62" textAnchor="middle" className={classes.number}>
        {percent}%
      </text>
      <text x="60" y="77" textAnchor="middle" className={classes.caption}>
        {t(`readiness.${step}`)}
      </text>
    </svg>
  );
}

/** SVG path of an arc, degrees clockwise from the top. */
function arc(from: number, to: number): string {
  const [x1, y1] = onCircle(from);
  const [x2, y2] = onCircle(to);
  return `M ${x1} ${y1} A ${RADIUS} ${RADIUS} 0 ${to - from > 180 ? 1 : 0} 1 ${x2} ${y2}`;
}

function onCircle(degrees: number): [string, string] {
  const angle = ((degrees - 90) * Math.PI) / 180;
  return [(60 + RADIUS * Math.cos(angle)).toFixed(2), (60 + RADIUS * Math.sin(angle)).toFixed(2)];
}
