import type { ScenarioExplanation, ScenarioParts } from '../../../shared/contract/scenario-value.ts';

export const partKeys = [
  'delta',
  'gamma',
  'vega',
  'theta',
  'vanna',
  'volga',
  'carry',
  'trades',
  'fixings',
  'residual',
] as const;
export type PartKey = (typeof partKeys)[number];

export type ExplainGroup = 'book' | 'name' | 'family';

/** A line of the explanation; amounts in whole cents. */
export interface ExplainRow {
  readonly id: string;
  readonly label: string;
  readonly symbol: string | null;
  readonly parts: ScenarioParts;
  readonly note: string | null;
  readonly isTotal: boolean;
}

/** What each book, name or family adds up to, and all of them. */
export function groupRows(
  explained: ScenarioExplanation,
  group: ExplainGroup,
  words: (group: string) => string,
): readonly ExplainRow[] {
  const lines = { book: explained.byBook, name: explained.byName, family: explained.byFamily }[group];
  return [
    ...lines.map((one): ExplainRow => ({
      id: one.group,
      label: group === 'family' ? words(one.group) : one.group,
      symbol: group === 'name' ? one.group : null,
      parts: one,
      note: null,
      isTotal: false,
    })),
    total('All', explained.total),
  ];
}

/** Positions of one group, or all where `key` is null, the least explained first; and their sum. */
export function positionRows(
  explained: ScenarioExplanation,
  group: ExplainGroup,
  key: string | null,
): readonly ExplainRow[] {
  const keyOf = (one: ScenarioExplanation['positions'][number]) =>
    group === 'book' ? (one.book ?? '') : group === 'family' ? one.family : one.symbol;
  const inside = explained.positions
    .filter((one) => key === null || keyOf(one) === key)
    .toSorted((a, b) => Math.abs(b.residual) - Math.abs(a.residual));
  return [
    ...inside.map((one): ExplainRow => ({
      id: one.positionId,
      label: one.label,
      symbol: one.symbol,
      parts: one,
      note: one.note,
      isTotal: false,
    })),
    total(key === null ? 'All' : 'All of these', sumOfParts(inside)),
  ];
}

const total = (label: string, parts: ScenarioParts): ExplainRow => ({
  id: 'total',
  label,
  symbol: null,
  parts,
  note: null,
  isTotal: true,
});

/** Sums of whole cents: exact. */
export function sumOfParts(rows: readonly ScenarioParts[]): ScenarioParts {
  const of = (key: PartKey | 'total') => rows.reduce((sum, row) => sum + row[key], 0);
  return {
    delta: of('delta'),
    gamma: of('gamma'),
    vega: of('vega'),
    theta: of('theta'),
    vanna: of('vanna'),
    volga: of('volga'),
    carry: of('carry'),
    trades: of('trades'),
    fixings: of('fixings'),
    residual: of('residual'),
    total: of('total'),
  };
}

/** Cents that parts and residual miss the total by; zero, or the table says so. */
export const partsMiss = (parts: ScenarioParts): number =>
  partKeys.reduce((sum, key) => sum + parts[key], 0) - parts.total;
