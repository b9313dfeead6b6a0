import type { Dispersion } from '../../../shared/contract/dispersion.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { decimal, integer, percent, plainNumber, signedDecimal } from '../../format.ts';
import type { MeasureName, PastRange } from '../../state/dispersion-choices.ts';
import { dispersionMeasures, type MeasureSpec } from './dispersion-measures.ts';

type Pasts = OutputOf<'dispersion.pasts'>;
/** Where a number of the board stands in a range of its past, with a thin line of it. */
export type Standing = NonNullable<Pasts['cells'][number]['measures'][string]>[number];

/** Below the measures: what they rest on and come to. */
export const boardFootings = ['coverage', 'effectiveNames', 'verdict'] as const;
export type BoardFooting = (typeof boardFootings)[number];

export const footingTitles: Readonly<
  Record<BoardFooting, { readonly title: string; readonly unit: string; readonly tip: string }>
> = {
  coverage: {
    title: 'Index weight covered',
    unit: '%',
    tip: 'Weight of the names that have an implied volatility; a name without one is left out and the others’ weights are brought to 100 %',
  },
  effectiveNames: {
    title: 'Effective names',
    unit: 'names',
    tip: '1 ÷ Σ w²: as many names of one weight would spread the index as far',
  },
  verdict: { title: 'Verdict', unit: '', tip: 'The votes of the timing rules, counted' },
};

export const sideMarks = { dispersion: '▼', reverse: '▲', wait: '●' } as const;
export const sideTones = { dispersion: 'loss', reverse: 'gain', wait: 'dim' } as const;

/** Fewer past days than this give no place in them. */
export const fewestPastDays = 10;

/** Share of the past below today; null where the past is too short to say. */
export const placeOf = (
  standing: { readonly percentile: number | null; readonly days: number } | null | undefined,
): number | null => (standing == null || standing.days < fewestPastDays ? null : standing.percentile);

export const columnKeyOf = (cell: Pick<Dispersion, 'index' | 'termDays'>): string =>
  `${cell.index}:${cell.termDays}`;

/** Where each measure of each cell stands in the range; only of the day in front. */
export function standingsOf(
  pasts: Pasts | null,
  asOf: string,
  range: PastRange,
): ReadonlyMap<string, ReadonlyMap<string, Standing>> {
  if (pasts === null || pasts.asOf !== asOf) return new Map();
  return new Map(
    pasts.cells.map((cell) => [
      columnKeyOf(cell),
      new Map(
        Object.entries(cell.measures).flatMap(([name, readings]) => {
          const reading = readings.find((one) => one.range === range);
          return reading === undefined ? [] : [[name, reading] as const];
        }),
      ),
    ]),
  );
}

/** Outside what a correlation can be: said beside the number, never clamped. */
export const isFlagged = (key: MeasureName, cell: Dispersion): boolean =>
  (key === 'impliedCorrelation' && cell.impliedCorrelationNote !== null) ||
  (key === 'realizedCorrelation' &&
    cell.realizedCorrelation !== null &&
    Math.abs(cell.realizedCorrelation) > 1);

/** How much of the index has data, and which names have none. */
export function coverageSentence({ coverage }: Dispersion): string {
  const { names, of, weight, missing } = coverage;
  const has = `${integer(names)} of ${integer(of)} names, ${percent(weight, 1)} % of the weight, have an implied volatility.`;
  return missing.length === 0 ? has : `${has} Missing: ${missing.join(', ')}.`;
}

export function footingText(footing: BoardFooting, cell: Dispersion): string {
  if (footing === 'coverage')
    return `${cell.coverage.badge === 'complete' ? '' : '△ '}${percent(cell.coverage.weight, 1)}`;
  if (footing === 'effectiveNames') return decimal(cell.coverage.effectiveNames, 1);
  return `${sideMarks[cell.verdict.side]} ${cell.verdict.side}`;
}

/** The hover text of a number: what it is, why it is blank, and where it stands. */
export function measureTip(
  spec: MeasureSpec,
  cell: Dispersion,
  standing: Standing | undefined,
  range: PastRange,
): string {
  const value = spec.value(cell);
  const unit = spec.unit === 'ratio' ? '' : ` ${spec.unit}`;
  const head = `${spec.title}, ${cell.index}, ${integer(cell.termDays)} days: ${spec.text(value)}${value === null ? '' : unit}`;
  const why =
    value === null ? (cell.reasons[spec.key] ?? 'Not enough data on the desk for this number.') : '';
  const flag = isFlagged(spec.key, cell)
    ? (cell.impliedCorrelationNote ?? 'Beyond what a correlation can be.')
    : '';
  const past =
    standing === undefined || standing.days === 0 || standing.min === null
      ? ''
      : `${range === 'all' ? 'All of its past' : `Past ${range}`}, ${integer(standing.days)} days: ${spec.text(standing.min)} to ${spec.text(standing.max)}, mean ${spec.text(standing.mean)}`;
  const share = placeOf(standing);
  const place =
    share === null
      ? ''
      : `Above ${percent(share, 0)} % of those days, z ${signedDecimal(standing?.zScore, 2)}`;
  return [head, flag, why, past, place].filter(Boolean).join('\n');
}

/** The board for a spreadsheet: plain numbers, each with its place in the past. */
export function boardTable(
  cells: readonly Dispersion[],
  standings: ReturnType<typeof standingsOf>,
): readonly (readonly string[])[] {
  const head = [
    'measure',
    'unit',
    ...cells.flatMap((cell) => {
      const name = `${cell.index} ${cell.termDays} d`;
      return [name, ...['percentile', 'min', 'max', 'mean', 'z', 'days'].map((part) => `${name} ${part}`)];
    }),
  ];
  const rows = dispersionMeasures.map((spec) => [
    spec.title,
    // Raw decimals: the unit of the screen is said as what it is a per cent of.
    spec.unit === 'ratio' ? 'ratio' : 'decimal',
    ...cells.flatMap((cell) => {
      const standing = standings.get(columnKeyOf(cell))?.get(spec.key);
      return [
        spec.value(cell),
        standing?.percentile,
        standing?.min,
        standing?.max,
        standing?.mean,
        standing?.zScore,
        standing?.days,
      ].map((value) => plainNumber(value));
    }),
  ]);
  const blanks = ['', '', '', '', '', ''];
  return [
    head,
    ...rows,
    ['Index weight covered', 'decimal', ...cells.flatMap((c) => [plainNumber(c.coverage.weight), ...blanks])],
    [
      'Effective names',
      'names',
      ...cells.flatMap((c) => [plainNumber(c.coverage.effectiveNames), ...blanks]),
    ],
    ['Verdict', '', ...cells.flatMap((c) => [c.verdict.side, ...blanks])],
  ];
}
