import { assertThat } from '../../result.ts';
import type { Fraction, Variance, Vol } from '../../units.ts';

/** What one contract's money rests on. */
export interface VolContractSize {
  /** Account currency per 1.00 of volatility and month. */
  readonly multiplier: number;
  /** Months in the realized-volatility period. */
  readonly months: number;
  /** Smallest move of the quote, decimal: 0.0001 is 0.01 %. */
  readonly tick: Vol;
}

/** Products of decimals such as 0.0005 leave a trace in the last place; money does not show it. */
const money = (amount: number): number => Number(amount.toPrecision(14));

/**
 * Money in one realized-volatility contract: multiplier × volatility × months, and the same for one tick.
 *
 * Source: math §11 (11.22 % × $100,000 × 3 = $33,660). Proof: test/unit/quant/vol-contract.test.ts
 */
export const contractValue = (
  contract: VolContractSize & { readonly vol: Vol },
): { readonly value: number; readonly tickValue: number } => ({
  value: money(contract.multiplier * contract.vol * contract.months),
  tickValue: money(contract.multiplier * contract.tick * contract.months),
});

/** Where a contract stands in its period. Before it, `observationsDone` is 0. */
export interface PeriodProgress {
  readonly observationsDone: number;
  readonly observationsExpected: number;
  /** Of the observations done; not used while there are none. */
  readonly realizedVol: Vol;
}

export interface VolContractMark {
  /** Fair level of the contract's quote. */
  readonly fairVol: Vol;
  /** What the observations done contribute to the final variance, whatever comes. */
  readonly lockedInVariance: Variance;
  /** The lowest the contract can settle at. */
  readonly floorVol: Vol;
  /** By how much the expected volatility lies below the root of the expected variance; 0 unless asked for. */
  readonly convexityAdjustment: Vol;
  /** ∂fair/∂remaining volatility. */
  readonly perRemainingVol: number;
}

const doneShare = ({ observationsDone, observationsExpected }: PeriodProgress): Fraction => {
  assertThat(
    observationsExpected > 0 && observationsDone >= 0 && observationsDone <= observationsExpected,
    `observations done ${observationsDone} of ${observationsExpected}`,
  );
  return observationsDone / observationsExpected;
};

/**
 * Mark of a contract before or inside its period: realized part and implied rest combine in variance,
 * σ² = (n_done/n)·σ_done² + (1 − n_done/n)·σ_rest². Before the period the rest is the slice's forward vol.
 *
 * @param mark.remainingVol the volatility whose square is the expected variance of the rest, ≥ 0
 * @param mark.convexity    `none`: the root of the expected variance. `secondOrder`: less Var(V)/(8·E[V]^1.5),
 *   the second order of E[√V] ≤ √E[V], V being the final variance
 * @param mark.volUncertainty relative standard deviation of the remaining volatility, for the convexity;
 *   the noise of finitely many observations, 2/(n − n_done) of a squared return's, is always part of it
 *
 * Limits: the second order holds while the adjustment is small against the volatility.
 * Source: math §11. Proof: test/unit/quant/vol-contract.test.ts
 */
export function markVolContract(mark: {
  readonly progress: PeriodProgress;
  readonly remainingVol: Vol;
  readonly convexity?: 'none' | 'secondOrder' | undefined;
  readonly volUncertainty?: Fraction | undefined;
}): VolContractMark {
  const { progress, remainingVol, convexity = 'none', volUncertainty = 0 } = mark;
  const share = doneShare(progress);
  const lockedInVariance = share === 0 ? 0 : share * progress.realizedVol ** 2;
  const rest = (1 - share) * remainingVol ** 2;
  const expected = lockedInVariance + rest;
  const root = Math.sqrt(expected);
  const left = progress.observationsExpected - progress.observationsDone;
  const adjusts = convexity === 'secondOrder' && left > 0 && expected > 0;
  // σ lognormal about its root mean square: E[σ⁴]/E[σ²]² = (1 + u²)⁴; squared normal returns add 2/left
  const relativeVariance = (1 + volUncertainty ** 2) ** 4 * (1 + 2 / left) - 1;
  const convexityAdjustment = adjusts ? (rest * rest * relativeVariance) / (8 * expected * root) : 0;
  return {
    fairVol: root - convexityAdjustment,
    lockedInVariance,
    floorVol: Math.sqrt(lockedInVariance),
    convexityAdjustment,
    perRemainingVol: root > 0 ? ((1 - share) * remainingVol) / root : Math.sqrt(1 - share),
  };
}

/**
 * The volatility that the rest of the period must realize for the contract to settle at a level.
 *
 * @returns null where there is none: the part done is already above the level, or nothing is left
 * Source: math §11. Proof: test/unit/quant/vol-contract.test.ts
 */
export function breakEvenRemainingVol(contract: {
  readonly progress: PeriodProgress;
  readonly settlementVol: Vol;
}): Vol | null {
  const { progress, settlementVol } = contract;
  const share = doneShare(progress);
  if (share === 1) return null;
  const done = share === 0 ? 0 : share * progress.realizedVol ** 2;
  const variance = (settlementVol ** 2 - done) / (1 - share);
  return variance < 0 ? null : Math.sqrt(variance);
}

/** A quote rounded to the contract's tick, halves up. */
export function roundToTick(vol: Vol, tick: Vol): Vol {
  assertThat(tick >= 0, `tick must be 0 or more; got ${tick}`);
  if (tick === 0) return vol;
  // Twelve digits: multiples of 0.0001 have no exact double.
  return Number((Math.floor(vol / tick + 0.5 + 1e-9) * tick).toPrecision(12));
}

export interface VolContractProfit {
  readonly profit: number;
  readonly profitTicks: number;
}

/** Money and ticks between the level traded and a level now, for a signed quantity. */
export function volContractProfit(
  position: VolContractSize & { readonly quantity: number; readonly tradeVol: Vol; readonly vol: Vol },
): VolContractProfit {
  const { tick, quantity, tradeVol, vol } = position;
  const now = contractValue({ ...position, vol });
  const traded = contractValue({ ...position, vol: tradeVol });
  return {
    profit: money(quantity * (now.value - traded.value)),
    profitTicks: Number(((quantity * (vol - tradeVol)) / tick).toPrecision(12)),
  };
}
