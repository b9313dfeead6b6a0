import { integer, signedPercent, volPoints } from '../../format.ts';
import type { AxisChoice, AxisKind, GridMeasure } from '../../state/scenario-choices.ts';

interface AxisWords {
  readonly label: string;
  readonly unit: string;
  /** How its ends are typed. */
  readonly field: 'percent' | 'points' | 'integer';
}

export const axisWords: Readonly<Record<AxisKind, AxisWords>> = {
  spot: { label: 'Spot', unit: '%', field: 'percent' },
  byBeta: { label: 'Index, names by beta', unit: '%', field: 'percent' },
  volParallel: { label: 'Volatility, parallel', unit: 'vol pts', field: 'points' },
  volTermWeighted: { label: 'Volatility × √(30/T)', unit: 'vol pts', field: 'points' },
  volRelative: { label: 'Volatility, % of itself', unit: '%', field: 'percent' },
  skewTilt: { label: 'Skew at 90 %', unit: 'vol pts', field: 'points' },
  correlation: { label: 'Correlation', unit: 'points', field: 'points' },
  days: { label: 'Days forward', unit: 'days', field: 'integer' },
  rate: { label: 'Rates', unit: 'points', field: 'points' },
  yield: { label: 'Dividend yields', unit: 'points', field: 'points' },
  dividends: { label: 'Cash dividends', unit: '%', field: 'percent' },
};

/** `Spot of MERI, %` */
export const axisTitle = (choice: AxisChoice): string => {
  const { label, unit } = axisWords[choice.kind];
  return `${label}${choice.symbol === null ? '' : ` of ${choice.symbol}`}, ${unit}`;
};

/** A node, in the unit that the title says: `−8`, `+2.5`, `30`. */
export function nodeText(kind: AxisKind, value: number): string {
  const { field } = axisWords[kind];
  if (field === 'integer') return integer(value);
  const text = field === 'percent' ? signedPercent(value, 1) : volPoints(value);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

export const measureWords: Readonly<
  Record<GridMeasure, { readonly label: string; readonly unit: (currency: string) => string }>
> = {
  profit: { label: 'P&L', unit: (currency) => currency },
  deltaDollar: { label: 'Delta', unit: (currency) => currency },
  gammaDollar1Pct: { label: 'Gamma', unit: (currency) => `${currency} per 1 %` },
  vegaPerVolPoint: { label: 'Vega', unit: (currency) => `${currency} per vol pt` },
  thetaPerDay: { label: 'Theta', unit: (currency) => `${currency} per day` },
};
