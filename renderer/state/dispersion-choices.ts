import type { DispersionMeasureName } from '../../shared/contract/dispersion.ts';

/** Calendar days that a term may have. */
export const dispersionTerms = [10, 20, 30, 60, 90, 120, 150, 180] as const;

export const pastRanges = ['3 months', '6 months', '1 year', '2 years', 'all'] as const;
export type PastRange = (typeof pastRanges)[number];

export const dispersionPages = ['board', 'correlations', 'trade', 'listed'] as const;
export type DispersionPage = (typeof dispersionPages)[number];

export type MeasureName = DispersionMeasureName;
/** Every measure that has a past, in the order it is read. */
export const measureNames = [
  'indexVol',
  'indexHistoricalVol',
  'impliedToHistorical',
  'impliedCorrelation',
  'realizedCorrelation',
  'correlationSpread',
  'weightedVol',
  'firstCoefficient',
  'corrWeightedVol',
  'secondCoefficient',
  'corrWeightedVolSpread',
  'corrWeightedHistoricalVol',
  'thirdCoefficient',
  'histCorrWeightedVol',
  'histCorrCoefficient',
  'weightedHistoricalVol',
  'weightedHistoricalCoefficient',
] as const satisfies readonly MeasureName[];

/** What of the dispersion desk is in front; kept between starts of the window. */
export interface DispersionChoices {
  readonly page: DispersionPage;
  readonly term: number;
  /** All terms beside each other instead of the one chosen. */
  readonly comparesTerms: boolean;
  /** null: the first of the board. */
  readonly index: string | null;
  /** Measure whose past is shown. */
  readonly measure: MeasureName;
  /** A second one drawn over it. */
  readonly overlay: MeasureName | null;
  /** How much of the past today is read against. */
  readonly range: PastRange;
  /** The measure's past, or the measure across terms. */
  readonly chart: 'past' | 'terms';
}

export const usualDispersionChoices: DispersionChoices = {
  page: 'board',
  term: 30,
  comparesTerms: false,
  index: null,
  measure: 'impliedCorrelation',
  overlay: null,
  range: '2 years',
  chart: 'past',
};

const oneOf = <V>(allowed: readonly V[], value: unknown, otherwise: V): V =>
  allowed.includes(value as V) ? (value as V) : otherwise;

/** Choices as they were kept; whatever is not understood stays as it is. */
export function choicesFrom(kept: unknown, otherwise: DispersionChoices): DispersionChoices {
  if (typeof kept !== 'object' || kept === null) return otherwise;
  const found = kept as Record<string, unknown>;
  return {
    page: oneOf(dispersionPages, found['page'], otherwise.page),
    term: oneOf<number>(dispersionTerms, found['term'], otherwise.term),
    comparesTerms: found['comparesTerms'] === true,
    index: typeof found['index'] === 'string' ? found['index'] : otherwise.index,
    measure: oneOf<MeasureName>(measureNames, found['measure'], otherwise.measure),
    overlay: oneOf<MeasureName | null>(measureNames, found['overlay'], null),
    range: oneOf(pastRanges, found['range'], otherwise.range),
    chart: oneOf(['past', 'terms'] as const, found['chart'], otherwise.chart),
  };
}
