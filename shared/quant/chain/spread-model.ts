/**
 * Bid and ask where a source gives neither (an exchange's end-of-day file): a stated rule, never a quote.
 *
 * Half the spread is the greatest of one tick, 1 % of the price, and the option's vega times a half-width
 * in volatility that runs from 0.25 points for a well-held contract to 1.5 points for one nobody holds;
 * never more than 40 % of the price. Bid is rounded down and ask up to the tick.
 */
export interface SpreadTerms {
  readonly mark: number;
  readonly vegaPerVolPoint: number;
  /** Units of the underlying or contracts, as the source counts; null counts as none. */
  readonly openInterest: number | null;
  readonly tick: number;
  /** Open interest at which a contract counts as well held. */
  readonly deepOpenInterest: number;
}

const shareOfPrice = 0.01;
const tightestVolPoints = 0.25;
const widestVolPoints = 1.5;
const mostOfPrice = 0.4;

/** Half-width in volatility points by how well held a contract is: falls with the logarithm of open interest. */
function halfWidthVolPoints(openInterest: number, deep: number): number {
  const depth = Math.min(1, Math.log1p(Math.max(0, openInterest)) / Math.log1p(deep));
  return widestVolPoints + (tightestVolPoints - widestVolPoints) * depth;
}

/** A multiple of a tick without the binary dust: no market quotes finer than a millionth. */
const clean = (price: number): number => Math.round(price * 1e6) / 1e6;

/**
 * Modelled bid and ask around a mark, underlier currency.
 *
 * Limits: a mark of a tick or less has a bid of zero. A rule of thumb to compare and to rank with; an
 * order needs a real quote.
 * Proof: test/unit/quant/spread-model.test.ts
 */
export function modelledQuote(terms: SpreadTerms): { readonly bid: number; readonly ask: number } {
  const { mark, vegaPerVolPoint, openInterest, tick, deepOpenInterest } = terms;
  const byVol = vegaPerVolPoint * halfWidthVolPoints(openInterest ?? 0, deepOpenInterest);
  const half = Math.max(tick, Math.min(mostOfPrice * mark, Math.max(shareOfPrice * mark, byVol)));
  const ticksDown = Math.floor((mark - half) / tick + 1e-9);
  const ticksUp = Math.ceil((mark + half) / tick - 1e-9);
  return { bid: clean(Math.max(0, ticksDown) * tick), ask: clean(ticksUp * tick) };
}

/** The sentence shown wherever modelled quotes stand. */
export const spreadModelNote =
  'No bid or ask in the source. Modelled around the mark: half-spread = the greatest of one tick, 1% of price and vega × 0.25 to 1.5 volatility points by open interest, at most 40% of price.';
