import { withShape } from './smile.ts';
import type { SmileFit } from './smile.ts';
import { lowestButterfly, surfaceGrid } from './smile-grids.ts';
import { totalVarianceAt } from './smile-shape.ts';
import type { SmileShape, Wing } from './smile-shape.ts';
import { isTrusted } from './surface-quotes.ts';
import type { SurfaceSlice } from './surface-quotes.ts';

const scaledWing = (wing: Wing | null, factor: number): Wing | null =>
  wing === null
    ? null
    : {
        k: wing.k,
        w: wing.w.map((value) => factor * value),
        slope: wing.slope.map((value) => factor * value),
        curvature: wing.curvature.map((value) => factor * value),
      };

/** A shape of another expiry with all its total variance times a factor. */
function scaled(shape: SmileShape, factor: number, target: SmileShape): SmileShape {
  const { a, b, rho, m, sigma, knots, coefficients, wings } = shape;
  return {
    a: factor * a,
    b: factor * b,
    rho,
    m,
    sigma,
    forward: target.forward,
    timeToExpiry: target.timeToExpiry,
    knots,
    coefficients: coefficients.map((value) => factor * value),
    ...(wings === undefined
      ? {}
      : { wings: { left: scaledWing(wings.left, factor), right: scaledWing(wings.right, factor) } }),
  };
}

/** Above one a factor takes from g: this much must be left on the grid. */
const leastWhenRaised = 0.002;

/**
 * Gives expiries with too few quotes for a shape of their own, flat so far, the shape of the next expiry that has
 * one, or of the last before, brought to their own level. Times a factor of at most one, total variance stays
 * free of butterfly arbitrage, and below the later expiry.
 *
 * @param slices timeToExpiry ascending
 * Source: g of factor·w is at least factor·g of w for factors up to one (from Durrleman's formula).
 * Proof: test/unit/quant/surface-repair.test.ts
 */
export function withBorrowedShapes(slices: readonly SurfaceSlice[]): readonly SurfaceSlice[] {
  const canLend = (slice: SurfaceSlice): boolean => slice.fit.model !== 'flat' && isTrusted(slice);
  return slices.map((slice, at) => {
    if (slice.fit.model !== 'flat') return slice;
    const later = slices.slice(at + 1).find(canLend);
    const lender = later ?? slices.slice(0, at).findLast(canLend);
    if (lender === undefined) return slice;
    const { shape } = lender.fit;
    let [weighted, total] = [0, 0];
    for (const { strike, vol, weight } of slice.quotes) {
      const w = totalVarianceAt(shape, Math.log(strike / slice.fit.shape.forward));
      weighted += (weight * vol * vol * slice.timeToExpiry) / w;
      total += weight;
    }
    const level = weighted / total;
    if (!(level > 0 && Number.isFinite(level))) return slice;
    const count = slice.quotes.length;
    const brought = (factor: number): SmileFit =>
      withShape(
        {
          ...slice.fit,
          model: 'scaled neighbor',
          note: `${count} usable ${count === 1 ? 'quote' : 'quotes'}: the shape of the ${later === undefined ? 'expiry before' : 'next expiry'}, brought to ${count === 1 ? 'its' : 'their'} level.`,
        },
        scaled(shape, factor, slice.fit.shape),
        slice.quotes,
      );
    if (later === undefined && level > 1) {
      const fit = brought(level);
      if (lowestButterfly(fit.shape, surfaceGrid([fit.shape])) >= leastWhenRaised) return { ...slice, fit };
    }
    return { ...slice, fit: brought(Math.min(1, level)) };
  });
}
