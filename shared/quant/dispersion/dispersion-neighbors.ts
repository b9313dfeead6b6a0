import { fail, ok, type Result } from '../../result.ts';
import type { Fraction, Vol } from '../../units.ts';
import { indexCorrelation } from './index-correlation.ts';
import { reasoned, type Reasoned } from '../reasoned.ts';

interface Member {
  readonly symbol: string;
  /** Index weight, any scale. */
  readonly weight: Fraction;
  readonly vol: Vol | null;
}

export interface ListedCorrelation {
  /** 1 is 100 %; never clamped. */
  readonly correlation: number;
  readonly weightedVol: Vol;
  /** Names in the number. */
  readonly names: readonly string[];
  /** Of the largest names, those without a volatility. */
  readonly missing: readonly string[];
  /** Index weight of the names in the number, before renormalizing. */
  readonly weightUsed: Fraction;
}

/**
 * Implied correlation as the exchange publishes it: at-the-money volatilities of the index and of its
 * largest names, whose weights are brought to sum 1.
 *
 * @param input.largest  how many of the names by weight; the exchange takes 50
 * Failures: `invalid-input` where the index or every name lacks a volatility.
 * Limits: volatilities are ours, at the money forward; the exchange's come from its vendor's analytics,
 *   and its weights are free-float values of the day.
 * Source: Cboe, Implied Correlation Index white paper (2021); math §7.
 * Proof:  test/unit/quant/dispersion-neighbors.test.ts
 */
export function listedCorrelation(input: {
  readonly components: readonly Member[];
  readonly indexVol: Vol | null;
  readonly largest?: number;
}): Result<ListedCorrelation, Reasoned<'invalid-input'>> {
  const { components, indexVol, largest = 50 } = input;
  if (indexVol === null) {
    return fail(
      reasoned('invalid-input', { reason: 'the index has no at-the-money volatility for this term' }),
    );
  }
  const members = components.toSorted((a, b) => b.weight - a.weight).slice(0, largest);
  const used = members.flatMap(({ vol, ...member }) => (vol === null ? [] : [{ ...member, vol }]));
  if (used.length === 0) {
    return fail(
      reasoned('invalid-input', { reason: 'no name has an at-the-money volatility for this term' }),
    );
  }
  const total = components.reduce((sum, { weight }) => sum + weight, 0);
  const held = used.reduce((sum, { weight }) => sum + weight, 0);
  const found = indexCorrelation({
    weights: used.map(({ weight }) => weight / held),
    vols: used.map(({ vol }) => vol),
    indexVol,
  });
  if (!found.ok) return found;
  const names = used.map(({ symbol }) => symbol);
  return ok({
    correlation: found.value.correlation,
    weightedVol: found.value.weightedVol,
    names,
    missing: members.map(({ symbol }) => symbol).filter((symbol) => !names.includes(symbol)),
    weightUsed: held / total,
  });
}

export interface DispersionIndexLevel {
  /** Expected standard deviation of the names' annualized returns about the index's, decimal. */
  readonly level: Vol;
  /** Σ w σ² of the names. */
  readonly namesVariance: number;
  readonly indexVariance: number;
  readonly names: readonly string[];
  readonly missing: readonly string[];
  readonly weightUsed: Fraction;
}

/**
 * The dispersion index: √(Σ w σ_i² − σ_I²) with model-free volatilities of the names and of the index.
 *
 * The weighted mean square of the names' returns is the square of their weighted mean, the index's
 * return, plus their spread about it: taken as variances, that is the difference under the root.
 *
 * @param input.components  `vol` the model-free volatility over 30 days
 * Failures: `invalid-input` where a part is missing, or the index has more variance than the names.
 * Limits: the exchange picks the names by its own rules of liquidity; here it is every name that has the
 *   volatility, renormalized to weight 1.
 * Source: S&P Dow Jones Indices and Cboe, S&P 500 Dispersion Index methodology (2023).
 * Proof:  test/unit/quant/dispersion-neighbors.test.ts
 */
export function dispersionIndexLevel(input: {
  readonly components: readonly Member[];
  readonly indexVol: Vol | null;
}): Result<DispersionIndexLevel, Reasoned<'invalid-input'>> {
  const { components, indexVol } = input;
  if (indexVol === null) {
    return fail(reasoned('invalid-input', { reason: 'the index has no model-free volatility over 30 days' }));
  }
  const used = components.flatMap(({ vol, ...member }) => (vol === null ? [] : [{ ...member, vol }]));
  const held = used.reduce((sum, { weight }) => sum + weight, 0);
  if (!(held > 0)) {
    return fail(reasoned('invalid-input', { reason: 'no name has a model-free volatility over 30 days' }));
  }
  const namesVariance = used.reduce((sum, { weight, vol }) => sum + (weight / held) * vol * vol, 0);
  const indexVariance = indexVol * indexVol;
  if (namesVariance < indexVariance) {
    return fail(
      reasoned('invalid-input', {
        reason: 'the index has more variance than its names: no spread is implied',
      }),
    );
  }
  return ok({
    level: Math.sqrt(namesVariance - indexVariance),
    namesVariance,
    indexVariance,
    names: used.map(({ symbol }) => symbol),
    missing: components.flatMap(({ symbol, vol }) => (vol === null ? [symbol] : [])),
    weightUsed: held / components.reduce((sum, { weight }) => sum + weight, 0),
  });
}
