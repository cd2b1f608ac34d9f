import classes from "./landing.module.css";

const DEGREES = 180 / 6;
const CENTER = [160, 170] as const;

/** An arch of six stones around an opened door. Decoration without faces, hidden from readers. */
export function DoorDrawing() {
  return (
    <svg className={classes.drawing} viewBox="0 0 320 320" aria-hidden="true" focusable="false">
      {[0, 1, 2, 3, 4, 5].map((stone) => (
        <path key={stone} d={stonePath(stone)} className={classes.stone} data-stone={stone} />
      ))}
      <rect x="40" y="172" width="38" height="118" className={classes.post} />
      <rect x="242" y="172" width="38" height="118" className={classes.post} />
      <path d="M82 290V170a78 78 0 0 1 156 0v120Z" className={classes.light} />
      <path d="M82 290V170a78 78 0 0 1 46-71l0 0v171Z" className={classes.leaf} />
      <circle cx="117" cy="204" r="4.5" className={classes.knob} />
      <path d="M128 290l54-42h56v42Z" className={classes.path} />
      <path d="M20 290h280" className={classes.ground} />
    </svg>
  );
}

/** One stone of the arch, between radii 82 and 120, counted from the left foot. */
function stonePath(index: number): string {
  const from = 180 + index * DEGREES + 1.2;
  const to = 180 + (index + 1) * DEGREES - 1.2;
  const [outer, inner] = [120, 82];
  const a = point(outer, from);
  const b = point(outer, to);
  const c = point(inner, to);
  const d = point(inner, from);
  return `M${a}A${outer} ${outer} 0 0 1 ${b}L${c}A${inner} ${inner} 0 0 0 ${d}Z`;
}

function point(radius: number, degrees: number): string {
  const angle = (degrees * Math.PI) / 180;
  const x = CENTER[0] + radius * Math.cos(angle);
  const y = CENTER[1] + radius * Math.sin(angle);
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
