/** A colour as red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** Reads `#rrggbb` or `#rgb`. */
export function rgb(hex: string): Rgb {
  const digits = hex.replace("#", "");
  const whole = digits.length === 3 ? digits.replace(/./g, "$&$&") : digits;
  if (!/^[0-9a-f]{6}$/i.test(whole)) throw new Error(`${hex} is no colour`);
  const part = (at: number) => Number.parseInt(whole.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}

/** Relative luminance, 0 to 1, as WCAG 2.2 defines it. */
export function luminance(colour: Rgb): number {
  const [red, green, blue] = linear(colour);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio, 1 to 21, as WCAG 2.2 defines it. */
export function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as Pair;
  return (light + 0.05) / (dark + 0.05);
}

type Pair = [number, number];
type Triple = [number, number, number];

/**
 * How people see colours who lack one sort of cones. Machado, Oliveira and Fernandes, "A Physiologically-based Model for
 * Simulation of Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), 2009, the matrices
 * of severity 1.0; for linear red, green and blue.
 */
export const VISION = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
} as const satisfies Record<string, readonly (readonly [number, number, number])[]>;

/** A colour as somebody with that vision sees it. */
export function seenWith(vision: keyof typeof VISION, colour: Rgb): Rgb {
  const parts = linear(colour);
  const seen = VISION[vision].map((row) => {
    const light = row.reduce((sum, factor, at) => sum + factor * (parts[at] ?? 0), 0);
    return gamma(Math.min(1, Math.max(0, light)));
  });
  return seen as Triple;
}

/** How far two colours lie apart in CIELAB (CIE 1976, D65); about 2.3 is what people just notice side by side. */
export function difference(one: Rgb, other: Rgb): number {
  const [a, b] = [lab(one), lab(other)];
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

function linear(colour: Rgb): Triple {
  return colour.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as Triple;
}

function gamma(light: number): number {
  return 255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055);
}

function lab(colour: Rgb): Triple {
  const [r, g, b] = linear(colour);
  // sRGB to XYZ (IEC 61966-2-1), each against the white of D65.
  const x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047;
  const y = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883;
  const f = (t: number) => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29);
  return [116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))];
}
