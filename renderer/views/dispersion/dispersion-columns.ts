import type { Dispersion } from '../../../shared/contract/dispersion.ts';
import { counted, decimal, integer, percent, signedDecimal, volPercent } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import type { PastRange } from '../../state/dispersion-choices.ts';
import type { TermRow } from './dispersion-models.ts';
import { fewestPastDays, placeOf } from './dispersion-board.ts';
import { measureSpec } from './dispersion-measures.ts';

export type ComponentRow = Dispersion['components'][number];

export const componentColumns = (largest: number): readonly ColumnSpec<ComponentRow>[] => [
  {
    key: 'symbol',
    header: 'Name',
    note: { what: 'name of the index; a click brings it to the front everywhere' },
    align: 'left',
    value: (row) => row.symbol,
    text: (row) => row.symbol,
    tones: { strong: () => true },
    pinned: 'left',
    width: 108,
  },
  {
    key: 'weight',
    header: 'Weight',
    unit: '%',
    note: { what: 'weight in the index, renormalized to sum 100 %', source: 'imported index weights' },
    value: (row) => row.weight,
    text: (row) => percent(row.weight, 2),
    width: 70,
  },
  {
    key: 'vol',
    header: 'IV',
    unit: '%',
    note: { what: 'implied volatility of the name at the term', source: 'its option chain' },
    value: (row) => row.vol,
    text: (row) => volPercent(row.vol),
    reason: (row) =>
      row.vol === null ? (row.reason ?? 'The name has no implied volatility that day.') : null,
    width: 56,
  },
  {
    key: 'historicalVol',
    header: 'HV',
    unit: '%',
    note: { what: 'realized volatility of the name over the term', source: 'imported daily prices' },
    value: (row) => row.historicalVol,
    text: (row) => volPercent(row.historicalVol),
    reason: (row) =>
      row.historicalVol === null ? (row.reason ?? 'The name has too few daily prices.') : null,
    width: 56,
  },
  {
    key: 'impliedToHistorical',
    header: 'IV ÷ HV',
    note: { what: 'above 1 the option is dear against its own past', formula: 'IV ÷ HV', unit: 'ratio' },
    value: (row) => row.impliedToHistorical,
    text: (row) => decimal(row.impliedToHistorical, 2),
    reason: (row) => (row.impliedToHistorical === null ? (row.reason ?? 'IV or HV is missing.') : null),
    tones: {
      gain: (row) => (row.impliedToHistorical ?? 0) > 1,
      loss: (row) => row.impliedToHistorical !== null && row.impliedToHistorical < 1,
    },
    width: 70,
  },
  {
    key: 'varianceContribution',
    header: 'Of variance',
    unit: '%',
    note: {
      what: 'share of the index variance that the name explains',
      formula: 'w σ Σ w σ ρ ÷ index variance, correlations of price returns',
    },
    value: (row) => row.varianceContribution,
    text: (row) => percent(row.varianceContribution, 2),
    reason: (row) =>
      row.varianceContribution === null ? (row.reason ?? 'It needs a volatility and correlations.') : null,
    sort: 'desc',
    width: 98,
  },
  {
    key: 'bar',
    header: 'Contribution',
    note: { what: 'the same as a bar; full length is the largest of the index' },
    align: 'left',
    value: (row) => row.varianceContribution,
    text: () => '',
    bar: (row) => barShare(row.varianceContribution, largest),
    tones: { bar: () => true },
    sortable: false,
    width: 92,
  },
  {
    key: 'optionsUsed',
    header: 'Options',
    note: { what: 'option quotes that the implied volatility rests on' },
    value: (row) => row.optionsUsed,
    text: (row) => integer(row.optionsUsed),
    reason: (row) =>
      row.optionsUsed === null ? 'The volatility was imported as such, or there is none.' : null,
    width: 72,
  },
  {
    key: 'reason',
    header: 'Remark',
    note: { what: 'why a number is missing' },
    align: 'left',
    value: (row) => row.reason,
    text: (row) => row.reason ?? '',
    tones: { dim: () => true },
    grow: true,
    width: 160,
  },
];

/** A bar's length, 0 to 1 of the longest; null where there is nothing to draw. */
export const barShare = (value: number | null, largest: number): number | null =>
  value === null || largest <= 0 || value <= 0 ? null : Math.min(1, value / largest);

type TermNumber = 'min' | 'max' | 'percentile' | 'zScore' | 'days';

/** One measure across terms: today, and where it stands in each term's own past. */
export function termColumns(measure: string, range: PastRange): readonly ColumnSpec<TermRow>[] {
  const spec = measureSpec(measure);
  const text = spec?.text ?? ((value: number | null) => decimal(value, 3));
  const found = (row: TermRow) => row.statistics.find((one) => one.range === range) ?? null;
  // Few days say where they were, not where today stands among them.
  const reading = (row: TermRow) => {
    const one = found(row);
    return one === null || placeOf(one) !== null ? one : { ...one, percentile: null, zScore: null };
  };
  const past = (
    key: TermNumber,
    header: string,
    what: string,
    write: (value: number | null) => string,
    width: number,
  ): ColumnSpec<TermRow> => ({
    key,
    header,
    ...(key === 'percentile' ? { unit: '%' } : {}),
    note: { what, source: range === 'all' ? 'all of the past on the desk' : `the past ${range} of the desk` },
    value: (row) => reading(row)?.[key] ?? null,
    text: (row) => write(reading(row)?.[key] ?? null),
    reason: (row) =>
      reading(row)?.[key] == null
        ? `The desk holds ${counted(found(row)?.days ?? 0, 'past day')} of this term; ${integer(fewestPastDays)} are needed.`
        : null,
    width,
  });
  return [
    {
      key: 'term',
      header: 'Term',
      unit: 'd',
      note: { what: 'calendar days; a click brings the term to the front' },
      value: (row) => row.termDays,
      text: (row) => integer(row.termDays),
      tones: { strong: () => true },
      sort: 'asc',
      pinned: 'left',
      width: 66,
    },
    {
      key: 'today',
      header: 'Today',
      unit: spec?.unit ?? '',
      note: {
        what: spec?.note.what ?? measure,
        ...(spec?.note.formula ? { formula: spec.note.formula } : {}),
      },
      value: (row) => row.value,
      text: (row) => text(row.value),
      reason: (row) => (row.value === null ? (row.reason ?? 'Not enough data for this term.') : null),
      tones: { strong: () => true },
      width: 84,
    },
    past(
      'percentile',
      'Pctile',
      'share of past days below today, ties counted half',
      (v) => percent(v, 0),
      72,
    ),
    {
      key: 'bar',
      header: 'In its past',
      note: { what: 'the percentile as a bar' },
      align: 'left',
      value: (row) => reading(row)?.percentile ?? null,
      text: () => '',
      bar: (row) => reading(row)?.percentile ?? null,
      tones: { bar: (row) => reading(row)?.percentile != null },
      sortable: false,
      width: 84,
    },
    past('days', 'Days', 'days of the past that have the measure', integer, 58),
    past('min', 'Lowest', 'lowest of the past', text, 70),
    past('max', 'Highest', 'highest of the past', text, 72),
    past('zScore', 'z', 'standard deviations from the mean of the past', (v) => signedDecimal(v, 2), 58),
  ];
}
