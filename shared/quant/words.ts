import type { Fraction } from '../units.ts';

/** Numbers inside the sentences of the core; the screen's own numbers go through its formatter. */
const formats = new Map<string, Intl.NumberFormat>();

function written(value: number, style: 'percent' | 'decimal', digits: number): string {
  const key = `${style}${digits}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', {
      style,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      // What rounds to nothing has no sign.
      signDisplay: 'negative',
    });
    formats.set(key, format);
  }
  return format.format(value === 0 ? 0 : value);
}

/** 0.051 as `5.1%`. */
export const inPercent = (fraction: Fraction, digits = 1): string => written(fraction, 'percent', digits);
/** 1234.5 as `1,235`. */
export const inWhole = (value: number): string => written(value, 'decimal', 0);
/** 1.2345 as `1.23`. */
export const inDecimals = (value: number, digits = 2): string => written(value, 'decimal', digits);
