/** Where the colors of a heat map begin, turn and end, in the unit of its values. */
export interface HeatDomain {
  readonly low: number;
  /** Where the color is that of the ground; null: colors run one way, from ground to high. */
  readonly center: number | null;
  readonly high: number;
}

export interface HeatInk {
  readonly ground: string;
  readonly text: string;
}

type Rgb = readonly [number, number, number];

const white: Rgb = [255, 255, 255];
const black: Rgb = [0, 0, 0];

function rgbOf(hex: string): Rgb {
  const digits = /^#([0-9a-f]{6})$/i.exec(hex)?.[1] ?? '808080';
  const part = (at: number): number => Number.parseInt(digits.slice(at, at + 2), 16);
  return [part(0), part(2), part(4)];
}

const hexOf = (rgb: Rgb): string =>
  `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;

const linear = (part: number): number => {
  const share = part / 255;
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};
const luminance = ([red, green, blue]: Rgb): number =>
  0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);

/** Contrast of two colors, 1 to 21. Source: WCAG 2.2, relative luminance. */
export function contrast(a: string, b: string): number {
  const [one, other] = [luminance(rgbOf(a)), luminance(rgbOf(b))];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** −1 at `low`, 0 at the center, 1 at `high`; beyond an end it stays there. */
export function heatShare(value: number, { low, center, high }: HeatDomain): number {
  const from = center ?? low;
  const span = value < from ? from - low : high - from;
  if (!(span > 0)) return value === from ? 0 : Math.sign(value - from);
  return Math.max(-1, Math.min(1, (value - from) / span));
}

/**
 * Color of a cell by its value: the ground in the middle, one hue to each side, and black or white on it,
 * whichever reads better (4.5 : 1 or more on any ground).
 */
export function heatInk(
  share: number,
  hues: { readonly ground: string; readonly low: string; readonly high: string },
): HeatInk {
  const from = rgbOf(hues.ground);
  const to = rgbOf(share < 0 ? hues.low : hues.high);
  const part = Math.min(1, Math.abs(share));
  const mixed: Rgb = [
    from[0] + (to[0] - from[0]) * part,
    from[1] + (to[1] - from[1]) * part,
    from[2] + (to[2] - from[2]) * part,
  ];
  const ground = hexOf(mixed);
  const [light, dark] = [hexOf(white), hexOf(black)];
  return { ground, text: contrast(ground, light) >= contrast(ground, dark) ? light : dark };
}
