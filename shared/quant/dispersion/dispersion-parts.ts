import type { Vol } from '../../units.ts';

/** Volatilities decimal, correlations 1 = 100 %, coefficients plain ratios. */
export interface DispersionMeasures {
  readonly indexVol: Vol | null;
  readonly indexHistoricalVol: Vol | null;
  readonly impliedToHistorical: number | null;
  readonly impliedCorrelation: number | null;
  readonly realizedCorrelation: number | null;
  /** Implied less realized correlation. */
  readonly correlationSpread: number | null;
  readonly weightedVol: Vol | null;
  readonly firstCoefficient: number | null;
  readonly corrWeightedVol: Vol | null;
  readonly secondCoefficient: number | null;
  readonly corrWeightedVolSpread: Vol | null;
  readonly corrWeightedHistoricalVol: Vol | null;
  readonly thirdCoefficient: number | null;
  readonly histCorrWeightedVol: Vol | null;
  readonly histCorrCoefficient: number | null;
  readonly weightedHistoricalVol: Vol | null;
  readonly weightedHistoricalCoefficient: number | null;
}

/** The measures that are not made of others. */
export type DispersionParts = Pick<
  DispersionMeasures,
  | 'indexVol'
  | 'indexHistoricalVol'
  | 'impliedCorrelation'
  | 'realizedCorrelation'
  | 'weightedVol'
  | 'corrWeightedVol'
  | 'corrWeightedHistoricalVol'
  | 'histCorrWeightedVol'
  | 'weightedHistoricalVol'
>;

const ratio = (over: number | null, under: number | null): number | null =>
  over === null || under === null || under === 0 ? null : over / under;
const difference = (over: number | null, under: number | null): number | null =>
  over === null || under === null ? null : over - under;

/**
 * Every measure from those that are not made of others; null where one that it needs is.
 * Source: math §7. Proof: test/unit/quant/dispersion.test.ts
 */
export function measuresOfParts(parts: DispersionParts): DispersionMeasures {
  const { indexVol, indexHistoricalVol } = parts;
  return {
    indexVol,
    indexHistoricalVol,
    impliedToHistorical: ratio(indexVol, indexHistoricalVol),
    impliedCorrelation: parts.impliedCorrelation,
    realizedCorrelation: parts.realizedCorrelation,
    correlationSpread: difference(parts.impliedCorrelation, parts.realizedCorrelation),
    weightedVol: parts.weightedVol,
    firstCoefficient: ratio(parts.weightedVol, indexVol),
    corrWeightedVol: parts.corrWeightedVol,
    secondCoefficient: ratio(parts.corrWeightedVol, indexVol),
    corrWeightedVolSpread: difference(parts.corrWeightedVol, indexVol),
    corrWeightedHistoricalVol: parts.corrWeightedHistoricalVol,
    thirdCoefficient: ratio(parts.corrWeightedHistoricalVol, indexHistoricalVol),
    histCorrWeightedVol: parts.histCorrWeightedVol,
    histCorrCoefficient: ratio(parts.histCorrWeightedVol, indexVol),
    weightedHistoricalVol: parts.weightedHistoricalVol,
    weightedHistoricalCoefficient: ratio(parts.weightedHistoricalVol, indexHistoricalVol),
  };
}
