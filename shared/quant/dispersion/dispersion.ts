import { assertThat } from '../../result.ts';
import type { Fraction, Vol } from '../../units.ts';
import type { CorrelationWindow } from './correlation-window.ts';
import { subMatrix, type CorrelationMatrix } from './correlation.ts';
import { measuresOfParts, type DispersionMeasures } from './dispersion-parts.ts';
import { indexCorrelation, portfolioVol, varianceParts } from './index-correlation.ts';

export interface DispersionComponent {
  readonly symbol: string;
  /** Share of the index, decimal. */
  readonly weight: Fraction;
  /** Implied (IV Index) for the term; null where there is none. */
  readonly vol: Vol | null;
  /** Realized over the matching window; null where there is none. */
  readonly historicalVol: Vol | null;
}

export interface DispersionInput {
  readonly components: readonly DispersionComponent[];
  readonly indexVol: Vol | null;
  readonly indexHistoricalVol: Vol | null;
  /** Correlations of price returns over the window of the historical volatilities. */
  readonly priceCorrelations: CorrelationMatrix | CorrelationWindow | null;
  /** Correlations of the names' IV Index series. */
  readonly volCorrelations: CorrelationMatrix | CorrelationWindow | null;
}

export type DispersionMeasure = keyof DispersionMeasures;

export interface DispersionCoverage {
  /** Index weight of the names that have an implied volatility, over the weight of all. */
  readonly weight: Fraction;
  readonly names: number;
  readonly of: number;
  readonly missing: readonly string[];
  /** 1 / Σ w² of the covered names' renormalized weights; 0 without any. */
  readonly effectiveNames: number;
  readonly badge: 'none' | 'partial' | 'complete';
}

export interface Dispersion {
  readonly measures: DispersionMeasures;
  /** Why a measure is null, by its name. */
  readonly reasons: Readonly<Partial<Record<DispersionMeasure, string>>>;
  /** Index weight each family of measures rests on, before renormalizing. */
  readonly weightUsed: {
    readonly implied: Fraction;
    readonly historical: Fraction;
    readonly volCorrelations: Fraction;
    readonly priceCorrelations: Fraction;
  };
  readonly impliedCorrelationNote: string | null;
  readonly coverage: DispersionCoverage;
  /** Share of the theoretical index variance, by symbol; sums to 1. Null where it cannot be computed, or no matrix was given. */
  readonly varianceContributions: ReadonlyMap<string, Fraction> | null;
  /** σ_I² − (WtdCompIV² + 2 (IC − 1) Σ_{i<j} w w σ σ): rounding only. Null where IC is. */
  readonly identityResidual: number | null;
}

/**
 * Every number of math §7 for one index, term and day.
 *
 * Each measure uses the names that have what it needs, their weights renormalized to sum 1:
 * `weightUsed` says how much of the index that is. Nothing is clamped.
 *
 * Limits: a measure that lacks its input is null and has its sentence in `reasons`.
 * Source: math §7.
 * Proof:  test/unit/quant/dispersion.test.ts, test/property/quant/dispersion.test.ts
 */
