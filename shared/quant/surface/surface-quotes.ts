import type { LogMoneyness, TotalVariance, Years } from '../../units.ts';
import { fitSmile, withShape } from './smile.ts';
import type { SmileFit, SmileQuote } from './smile.ts';
import { totalVarianceAt } from './smile-shape.ts';

/** One expiry of a surface: its own fit and the quotes it was fitted to, strikes ascending. */
export interface SurfaceSlice {
  readonly timeToExpiry: Years;
  readonly fit: SmileFit;
  readonly quotes: readonly SmileQuote[];
}

/** Expiries nearer to each other than this, years (half a minute), are one. */
export const sameTime = 1e-6;
const passes = 2;
/** Two curves that cross by less than this share of total variance are left to the repair. */
const crossing = 1e-3;
/** The curves are asked apart by this share, so that two fits of finite precision do not meet again. */
const apart = 1e-3;
/** A target stays this share of the half-spread inside bid and ask. */
const inset = 0.1;

/** Fewer quotes than this move nobody else's. */
const fewestTrusted = 5;

/** Whether a slice has quotes enough to say something about its neighbors. */
export const isTrusted = (slice: SurfaceSlice): boolean => slice.quotes.length >= fewestTrusted;

const logMoneynessOf = (slice: SurfaceSlice, strike: number): LogMoneyness =>
  Math.log(strike / slice.fit.shape.forward);

/** Half of a quote's spread, decimal volatility: quoted, or the one behind its weight. */
const halfOf = ({ bidVol, askVol, weight }: SmileQuote): number =>
  bidVol != null && askVol != null && askVol > bidVol ? (askVol - bidVol) / 2 : 1 / Math.sqrt(weight);

const halfVariance = (quote: SmileQuote, time: Years): number => 2 * quote.vol * time * halfOf(quote);

/** Position of the quote nearest a log-moneyness. */
function nearest(slice: SurfaceSlice, k: LogMoneyness): number {
  let best = 0;
  for (const [i, { strike }] of slice.quotes.entries()) {
    const distance = Math.abs(logMoneynessOf(slice, strike) - k);
    if (distance < Math.abs(logMoneynessOf(slice, slice.quotes[best]!.strike) - k)) best = i;
  }
  return best;
}

/** A quote asked to give another total variance, as far as its own bid and ask allow. */
function movedTo(quote: SmileQuote, w: TotalVariance, time: Years): SmileQuote {
  const wanted = Math.sqrt(w / time);
  const { bidVol, askVol } = quote;
  if (bidVol == null || askVol == null || !(askVol > bidVol)) return { ...quote, vol: wanted };
  const margin = inset * halfOf(quote);
  const vol = Math.min(askVol - margin, Math.max(bidVol + margin, wanted));
  const half = Math.min(vol - bidVol, askVol - vol);
  return { ...quote, vol, bidVol: vol - half, askVol: vol + half };
}

/** The earlier and the later of two expiries with targets moved to where both can agree; null where they do. */
function agreed(
  near: SurfaceSlice,
  far: SurfaceSlice,
): { readonly near: readonly SmileQuote[]; readonly far: readonly SmileQuote[] } | null {
  const ends = [near, far].map((slice) => [
    logMoneynessOf(slice, slice.quotes[0]!.strike),
    logMoneynessOf(slice, slice.quotes.at(-1)!.strike),
  ]);
  const low = Math.max(ends[0]![0]!, ends[1]![0]!);
  const high = Math.min(ends[0]![1]!, ends[1]![1]!);
  let moved = false;
  const target = (slice: SurfaceSlice, other: SurfaceSlice, sign: 1 | -1): SmileQuote[] =>
    slice.quotes.map((quote) => {
      const k = logMoneynessOf(slice, quote.strike);
      if (k < low || k > high) return quote;
      const [own, others] = [totalVarianceAt(slice.fit.shape, k), totalVarianceAt(other.fit.shape, k)];
      if (!(sign * (others - own) > crossing * own)) return quote;
      if (isTrusted(slice) && !isTrusted(other)) return quote;
      const ownHalf = halfVariance(quote, slice.timeToExpiry);
      const otherHalf = halfVariance(other.quotes[nearest(other, k)]!, other.timeToExpiry);
      const share = ownHalf ** 2 / (ownHalf ** 2 + otherHalf ** 2);
      moved = true;
      return movedTo(quote, (own + share * (others - own)) * (1 + (sign * apart) / 2), slice.timeToExpiry);
    });
  const found = { near: target(near, far, -1), far: target(far, near, 1) };
  return moved ? found : null;
}

