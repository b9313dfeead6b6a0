import { inVolPoints } from '../risk-units.ts';
import { withShape } from './smile.ts';
import type { SmileFit } from './smile.ts';
import { joinedGrid, lowestButterfly, surfaceGrid } from './smile-grids.ts';
import { smileVolAt, totalVarianceAt } from './smile-shape.ts';
import type { SmileShape } from './smile-shape.ts';
import { withWings } from './smile-wings.ts';
import { withBorrowedShapes } from './surface-borrowed.ts';
import { quotedCalendarArbitrage, reconciled, sameTime } from './surface-quotes.ts';
import type { QuotedCalendarArbitrage, SurfaceSlice } from './surface-quotes.ts';

/** How far a slice was raised to keep total variance from falling with expiry. */
export interface CalendarRaise {
  /** Position of the earlier expiry that it was raised above. */
  readonly near: number;
  /** The most among its own quotes, in volatility points; 0 where it was raised beyond them only. */
  readonly mostVolPointsAtQuotes: number;
  /** There, underlier currency; null beyond the quotes. */
  readonly strike: number | null;
}

export interface RepairedSlice {
  readonly fit: SmileFit;
  readonly raise: CalendarRaise | null;
  /** Where its own quotes and those of the expiry before it leave no room for any curve. */
  readonly quotedArbitrage: {
    readonly near: number;
    readonly strikes: readonly QuotedCalendarArbitrage[];
  } | null;
}

/** Widths of the join in ln w, smoothest first; a kink, which is always free of arbitrage, is the last. */
const blends = [0.03, 0.01, 0.003, 0.001, 0];
/** A smoother join may cost this share of the quotes inside bid and ask. */
const smoothnessCost = 0.002;

/** Whether a curve is below another anywhere on a grid. */
const isBelow = (far: SmileShape, near: SmileShape, grid: Float64Array): boolean =>
  grid.some((k) => totalVarianceAt(far, k) < totalVarianceAt(near, k));

/**
 * Keeps a surface from calendar arbitrage: from the first expiry to the last, a slice whose total variance
 * falls below an earlier one's anywhere is raised to it there. The higher of two curves free of butterfly
 * arbitrage is free of it too, since the higher of two convex prices is convex; the join is smoothed as far as
 * g ≥ 0 and the quotes allow.
 *
 * @param given timeToExpiry ascending
 * @returns as many, in the same order; total variance of each at least that of every earlier one
 *
 * Source: math §5.2; Gatheral & Jacquier (2014), lemma 2.1.
 * Proof: test/unit/quant/surface-repair.test.ts, test/property/quant/surface-repair.test.ts,
 * test/reference/quant/surface-arbitrage.test.ts
 */
export function repairCalendar(given: readonly SurfaceSlice[]): readonly RepairedSlice[] {
  const slices = withBorrowedShapes(reconciled(given).map(withLevelWings));
  const repaired: RepairedSlice[] = [];
  for (const [at, slice] of slices.entries()) {
    // Every slice stands above all before it, so the last time before this one speaks for them.
    let last = at - 1;
    while (last >= 0 && slices[last]!.timeToExpiry > slice.timeToExpiry - sameTime) last -= 1;
    const floors: { readonly near: number; readonly shape: SmileShape }[] = [];
    const time = slices[last]?.timeToExpiry ?? 0;
    for (let near = last; near >= 0 && slices[near]!.timeToExpiry > time - sameTime; near -= 1) {
      const { shape } = repaired[near]!.fit;
      if (isBelow(slice.fit.shape, shape, surfaceGrid([shape, slice.fit.shape])))
        floors.push({ near, shape });
    }
    const strikes = last < 0 ? [] : quotedCalendarArbitrage(given[last]!, given[at]!);
    const quotedArbitrage = strikes.length === 0 ? null : { near: last, strikes };
    repaired.push({
      ...(floors.length === 0 ? { fit: slice.fit, raise: null } : raised(slice, floors)),
      quotedArbitrage,
    });
  }
  return repaired;
}

function withLevelWings(slice: SurfaceSlice): SurfaceSlice {
  const { fit, quotes } = slice;
  const ks = quotes.map(({ strike }) => Math.log(strike / fit.shape.forward));
  const shape = withWings(fit.shape, ks);
  return shape === fit.shape ? slice : { ...slice, fit: withShape(fit, shape, quotes) };
}

function raised(
  slice: SurfaceSlice,
  floors: readonly { readonly near: number; readonly shape: SmileShape }[],
): Pick<RepairedSlice, 'fit' | 'raise'> {
  const { fit, quotes } = slice;
  const own = fit.shape;
  const shapes = floors.map(({ shape }) => shape);
  const grid = surfaceGrid([own, ...shapes]);
  const withBlend = (floorBlend: number): SmileFit =>
    withShape(fit, { ...own, floors: shapes, floorBlend }, quotes);
  const sharp = withBlend(0);
  let best = sharp;
  for (const blend of blends) {
    const candidate = withBlend(blend);
    if (!candidate.arbitrageFree) continue;
    if ((candidate.insideSpreadShare ?? 1) < (sharp.insideSpreadShare ?? 1) - smoothnessCost) continue;
    if (blend > 0 && lowestButterfly(candidate.shape, joinedGrid(own, shapes, blend, grid)) < 0) continue;
    best = candidate;
    break;
  }
  return { fit: best, raise: raiseOf(slice, best.shape, floors) };
}

function raiseOf(
  { fit, quotes }: SurfaceSlice,
  shape: SmileShape,
  floors: readonly { readonly near: number; readonly shape: SmileShape }[],
): CalendarRaise {
  const own = fit.shape;
  let most = { near: floors[0]!.near, vol: 0, strike: null as number | null };
  for (const { strike } of quotes) {
    const k = Math.log(strike / own.forward);
    const vol = smileVolAt(shape, k) - smileVolAt(own, k);
    if (!(vol > most.vol)) continue;
    const highest = floors.reduce((best, floor) =>
      totalVarianceAt(floor.shape, k) > totalVarianceAt(best.shape, k) ? floor : best,
    );
    most = { near: highest.near, vol, strike };
  }
  return { near: most.near, mostVolPointsAtQuotes: inVolPoints(most.vol), strike: most.strike };
}