export function dispersionMeasures(input: DispersionInput): Dispersion {
  const { components, indexVol, indexHistoricalVol, priceCorrelations, volCorrelations } = input;
  assertThat(new Set(components.map((c) => c.symbol)).size === components.length, 'symbols are unique');
  const reasons: Partial<Record<DispersionMeasure, string>> = {};
  const because = (reason: string, ...measures: readonly DispersionMeasure[]): null => {
    for (const measure of measures) reasons[measure] = reason;
    return null;
  };

  const implied = sleeve(components, (c) => c.vol);
  const historical = sleeve(components, (c) => c.historicalVol);
  const total = components.reduce((sum, c) => sum + c.weight, 0);
  const noIndexVol = 'The index has no implied volatility for this term.';
  const noIndexHistory = 'The index has no historical volatility for this window.';
  const noVols = 'No component has an implied volatility for this term.';
  const noHistories = 'No component has a historical volatility for this window.';

  const readCorrelation = (
    side: Sleeve,
    against: Vol | null,
    missing: string,
    empty: string,
    key: 'impliedCorrelation' | 'realizedCorrelation',
  ): number | null => {
    if (against === null) return because(missing, key);
    if (side.symbols.length === 0) return because(empty, key);
    const result = indexCorrelation({ weights: side.weights, vols: side.vols, indexVol: against });
    return result.ok ? result.value.correlation : because(sentence(result.error.detail['reason']), key);
  };
  const weighted = (side: Sleeve, empty: string, key: 'weightedVol' | 'weightedHistoricalVol'): Vol | null =>
    side.symbols.length === 0 ? because(empty, key) : varianceParts(side.weights, side.vols).weightedVol;
  const volPart = correlated(components, (c) => c.vol, volCorrelations);
  const mixedPart = correlated(components, (c) => c.vol, priceCorrelations);
  const pricePart = correlated(components, (c) => c.historicalVol, priceCorrelations);
  const theoretical = (part: Correlated, empty: string, none: string, key: DispersionMeasure): Vol | null => {
    if (part.correlations === null) return because(none, key);
    if (part.sleeve.symbols.length === 0) return because(empty, key);
    const result =
      'portfolioVol' in part.correlations
        ? part.correlations.portfolioVol(part.sleeve)
        : portfolioVol({ ...part.sleeve, correlations: part.correlations.values });
    return result.ok ? result.value : because(sentence(result.error.detail['reason']), key);
  };

  const noVolHistory = 'There is too little history of implied volatilities to correlate the names.';
  const noPrices = 'There are too few common price returns to correlate the names.';
  const impliedCorrelation = readCorrelation(implied, indexVol, noIndexVol, noVols, 'impliedCorrelation');
  const realizedCorrelation = readCorrelation(
    historical,
    indexHistoricalVol,
    noIndexHistory,
    noHistories,
    'realizedCorrelation',
  );
  const weightedVol = weighted(implied, noVols, 'weightedVol');
  const weightedHistoricalVol = weighted(historical, noHistories, 'weightedHistoricalVol');
  const corrWeightedVol = theoretical(volPart, noVols, noVolHistory, 'corrWeightedVol');
  const histCorrWeightedVol = theoretical(mixedPart, noVols, noPrices, 'histCorrWeightedVol');
  const corrWeightedHistoricalVol = theoretical(
    pricePart,
    noHistories,
    noPrices,
    'corrWeightedHistoricalVol',
  );
  const measures = measuresOfParts({
    indexVol: indexVol ?? because(noIndexVol, 'indexVol'),
    indexHistoricalVol: indexHistoricalVol ?? because(noIndexHistory, 'indexHistoricalVol'),
    impliedCorrelation,
    realizedCorrelation,
    weightedVol,
    corrWeightedVol,
    corrWeightedHistoricalVol,
    histCorrWeightedVol,
    weightedHistoricalVol,
  });
  // A measure made of others is blank for the reason of the first that is.
  for (const [key, over, under, otherwise] of [
    ['impliedToHistorical', 'indexVol', 'indexHistoricalVol', noIndexHistory],
    ['correlationSpread', 'impliedCorrelation', 'realizedCorrelation', noIndexHistory],
    ['firstCoefficient', 'weightedVol', 'indexVol', noIndexVol],
    ['secondCoefficient', 'corrWeightedVol', 'indexVol', noIndexVol],
    ['corrWeightedVolSpread', 'corrWeightedVol', 'indexVol', noIndexVol],
    ['thirdCoefficient', 'corrWeightedHistoricalVol', 'indexHistoricalVol', noIndexHistory],
    ['histCorrCoefficient', 'histCorrWeightedVol', 'indexVol', noIndexVol],
    ['weightedHistoricalCoefficient', 'weightedHistoricalVol', 'indexHistoricalVol', noIndexHistory],
  ] as const) {
    if (measures[key] === null) because(reasons[over] ?? reasons[under] ?? otherwise, key);
  }
  return {
    measures,
    reasons,
    weightUsed: {
      implied: implied.weightUsed / (total || 1),
      historical: historical.weightUsed / (total || 1),
      volCorrelations: volPart.sleeve.weightUsed / (total || 1),
      priceCorrelations: pricePart.sleeve.weightUsed / (total || 1),
    },
    impliedCorrelationNote: noteOn(impliedCorrelation),
    coverage: coverageOf(components, implied, total),
    varianceContributions: contributionsOf(mixedPart) ?? contributionsOf(pricePart),
    identityResidual:
      impliedCorrelation === null || indexVol === null
        ? null
        : identityResidual(implied, indexVol, impliedCorrelation),
  };
}

