import type {
  BasketComparison,
  BasketFrontier,
  BasketVersionHead,
} from '../../../shared/contract/basket-desk.ts';
import { date, decimal, instant, integer, none, percent, signedPercent } from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';

export type FrontierRow = BasketFrontier['points'][number] & {
  /** Against the smaller basket beside it. */
  readonly came: readonly string[];
  readonly went: readonly string[];
};

/** Each size with who came and who went against the size below. */
export const frontierRowsOf = (frontier: BasketFrontier): readonly FrontierRow[] =>
  frontier.points.map((point, at) => {
    const before = frontier.points.slice(0, at).findLast((one) => one.names !== null)?.symbols ?? [];
    return {
      ...point,
      came: point.symbols.filter((symbol) => !before.includes(symbol)),
      went: point.names === null ? [] : before.filter((symbol) => !point.symbols.includes(symbol)),
    };
  });

export const frontierColumns: readonly ColumnSpec<FrontierRow>[] = [
  {
    key: 'maxNames',
    header: 'At most',
    note: { what: 'names the basket may hold; a click builds it', unit: 'count' },
    value: (row) => row.maxNames,
    text: (row) => integer(row.maxNames),
    tones: { strong: () => true },
    width: 64,
  },
  {
    key: 'names',
    header: 'Names',
    note: { what: 'names it then holds', unit: 'count' },
    value: (row) => row.names,
    text: (row) => integer(row.names),
    reason: (row) => row.reason,
    width: 58,
  },
  {
    key: 'rSquared',
    header: 'r²',
    note: { what: 'share of the index’s variance explained in sample, whole lots included', unit: 'ratio' },
    value: (row) => row.rSquared,
    text: (row) => decimal(row.rSquared, 4),
    reason: (row) => row.reason,
    width: 62,
  },
  {
    key: 'rSquaredHoldout',
    header: 'Holdout r²',
    note: { what: 'the same over the days that took no part in the fit', unit: 'ratio' },
    value: (row) => row.rSquaredHoldout,
    text: (row) => decimal(row.rSquaredHoldout, 4),
    reason: (row) => row.reason ?? (row.rSquaredHoldout === null ? 'No holdout is set.' : null),
    width: 76,
  },
  {
    key: 'trackingError',
    header: 'Tracking error',
    unit: '% a year',
    note: { what: 'standard deviation of the return difference in sample' },
    value: (row) => row.trackingError,
    text: (row) => percent(row.trackingError, 2),
    reason: (row) => row.reason,
    width: 116,
  },
  {
    key: 'came',
    header: 'In',
    note: { what: 'names it has that the size below has not' },
    align: 'left',
    value: (row) => row.came.join(' '),
    text: (row) => (row.names === null ? (row.reason ?? none) : row.came.join(' ') || none),
    tones: { dim: (row) => row.names === null },
    grow: true,
    width: 130,
  },
  {
    key: 'went',
    header: 'Out',
    note: { what: 'names the size below has and this one has not' },
    align: 'left',
    value: (row) => row.went.join(' '),
    text: (row) => row.went.join(' ') || none,
    tones: { dim: () => true },
    width: 90,
  },
];

