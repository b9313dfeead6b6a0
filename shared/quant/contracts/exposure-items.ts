import type { Vol, Years } from '../../units.ts';
import type { ExposureItem, VegaSpan } from './exposure.ts';
import type { ForwardStartPrice } from './forward-start-terms.ts';
import type { PeriodProgress, VolContractMark } from './vol-contract.ts';

/**
 * Exposure of a forward-start position: before the fixing vega in its own period (and, for squared absolute
 * contracts and strike offsets, in the time up to it), inside the period vega and gamma in the time left.
 *
 * @param position.price  of one unit, as the forward-start functions give it
 * @param position.scale  units held, signed: quantity × amount
 * @param position.forward the level that the price's gamma is against, underlier currency; not used by a
 *   relative contract without offset before its fixing
 * Source: math §10. Proof: test/unit/quant/exposure.test.ts
 */
export function forwardStartItem(position: {
  readonly contractId: string;
  readonly price: ForwardStartPrice;
  readonly scale: number;
  readonly forward: number;
  /** 0 inside the reference period. */
  readonly timeToStart: Years;
  readonly timeToEnd: Years;
}): ExposureItem {
  const { contractId, price, scale, forward, timeToStart, timeToEnd } = position;
  const spans: VegaSpan[] = [
    { startTime: timeToStart, endTime: timeToEnd, vegaPerVol: scale * price.vegaPerVol },
  ];
  if (price.vegaToStartPerVol !== 0) {
    spans.push({ startTime: 0, endTime: timeToStart, vegaPerVol: scale * price.vegaToStartPerVol });
  }
  return {
    contractId,
    instrument: 'forward-start',
    spans,
    gammaTimesSpotSquared: scale * price.gammaForward * forward * forward,
  };
}

/**
 * Exposure of a realized-volatility position. Inside its period the final volatility moves with the square
 * of the next return: Γ·S² = multiplier·months·(P/n)/σ, which is its near-term vega over σ₀Δt.
 *
 * @param position.scale multiplier × months × quantity, signed
 * Source: math §10, §11. Proof: test/unit/quant/exposure.test.ts
 */
export function volContractItem(position: {
  readonly contractId: string;
  readonly mark: VolContractMark;
  readonly progress: PeriodProgress;
  readonly scale: number;
  /** 0 inside the period. */
  readonly timeToStart: Years;
  readonly timeToEnd: Years;
  /** Whether the first observation's base is already fixed. */
  readonly begun: boolean;
}): ExposureItem {
  const { contractId, mark, progress, scale, timeToStart, timeToEnd, begun } = position;
  const left = progress.observationsExpected - progress.observationsDone;
  const root = mark.fairVol + mark.convexityAdjustment;
  // The observations left fall in the time left: their number a year annualizes one squared return.
  const perSquaredReturn = timeToEnd > 0 ? left / timeToEnd / progress.observationsExpected : 0;
  return {
    contractId,
    instrument: 'realized-vol',
    spans: [{ startTime: timeToStart, endTime: timeToEnd, vegaPerVol: scale * mark.perRemainingVol }],
    gammaTimesSpotSquared: begun && root > 0 ? (scale * perSquaredReturn) / root : 0,
  };
}

/**
 * Exposure of a listed option position to the slices up to its expiry.
 *
 * @param position.scale contracts × multiplier, signed
 * @param position.gammaSpot per unit squared, and the spot it is against
 * Source: math §10. Proof: test/unit/quant/exposure.test.ts
 */
export const listedOptionItem = (position: {
  readonly contractId: string;
  readonly vegaPerVol: number;
  readonly gammaSpot: number;
  readonly spot: number;
  readonly scale: number;
  readonly timeToExpiry: Years;
}): ExposureItem => ({
  contractId: position.contractId,
  instrument: 'listed-option',
  spans: [{ startTime: 0, endTime: position.timeToExpiry, vegaPerVol: position.scale * position.vegaPerVol }],
  gammaTimesSpotSquared: position.scale * position.gammaSpot * position.spot * position.spot,
});

/** Vega as it would count at one common term: ×√(term/T), for the display that evens out the term structure. */
export const termAdjustedVega = (vega: number, time: Years, term: Years): number =>
  time > 0 ? vega * Math.sqrt(term / time) : 0;

/** Notional of the variance swap with the same vega at a volatility: vega notional over 2σ, per unit of variance. */
export const varianceNotional = (vegaPerVol: number, vol: Vol): number | null =>
  vol > 0 ? vegaPerVol / (2 * vol) : null;
