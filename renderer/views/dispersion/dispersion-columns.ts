import type { Dispersion } from '../../../shared/contract/dispersion.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { decimal, integer, percent, signedDecimal, volPercent } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import { dispersionMeasures, type MeasureSpec } from './dispersion-measures.ts';
import { readingIn } from './dispersion-models.ts';
import type { PastRange } from '../../state/dispersion.ts';

type Past = OutputOf<'dispersion.history'>;

/** A row of the board: a measure, or what it rests on. */
export type BoardRow =
  | { readonly id: string; readonly measure: MeasureSpec }
  | { readonly id: 'coverage' | 'effectiveNames' | 'verdict'; readonly measure: null };

export const boardRows: readonly BoardRow[] = [
  ...dispersionMeasures.map((spec) => ({ id: spec.key, measure: spec })),
  { id: 'coverage', measure: null },
  { id: 'effectiveNames', measure: null },
  { id: 'verdict', measure: null },
];

const titles = {
  coverage: 'Index weight covered',
  effectiveNames: 'Effective names',
  verdict: 'Verdict',
} as const;
const units = { coverage: '%', effectiveNames: 'names', verdict: '' } as const;
const sides = { dispersion: 'dispersion', reverse: 'reverse', wait: 'wait' } as const;

const titleOf = (row: BoardRow): string => row.measure?.title ?? titles[row.id as keyof typeof titles];
const unitOf = (row: BoardRow): string => row.measure?.unit ?? units[row.id as keyof typeof units];

function textOf(row: BoardRow, cell: Dispersion): string {
  if (row.measure !== null) {
    const value = row.measure.value(cell);
    return `${isFlagged(row, cell) ? '△ ' : ''}${row.measure.text(value)}`;
  }
  if (row.id === 'coverage')
    return `${cell.coverage.badge === 'complete' ? '' : '△ '}${percent(cell.coverage.weight, 1)}`;
  if (row.id === 'effectiveNames') return decimal(cell.coverage.effectiveNames, 1);
  return sides[cell.verdict.side];
}

/** Outside what a correlation can be: said beside the number, never clamped. */
const isFlagged = (row: BoardRow, cell: Dispersion): boolean =>
  row.id === 'impliedCorrelation' && cell.impliedCorrelationNote !== null;

function remarkOf(row: BoardRow, cell: Dispersion): string | null {
  if (row.id === 'impliedCorrelation' && cell.impliedCorrelationNote !== null)
    return cell.impliedCorrelationNote;
  if (row.measure !== null)
    return row.measure.value(cell) === null
      ? (cell.reasons[row.measure.key] ?? 'Not enough data on the desk for this number.')
      : null;
  if (row.id === 'coverage') return coverageSentence(cell);
  return row.id === 'verdict' ? cell.verdict.sentence : null;
}

/** How much of the index has data, and which names have none. */
export function coverageSentence({ coverage }: Dispersion): string {
  const { names, of, weight, missing } = coverage;
  const has = `${integer(names)} of ${integer(of)} names, ${percent(weight, 1)} % of the weight, have an implied volatility.`;
  return missing.length === 0 ? has : `${has} Missing: ${missing.join(', ')}.`;
}

/** One column an index and term; a click on it brings it to the front. */
export function boardColumns(
  cells: readonly Dispersion[],
  inFront: Dispersion | null,
  past: Past | null,
  range: PastRange,
): readonly ColumnSpec<BoardRow>[] {
  const hasManyTerms = new Set(cells.map((cell) => cell.termDays)).size > 1;
  return [
    {
      key: 'measure',
      header: 'Measure',
      note: { what: 'what is measured; a click shows its past' },
      align: 'left',
      value: titleOf,
      text: titleOf,
      tones: { strong: (row) => row.id === 'impliedCorrelation' || row.id === 'verdict' },
      pinned: 'left',
      sortable: false,
      width: 164,
    },
    {
      key: 'unit',
      header: 'Unit',
      note: { what: 'unit of the row' },
      align: 'left',
      value: unitOf,
      text: unitOf,
      tones: { dim: () => true },
      pinned: 'left',
      sortable: false,
      width: 56,
    },
    ...cells.map((cell): ColumnSpec<BoardRow> => ({
      key: columnKeyOf(cell),
      header: hasManyTerms ? `${integer(cell.termDays)} d` : cell.index,
      ...(hasManyTerms ? { group: cell.index } : { unit: `${integer(cell.termDays)} d` }),
      note: {
        what: `${cell.name}, ${integer(cell.termDays)} calendar days`,
        source: cell.weightsNote,
      },
      value: (row) => row.measure?.value(cell) ?? null,
      text: (row) => textOf(row, cell),
      reason: (row) => remarkOf(row, cell),
      tones: {
        held: () => cell === inFront,
        said: (row) => row.measure === null || row.measure.value(cell) !== null,
        warning: (row) =>
          isFlagged(row, cell) || (row.id === 'coverage' && cell.coverage.badge !== 'complete'),
      },
      sortable: false,
      width: hasManyTerms ? 74 : Math.max(86, cell.index.length * 8 + 42),
    })),
    ...(past === null || inFront === null || hasManyTerms ? [] : pastColumns(past, inFront, range)),
  ];
}

type PastNumber = 'min' | 'max' | 'percentile' | 'zScore';

/** Where the index in front stands in its own past, measure by measure. */
function pastColumns(past: Past, cell: Dispersion, range: PastRange): readonly ColumnSpec<BoardRow>[] {
  const readings = new Map(boardRows.map((row) => [row.id, readingIn(past, row.id, range)]));
  const column = (
    key: PastNumber,
    header: string,
    what: string,
    text: (value: number | null, row: BoardRow) => string,
    width: number,
  ): ColumnSpec<BoardRow> => ({
    key: `past.${key}`,
    header,
    ...(key === 'percentile' ? { unit: '%' } : {}),
    note: {
      what: `${what}; ${cell.index}, ${integer(cell.termDays)} days`,
      source: `the past ${range} of the desk`,
    },
    value: (row) => readings.get(row.id)?.[key] ?? null,
    text: (row) => {
      const reading = readings.get(row.id) ?? null;
      return reading === null ? '' : text(reading[key], row);
    },
    sortable: false,
    width,
  });
  const inUnit = (value: number | null, row: BoardRow) => row.measure?.text(value) ?? '';
  return [
    column('percentile', 'Pctile', 'share of past days below today', (v) => percent(v, 0), 64),
    {
      key: 'past.bar',
      header: 'In its past',
      note: { what: 'the percentile as a bar; full length is the highest of the past' },
      align: 'left',
      value: (row) => readings.get(row.id)?.percentile ?? null,
      text: () => '',
      bar: (row) => readings.get(row.id)?.percentile ?? null,
      tones: { bar: (row) => readings.get(row.id) !== undefined },
      sortable: false,
      width: 84,
    },
    column('min', 'Lowest', 'lowest of the past', inUnit, 64),
    column('max', 'Highest', 'highest of the past', inUnit, 64),
    column('zScore', 'z', 'standard deviations from the mean of the past', (v) => signedDecimal(v, 2), 56),
  ];
}

export const columnKeyOf = (cell: Pick<Dispersion, 'index' | 'termDays'>): string =>
  `${cell.index}:${cell.termDays}`;

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
    width: 76,
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
    width: 70,
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
    width: 70,
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
    width: 76,
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
    width: 106,
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