/** The names that have a volatility, with weights renormalized to sum 1. */
interface Sleeve {
  readonly symbols: readonly string[];
  readonly weights: readonly Fraction[];
  readonly vols: readonly Vol[];
  /** Sum of their index weights before renormalizing. */
  readonly weightUsed: Fraction;
}
interface Correlated {
  readonly sleeve: Sleeve;
  /** A matrix is cut to the sleeve's names. */
  readonly correlations: CorrelationMatrix | CorrelationWindow | null;
}

function sleeve(
  components: readonly DispersionComponent[],
  volOf: (c: DispersionComponent) => Vol | null,
): Sleeve {
  const used = components.flatMap((c) => {
    const vol = volOf(c);
    return vol === null ? [] : [{ symbol: c.symbol, weight: c.weight, vol }];
  });
  const weightUsed = used.reduce((sum, c) => sum + c.weight, 0);
  const usable = weightUsed > 0 ? used : [];
  return {
    symbols: usable.map((c) => c.symbol),
    weights: usable.map((c) => c.weight / weightUsed),
    vols: usable.map((c) => c.vol),
    weightUsed: usable.length === 0 ? 0 : weightUsed,
  };
}

function correlated(
  components: readonly DispersionComponent[],
  volOf: (c: DispersionComponent) => Vol | null,
  correlations: CorrelationMatrix | CorrelationWindow | null,
): Correlated {
  const known = new Set(correlations?.names ?? []);
  const used = sleeve(
    components.filter((c) => known.has(c.symbol)),
    volOf,
  );
  return {
    sleeve: used,
    correlations:
      correlations === null || 'portfolioVol' in correlations
        ? correlations
        : subMatrix(correlations, used.symbols),
  };
}

function coverageOf(
  components: readonly DispersionComponent[],
  covered: Sleeve,
  total: number,
): DispersionCoverage {
  const have = new Set(covered.symbols);
  const missing = components.filter((c) => !have.has(c.symbol)).map((c) => c.symbol);
  const squares = covered.weights.reduce((sum, w) => sum + w * w, 0);
  return {
    weight: total > 0 ? covered.weightUsed / total : 0,
    names: covered.symbols.length,
    of: components.length,
    missing,
    effectiveNames: squares > 0 ? 1 / squares : 0,
    badge: covered.symbols.length === 0 ? 'none' : missing.length === 0 ? 'complete' : 'partial',
  };
}

/** Each name's x_i (ρx)_i / xᵀρx: what it adds to the variance, pairs shared equally. */
function contributionsOf({
  sleeve: used,
  correlations: matrix,
}: Correlated): ReadonlyMap<string, Fraction> | null {
  if (matrix === null || 'portfolioVol' in matrix || used.symbols.length === 0) return null;
  const n = used.symbols.length;
  const x = used.weights.map((w, i) => w * used.vols[i]!);
  const marginal = x.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += matrix.values[i * n + j]! * x[j]!;
    return sum;
  });
  const variance = x.reduce((sum, xi, i) => sum + xi * marginal[i]!, 0);
  return variance > 0 ? new Map(used.symbols.map((s, i) => [s, (x[i]! * marginal[i]!) / variance])) : null;
}

function identityResidual(side: Sleeve, indexVol: Vol, correlation: number): number {
  const { weightedVol, pairVariance } = varianceParts(side.weights, side.vols);
  return indexVol ** 2 - (weightedVol ** 2 + (correlation - 1) * pairVariance);
}

function noteOn(correlation: number | null): string | null {
  if (correlation === null) return null;
  if (correlation > 1) {
    return 'Above 100 %: the index is priced above the weighted sum of its components, beyond what any correlation explains.';
  }
  if (correlation < 0) {
    return 'Below 0 %: the index is priced below what uncorrelated components would give.';
  }
  return null;
}

const sentence = (reason: string | number | undefined): string => {
  const text = String(reason ?? 'The inputs do not allow it');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};
