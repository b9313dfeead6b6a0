import type { Vol, Years } from '../../units.ts';
import { gammaDollar1Pct as dollarGamma1Pct, perVolPoint } from '../risk-units.ts';
import type { PricedSlice, TimeSlice } from './slices.ts';

export type ExposureInstrument = 'forward-start' | 'realized-vol' | 'listed-option';

/** A vega to the root-mean-square volatility between two times. */
export interface VegaSpan {
  readonly startTime: Years;
  readonly endTime: Years;
  /** Whole position, account currency. */
  readonly vegaPerVol: number;
}

/** One position's dependence on volatility and level. */
export interface ExposureItem {
  readonly contractId: string;
  readonly instrument: ExposureInstrument;
  readonly spans: readonly VegaSpan[];
  /** Γ·S² of the whole position now, account currency. */
  readonly gammaTimesSpotSquared: number;
}

export interface ContractExposure {
  readonly contractId: string;
  readonly instrument: ExposureInstrument;
  readonly vegaPerVolPoint: number;
  readonly gammaDollar1Pct: number;
}

export interface SliceExposure extends TimeSlice {
  readonly forwardVol: Vol | null;
  readonly vegaPerVolPoint: number;
  /** Gamma is felt now: it stands in the near-term slice, the first. */
  readonly gammaDollar1Pct: number;
  readonly byContract: readonly ContractExposure[];
}

/** ∂X/∂σ₀ against σ₀S²ΓΔt over the near-term slice, per volatility point. */
export interface NearTermRelation {
  readonly contractId: string;
  readonly nearTermVegaPerVolPoint: number;
  readonly vegaFromGammaPerVolPoint: number;
  readonly difference: number;
}

export interface BookExposure {
  readonly slices: readonly SliceExposure[];
  readonly totals: { readonly vegaPerVolPoint: number; readonly gammaDollar1Pct: number };
  /** One row a position with near-term vega or gamma. Empty where the near-term volatility is not known. */
  readonly nearTerm: readonly NearTermRelation[];
  /** Positions whose vega was spread by time alone: a slice they span has no forward volatility. */
  readonly spreadByTime: readonly string[];
}

const overlap = (slice: TimeSlice, span: { readonly startTime: Years; readonly endTime: Years }): Years =>
  Math.max(0, Math.min(slice.endTime, span.endTime) - Math.max(slice.startTime, span.startTime));

/**
 * Splits a vega to a span's volatility into vegas to the slices' own: σ²τ = Σσ_j²τ_j gives
 * ∂σ/∂σ_j = σ_jτ_j/(στ), for a listed option vega·σ_jτ_j/(σT).
 *
 * @param slices contiguous, together covering the span
 * @returns one vega a slice, in their order, and whether a missing volatility made time the only weight
 *
 * Source: math §10 (exposure). Proof: test/unit/quant/exposure.test.ts (bumped slice volatilities)
 */
export function vegaBySlice(
  slices: readonly PricedSlice[],
  span: VegaSpan,
): { readonly vegas: readonly number[]; readonly spreadByTime: boolean } {
  const times = slices.map((slice) => overlap(slice, span));
  const known = slices.every((slice, j) => times[j] === 0 || slice.forwardVol !== null);
  const vols = slices.map((slice) => (known ? (slice.forwardVol ?? 0) : 1));
  const variance = vols.reduce((sum, vol, j) => sum + vol * vol * times[j]!, 0);
  const length = times.reduce((sum, time) => sum + time, 0);
  if (length === 0) return { vegas: slices.map(() => 0), spreadByTime: false };
  const deviation = Math.sqrt(variance * length);
  const vegas = vols.map((vol, j) =>
    deviation > 0 ? (span.vegaPerVol * vol * times[j]!) / deviation : (span.vegaPerVol * times[j]!) / length,
  );
  return { vegas, spreadByTime: !known };
}

/**
 * Exposure of a book on one underlier by slice of time, with the near-term relation of every position.
 *
 * @param book.slices as `priceSlices` gives them, the first beginning now
 * Source: math §10 (exposure, near-term relation). Proof: test/unit/quant/exposure.test.ts
 */
export function bookExposure(book: {
  readonly slices: readonly PricedSlice[];
  readonly items: readonly ExposureItem[];
}): BookExposure {
  const { slices, items } = book;
  const byContract: ContractExposure[][] = slices.map(() => []);
  const nearTerm: NearTermRelation[] = [];
  const spreadByTime: string[] = [];
  const near = slices[0];
  for (const { contractId, instrument, spans, gammaTimesSpotSquared } of items) {
    const vegas = slices.map(() => 0);
    for (const span of spans) {
      const split = vegaBySlice(slices, span);
      split.vegas.forEach((vega, j) => (vegas[j]! += vega));
      if (split.spreadByTime && !spreadByTime.includes(contractId)) spreadByTime.push(contractId);
    }
    slices.forEach((_, j) => {
      const gamma = j === 0 ? gammaTimesSpotSquared : 0;
      if (vegas[j] === 0 && gamma === 0) return;
      byContract[j]!.push({
        contractId,
        instrument,
        vegaPerVolPoint: perVolPoint(vegas[j]!),
        gammaDollar1Pct: dollarGamma1Pct(gamma, 1),
      });
    });
    if (near === undefined || near.forwardVol === null) continue;
    if (vegas[0] === 0 && gammaTimesSpotSquared === 0) continue;
    const last = Math.max(...spans.map(({ endTime }) => endTime));
    const time = Math.min(near.endTime, last);
    const fromGamma = perVolPoint(near.forwardVol * gammaTimesSpotSquared * time);
    nearTerm.push({
      contractId,
      nearTermVegaPerVolPoint: perVolPoint(vegas[0]!),
      vegaFromGammaPerVolPoint: fromGamma,
      difference: perVolPoint(vegas[0]!) - fromGamma,
    });
  }
  const exposures = slices.map((slice, j): SliceExposure => {
    const { start, end, startTime, endTime, kind, forwardVol } = slice;
    const rows = byContract[j]!;
    return {
      start,
      end,
      startTime,
      endTime,
      kind,
      forwardVol,
      vegaPerVolPoint: rows.reduce((sum, row) => sum + row.vegaPerVolPoint, 0),
      gammaDollar1Pct: rows.reduce((sum, row) => sum + row.gammaDollar1Pct, 0),
      byContract: rows,
    };
  });
  return {
    slices: exposures,
    totals: {
      vegaPerVolPoint: exposures.reduce((sum, slice) => sum + slice.vegaPerVolPoint, 0),
      gammaDollar1Pct: exposures.reduce((sum, slice) => sum + slice.gammaDollar1Pct, 0),
    },
    nearTerm,
    spreadByTime,
  };
}