export const versionColumns: readonly ColumnSpec<BasketVersionHead>[] = [
  {
    key: 'version',
    header: 'Version',
    note: { what: 'versions stay as they were saved; a click opens one' },
    value: (row) => row.version,
    text: (row) => integer(row.version),
    tones: { strong: () => true },
    sort: 'desc',
    width: 76,
  },
  {
    key: 'names',
    header: 'Names',
    note: { what: 'names it holds', unit: 'count' },
    value: (row) => row.names,
    text: (row) => integer(row.names),
    width: 56,
  },
  {
    key: 'rSquared',
    header: 'r²',
    note: { what: 'share of the index’s variance that it explains in sample', unit: 'ratio' },
    value: (row) => row.rSquared,
    text: (row) => decimal(row.rSquared, 4),
    width: 62,
  },
  {
    key: 'rSquaredHoldout',
    header: 'Holdout r²',
    note: { what: 'the same over its holdout', unit: 'ratio' },
    value: (row) => row.rSquaredHoldout,
    text: (row) => decimal(row.rSquaredHoldout, 4),
    reason: (row) => (row.rSquaredHoldout === null ? 'It was built without a holdout.' : null),
    width: 76,
  },
  {
    key: 'asOf',
    header: 'As of',
    note: { what: 'market day it was built on' },
    value: (row) => row.asOf,
    text: (row) => date(row.asOf),
    width: 88,
  },
  {
    key: 'savedAt',
    header: 'Saved',
    note: { what: 'when it was saved' },
    align: 'left',
    value: (row) => row.savedAt,
    text: (row) => instant(row.savedAt),
    tones: { dim: () => true },
    width: 132,
  },
  {
    key: 'words',
    header: 'Remark',
    note: { what: 'what was written when it was saved, and why unmet rules were accepted' },
    align: 'left',
    value: (row) => row.accepted?.reason ?? row.note,
    text: (row) =>
      [row.accepted === null ? null : `▲ accepted: ${row.accepted.reason}`, row.note]
        .filter((text) => text !== null)
        .join('; '),
    reason: (row) => (row.accepted === null ? null : `Not met: ${row.accepted.unmet.join('; ')}`),
    tones: { warning: (row) => row.accepted !== null },
    grow: true,
    width: 90,
  },
];

export type CompareRow = BasketComparison['rows'][number];
const changes = { in: 'in', out: 'out', kept: '' } as const;

export const compareColumns: readonly ColumnSpec<CompareRow>[] = [
  {
    key: 'symbol',
    header: 'Name',
    note: { what: 'name of either version' },
    align: 'left',
    value: (row) => row.symbol,
    text: (row) => row.symbol,
    tones: { strong: () => true },
    width: 110,
  },
  {
    key: 'change',
    header: 'In or out',
    note: { what: 'whether the name came or went; blank: in both' },
    align: 'left',
    value: (row) => row.change,
    text: (row) => (row.change === 'in' ? '+ in' : row.change === 'out' ? '− out' : changes.kept),
    tones: { gain: (row) => row.change === 'in', loss: (row) => row.change === 'out' },
    width: 70,
  },
  {
    key: 'weightBefore',
    header: 'Weight before',
    unit: '%',
    note: { what: 'share of the earlier basket’s value' },
    value: (row) => row.weightBefore,
    text: (row) => (row.change === 'in' ? none : percent(row.weightBefore, 2)),
    reason: (row) => (row.change === 'in' ? 'It was not in the earlier version.' : null),
    width: 96,
  },
  {
    key: 'weightAfter',
    header: 'after',
    unit: '%',
    note: { what: 'share of the later basket’s value' },
    value: (row) => row.weightAfter,
    text: (row) => (row.change === 'out' ? none : percent(row.weightAfter, 2)),
    reason: (row) => (row.change === 'out' ? 'It is not in the later version.' : null),
    width: 70,
  },
  {
    key: 'move',
    header: 'Change',
    unit: '% pts',
    note: {
      what: 'change of the weight',
      formula: 'weight after − weight before',
      unit: 'percentage points',
    },
    value: (row) => row.weightAfter - row.weightBefore,
    text: (row) => signedPercent(row.weightAfter - row.weightBefore, 2),
    width: 84,
  },
  {
    key: 'sharesBefore',
    header: 'Shares before',
    note: { what: 'shares the earlier version holds', unit: 'shares' },
    value: (row) => row.sharesBefore,
    text: (row) => integer(row.sharesBefore),
    width: 94,
  },
  {
    key: 'sharesAfter',
    header: 'after',
    note: { what: 'shares the later version holds', unit: 'shares' },
    value: (row) => row.sharesAfter,
    text: (row) => integer(row.sharesAfter),
    width: 70,
  },
];