/**
 * Fits again, within their quotes' spreads, neighbors whose curves cross where both are quoted: the wider market
 * moves further. Quotes that contradict each other beyond their spreads stay in contradiction.
 *
 * @param slices timeToExpiry ascending
 * @returns as many, in the same order, each measured against its own quotes
 * Proof: test/unit/quant/surface-repair.test.ts
 */
export function reconciled(slices: readonly SurfaceSlice[]): readonly SurfaceSlice[] {
  const asked = [...slices];
  for (let pass = 0; pass < passes; pass += 1) {
    let changed = false;
    for (let far = 1; far < asked.length; far += 1) {
      let near = far - 1;
      while (near > 0 && asked[near]!.timeToExpiry > asked[far]!.timeToExpiry - sameTime) near -= 1;
      if (asked[near]!.timeToExpiry > asked[far]!.timeToExpiry - sameTime) continue;
      const found = agreed(asked[near]!, asked[far]!);
      if (found === null) continue;
      for (const [at, quotes] of [
        [near, found.near],
        [far, found.far],
      ] as const) {
        const slice = asked[at]!;
        if (quotes.every((quote, i) => quote === slice.quotes[i])) continue;
        const { forward } = slice.fit.shape;
        const fitted = fitSmile({ forward, timeToExpiry: slice.timeToExpiry, quotes });
        if (!fitted.ok) continue;
        asked[at] = { ...slice, fit: fitted.value, quotes };
        changed = true;
      }
    }
    if (!changed) break;
  }
  return slices.map((slice, i) => {
    const { fit } = asked[i]!;
    return fit === slice.fit ? slice : { ...slice, fit: withShape(fit, fit.shape, slice.quotes) };
  });
}

/** A strike at which an earlier expiry is bid for more total variance than a later one is offered at. */
export interface QuotedCalendarArbitrage {
  /** Of the earlier expiry. */
  readonly strike: number;
  readonly logMoneyness: LogMoneyness;
  readonly nearBidVol: number;
  /** Between the later expiry's asks either side, linear in total variance. */
  readonly farAskVol: number;
}

/** Calendar arbitrage in the quotes themselves: no curve between bid and ask is free of it there. */
export function quotedCalendarArbitrage(
  near: SurfaceSlice,
  far: SurfaceSlice,
): readonly QuotedCalendarArbitrage[] {
  const asks = far.quotes.flatMap(({ strike, askVol }) =>
    askVol == null ? [] : [{ k: logMoneynessOf(far, strike), w: askVol * askVol * far.timeToExpiry }],
  );
  return near.quotes.flatMap(({ strike, bidVol }): QuotedCalendarArbitrage[] => {
    const k = logMoneynessOf(near, strike);
    const after = asks.findIndex((ask) => ask.k >= k);
    const [left, right] = [asks[after - 1], asks[after]];
    if (bidVol == null || left === undefined || right === undefined) return [];
    const farAsk = left.w + ((right.w - left.w) * (k - left.k)) / (right.k - left.k);
    if (bidVol * bidVol * near.timeToExpiry <= farAsk) return [];
    return [{ strike, logMoneyness: k, nearBidVol: bidVol, farAskVol: Math.sqrt(farAsk / far.timeToExpiry) }];
  });
}
