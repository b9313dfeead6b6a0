import type { Dispersion } from '../../../shared/contract/dispersion.ts';
import { decimal, percent, signedPercent, volPercent, volPoints } from '../../format.ts';
import type { HeaderNote } from '../../grids/column.ts';
import type { MeasureName } from '../../state/dispersion-choices.ts';

export interface MeasureSpec {
  readonly key: MeasureName;
  readonly title: string;
  readonly unit: string;
  readonly note: HeaderNote;
  readonly value: (cell: Dispersion) => number | null;
  readonly text: (value: number | null) => string;
  /** Starts a group of measures that belong together. */
  readonly startsGroup: boolean;
}

const own = 'option chains, daily prices and index weights of the desk';
const measure = (
  key: MeasureName,
  title: string,
  unit: string,
  what: string,
  formula: string,
  text: MeasureSpec['text'],
  startsGroup = false,
): MeasureSpec => ({
  key,
  title,
  unit,
  note: { what, formula, unit, source: own },
  value: (cell) => cell[key],
  text,
  startsGroup,
});
const ratio = (value: number | null) => decimal(value, 3);

/** What a measure is called, its unit and its text. */
export const measureSpec = (key: string): MeasureSpec | undefined =>
  dispersionMeasures.find((spec) => spec.key === key);

/** The measures of a dispersion board, in the order they are read. */
export const dispersionMeasures: readonly MeasureSpec[] = [
  measure(
    'indexVol',
    'IV of the index',
    '%',
    'implied volatility of the index at the term',
    'total variance interpolated between expiries',
    volPercent,
  ),
  measure(
    'indexHistoricalVol',
    'HV of the index',
    '%',
    'realized volatility of the index over the term',
    'standard deviation of daily log returns × √252',
    volPercent,
  ),
  measure(
    'impliedToHistorical',
    'IV ÷ HV',
    'ratio',
    'how dear the index option is against its own past',
    'IV of the index ÷ HV of the index',
    ratio,
  ),
  measure(
    'impliedCorrelation',
    'Implied correlation',
    '%',
    'the one correlation of all names that explains the index volatility; may exceed 100 %',
    '(σI² − Σw²σ²) ÷ ((Σwσ)² − Σw²σ²)',
    (value) => percent(value, 1),
    true,
  ),
  measure(
    'realizedCorrelation',
    'Realized correlation',
    '%',
    'the same with realized volatilities',
    '(HVI² − Σw²HV²) ÷ ((Σw HV)² − Σw²HV²)',
    (value) => percent(value, 1),
  ),
  measure(
    'correlationSpread',
    'Implied − realized',
    '% pts',
    'how much more correlation the options charge than the prices showed',
    'implied correlation − realized correlation',
    (value) => signedPercent(value, 1),
  ),
  measure(
    'weightedVol',
    'WtdCompIV',
    '%',
    'weighted implied volatility of the names, as if they moved as one',
    'Σ w σ',
    volPercent,
    true,
  ),
  measure(
    'firstCoefficient',
    'First coefficient',
    'ratio',
    'names against index',
    'WtdCompIV ÷ IV of the index',
    ratio,
  ),
  measure(
    'corrWeightedVol',
    'CorrWtdCompIV',
    '%',
    'index volatility that the names imply with correlations of their implied volatilities; for longer terms (vega)',
    '√ ΣΣ w w σ σ ρ(IV)',
    volPercent,
    true,
  ),
  measure(
    'secondCoefficient',
    'Second coefficient',
    'ratio',
    'the same against the index; for longer terms (vega)',
    'CorrWtdCompIV ÷ IV of the index',
    ratio,
  ),
  measure(
    'corrWeightedVolSpread',
    'CorrWtdCompIV − IV',
    'vol pts',
    'the same as a difference',
    'CorrWtdCompIV − IV of the index',
    volPoints,
  ),
  measure(
    'corrWeightedHistoricalVol',
    'CorrWtdCompHV',
    '%',
    'index volatility that the names realized with correlations of their prices; for shorter terms (gamma)',
    '√ ΣΣ w w HV HV ρ(prices)',
    volPercent,
    true,
  ),
  measure(
    'thirdCoefficient',
    'Third coefficient',
    'ratio',
    'the same against the index’s own; for shorter terms (gamma)',
    'CorrWtdCompHV ÷ HV of the index',
    ratio,
  ),
  measure(
    'histCorrWeightedVol',
    'HistCorrWtdCompIV',
    '%',
    'index volatility that the names imply with correlations of their prices',
    '√ ΣΣ w w σ σ ρ(prices)',
    volPercent,
    true,
  ),
  measure(
    'histCorrCoefficient',
    'HistCorrWtdCompIV ÷ IV',
    'ratio',
    'the same against the index',
    'HistCorrWtdCompIV ÷ IV of the index',
    ratio,
  ),
  measure(
    'weightedHistoricalVol',
    'WtdCompHV',
    '%',
    'weighted realized volatility of the names',
    'Σ w HV',
    volPercent,
    true,
  ),
  measure(
    'weightedHistoricalCoefficient',
    'WtdCompHV ÷ HV',
    'ratio',
    'the same against the index',
    'WtdCompHV ÷ HV of the index',
    ratio,
  ),
];
