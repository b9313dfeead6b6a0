import { daysPerYear } from '../../dates.ts';
import type { Vol, Years } from '../../units.ts';
import type { ScenarioBook } from './book.ts';
import type { VolShock } from './shock.ts';
import { interpolated, leastVol } from './smile-layers.ts';
import type { SurfaceRow } from './smile-layers.ts';
import { targets } from './spot-shock.ts';

/** What the volatility shocks on one name come to at one expiry, slices aside. */
export interface VolMove {
  readonly relative: number;
  readonly shift: Vol;
  readonly tilt: Vol;
  readonly surface: SurfaceRow | null;
}

/** Maturity that a term-weighted change is quoted for, calendar days. */
const referenceDays = 30;

/** VR(T) = √(30/T), T in calendar days, not under one. */
export const termWeight = (time: Years): number => Math.sqrt(referenceDays / Math.max(1, time * daysPerYear));

/** The shocks that reach a name. */
export const volShocksOn = (
  shocks: readonly VolShock[],
  symbol: string,
  book: ScenarioBook,
): readonly VolShock[] =>
  shocks.filter((shock) =>
    shock.kind === 'surface' ? shock.symbol === symbol : targets(shock.target, symbol, book),
  );

/** Changes of one expiry by ln(K/F), from changes by time and ln(K/F)/√T. */
function rowAt(shock: Extract<VolShock, { kind: 'surface' }>, time: Years): SurfaceRow {
  const { times, standardMoneyness, changes } = shock;
  const columns = standardMoneyness.length;
  const root = Math.sqrt(time);
  return {
    logMoneyness: standardMoneyness.map((y) => y * root),
    changes: standardMoneyness.map((_, column) =>
      interpolated(
        times,
        times.map((__, row) => changes[row * columns + column]!),
        time,
      ),
    ),
  };
}

const added = (a: SurfaceRow | null, b: SurfaceRow): SurfaceRow => {
  if (a === null) return b;
  const logMoneyness = [...new Set([...a.logMoneyness, ...b.logMoneyness])].sort((x, y) => x - y);
  return {
    logMoneyness,
    changes: logMoneyness.map(
      (k) => interpolated(a.logMoneyness, a.changes, k) + interpolated(b.logMoneyness, b.changes, k),
    ),
  };
};

/** All of a name's shocks at one time left. */
export function volMoveAt(shocks: readonly VolShock[], time: Years): VolMove {
  let [growth, shift, tilt] = [1, 0, 0];
  let surface: SurfaceRow | null = null;
  for (const shock of shocks) {
    switch (shock.kind) {
      case 'relative':
        growth *= 1 + shock.change;
        break;
      case 'parallel':
        shift += shock.change;
        break;
      case 'termWeighted':
        shift += shock.change * termWeight(time);
        break;
      case 'skewTilt':
        tilt += shock.change;
        break;
      case 'surface':
        surface = added(surface, rowAt(shock, time));
        break;
      case 'slice':
        break;
    }
  }
  return { relative: growth - 1, shift, tilt, surface };
}

/**
 * What slices of forward volatility add to the annualized variance at each time.
 *
 * @param volAt at-the-money volatility before the slices; null where there is none
 * Source: math §10 (exposure: σ²T is the sum over slices). Proof: test/unit/quant/scenario/vol-shock.test.ts
 */
export function sliceVariance(
  shocks: readonly VolShock[],
  volAt: (time: Years) => Vol | null,
  time: Years,
): number {
  let sum = 0;
  for (const shock of shocks) {
    if (shock.kind !== 'slice') continue;
    const [from, to] = [shock.fromDays / daysPerYear, shock.toDays / daysPerYear];
    if (!(to > from) || time <= from) continue;
    const near = from > 0 ? volAt(from) : 0;
    const far = volAt(to);
    if (near === null || far === null) continue;
    const variance = Math.max(0, (far * far * to - near * near * from) / (to - from));
    const vol = Math.max(leastVol, Math.sqrt(variance) + shock.change);
    sum += ((vol * vol - variance) * (Math.min(to, time) - from)) / time;
  }
  return sum;
}
