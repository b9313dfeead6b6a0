import type { BasketResult, SavedBasket } from '../../../shared/contract/basket.ts';
import {
  date,
  decimal,
  instant,
  integer,
  money,
  none,
  percent,
  volPercent,
  volPoints,
} from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';

type Name = BasketResult['names'][number];

/** A name with what the form says about it now, which may be newer than the basket. */
export interface BasketRow extends Name {
  readonly fixed: 'lock' | 'exclude' | 'free';
}

export const basketRowsOf = (
  result: BasketResult,
  lock: readonly string[],
  exclude: readonly string[],
): readonly BasketRow[] =>
  result.names.map((name) => ({
    ...name,
    fixed: lock.includes(name.symbol) ? 'lock' : exclude.includes(name.symbol) ? 'exclude' : 'free',
  }));

const differentialRule = 'volatility of the name less that of the index';

export const basketColumns = (currency: string): readonly ColumnSpec<BasketRow>[] => [
  {
    key: 'symbol',
    header: 'Name',
    note: { what: 'name of the basket; a click brings it to the front everywhere' },
    align: 'left',
    value: (row) => row.symbol,
    text: (row) => row.symbol,
    tones: { strong: () => true },
    pinned: 'left',
    width: 104,
  },
  {
    key: 'weight',
    header: 'Weight',
    unit: '%',
    note: {
      what: 'share of the basket’s value',
      formula: 'value ÷ Σ value',
      source: 'the fit, in whole lots',
    },
    value: (row) => row.weight,
    text: (row) => percent(row.weight, 2),
    sort: 'desc',
    width: 88,
  },
  {
    key: 'indexWeight',
    header: 'In index',
    unit: '%',
    note: { what: 'weight in the index', source: 'imported index weights' },
    value: (row) => row.indexWeight,
    text: (row) => percent(row.indexWeight, 2),
    reason: (row) => (row.indexWeight === null ? 'The name is not in the index.' : null),
    width: 72,
  },
  {
    key: 'volDifferential',
    header: 'σ − σ index',
    unit: 'pts',
    note: { what: differentialRule, formula: 'σ − σ index', unit: 'volatility points' },
    value: (row) => row.volDifferential,
    text: (row) => `${row.meetsDifferential === false ? '△ ' : ''}${volPoints(row.volDifferential)}`,
    reason: (row) =>
      row.volDifferential === null
        ? 'A volatility is missing.'
        : row.meetsDifferential === false
          ? 'Less than the rule asks of most names.'
          : null,
    tones: { warning: (row) => row.meetsDifferential === false, said: () => true },
    width: 98,
  },
  {
    key: 'beta',
    header: 'β',
    note: { what: 'slope of its returns on the index’s', unit: 'ratio', source: 'estimation window' },
    value: (row) => row.beta,
    text: (row) => decimal(row.beta, 2),
    reason: (row) => (row.beta === null ? 'Too few common returns with the index.' : null),
    width: 47,
  },
  {
    key: 'shares',
    header: 'Shares',
    note: { what: 'shares to hold, in whole lots', unit: 'shares' },
    value: (row) => row.shares,
    text: (row) => integer(row.shares),
    width: 72,
  },
  {
    key: 'value',
    header: 'Value',
    unit: currency,
    note: { what: 'what the shares are worth', formula: 'shares × price' },
    value: (row) => row.value,
    text: (row) => money(row.value),
    width: 100,
  },
  {
    key: 'price',
    header: 'Price',
    unit: currency,
    note: { what: 'price of a share', source: 'spot of the chain that day, else the close' },
    value: (row) => row.price,
    text: (row) => decimal(row.price, 2),
    width: 80,
  },
  {
    key: 'vol',
    header: 'σ',
    unit: '%',
    note: { what: 'volatility of the name, of the kind and term of the rule' },
    value: (row) => row.vol,
    text: (row) => volPercent(row.vol),
    reason: (row) => (row.vol === null ? 'The name has no volatility for that term.' : null),
    width: 60,
  },
  {
    key: 'lock',
    header: 'Keep',
    note: { what: 'a click keeps the name in the next basket' },
    align: 'left',
    value: (row) => row.fixed === 'lock',
    text: (row) => (row.fixed === 'lock' ? '●' : '○'),
    tones: { held: (row) => row.fixed === 'lock', press: () => true },
    pinned: 'right',
    sortable: false,
    width: 47,
  },
  {
    key: 'exclude',
    header: 'Drop',
    note: { what: 'a click leaves the name out of the next basket' },
    align: 'left',
    value: (row) => row.fixed === 'exclude',
    text: (row) => (row.fixed === 'exclude' ? '✕' : '○'),
    tones: { error: (row) => row.fixed === 'exclude', press: () => true },
    pinned: 'right',
    sortable: false,
    width: 47,
  },
];

export const savedColumns: readonly ColumnSpec<SavedBasket>[] = [
  {
    key: 'name',
    header: 'Basket',
    note: { what: 'name it was saved under' },
    align: 'left',
    value: (row) => row.name,
    text: (row) => row.name,
    tones: { strong: () => true },
    grow: true,
    width: 110,
  },
  {
    key: 'version',
    header: 'Version',
    note: { what: 'earlier versions stay' },
    value: (row) => row.version,
    text: (row) => integer(row.version),
    width: 66,
  },
  {
    key: 'index',
    header: 'Index',
    note: { what: 'index it tracks' },
    align: 'left',
    value: (row) => row.result.index,
    text: (row) => row.result.index,
    width: 86,
  },
  {
    key: 'names',
    header: 'Names',
    note: { what: 'names it holds', unit: 'count' },
    value: (row) => row.result.names.length,
    text: (row) => integer(row.result.names.length),
    width: 62,
  },
  {
    key: 'rSquared',
    header: 'r²',
    note: { what: 'share of the index’s variance that it explains in sample', unit: 'ratio' },
    value: (row) => row.result.inSample.rSquared,
    text: (row) => decimal(row.result.inSample.rSquared, 4),
    width: 66,
  },
  {
    key: 'notional',
    header: 'Value',
    note: { what: 'what its shares cost on its day', unit: 'currency of the index' },
    value: (row) => row.result.notional,
    text: (row) => money(row.result.notional),
    width: 112,
  },
  {
    key: 'asOf',
    header: 'As of',
    note: { what: 'market day it was built on' },
    value: (row) => row.result.asOf,
    text: (row) => date(row.result.asOf),
    width: 92,
  },
  {
    key: 'savedAt',
    header: 'Saved',
    note: { what: 'when it was saved' },
    align: 'left',
    value: (row) => row.savedAt,
    text: (row) => instant(row.savedAt),
    tones: { dim: () => true },
    width: 172,
  },
];

export interface SwapRow {
  readonly step: number;
  readonly out: string | null;
  readonly in: string | null;
  readonly rSquared: number;
  readonly gain: number | null;
}

export const swapRowsOf = (result: BasketResult): readonly SwapRow[] =>
  result.swaps.map((swap, index) => {
    const before = result.swaps[index - 1];
    return {
      step: index + 1,
      ...swap,
      gain: before === undefined ? null : swap.rSquared - before.rSquared,
    };
  });

export const swapColumns: readonly ColumnSpec<SwapRow>[] = [
  {
    key: 'step',
    header: 'Step',
    note: { what: 'order of the search' },
    value: (row) => row.step,
    text: (row) => integer(row.step),
    width: 44,
  },
  {
    key: 'in',
    header: 'In',
    note: { what: 'name taken in' },
    align: 'left',
    value: (row) => row.in,
    text: (row) => row.in ?? none,
    width: 96,
  },
  {
    key: 'out',
    header: 'Out',
    note: { what: 'name let go for it' },
    align: 'left',
    value: (row) => row.out,
    text: (row) => row.out ?? none,
    tones: { dim: () => true },
    width: 96,
  },
  {
    key: 'rSquared',
    header: 'r² after',
    note: { what: 'share of the index’s variance explained after the step', unit: 'ratio' },
    value: (row) => row.rSquared,
    text: (row) => decimal(row.rSquared, 4),
    width: 66,
  },
  {
    key: 'gain',
    header: 'Change',
    note: { what: 'what the step changed in r²', unit: 'ratio' },
    value: (row) => row.gain,
    text: (row) => (row.gain === null ? '' : `${row.gain > 0 ? '+' : ''}${decimal(row.gain, 4)}`),
    tones: { gain: (row) => (row.gain ?? 0) > 0, loss: (row) => (row.gain ?? 0) < 0 },
    width: 62,
  },
];

export type LeftOutRow = BasketResult['leftOut'][number];
export const leftOutColumns: readonly ColumnSpec<LeftOutRow>[] = [
  {
    key: 'symbol',
    header: 'Name',
    note: { what: 'name of the index that could not take part' },
    align: 'left',
    value: (row) => row.symbol,
    text: (row) => row.symbol,
    width: 104,
  },
  {
    key: 'reason',
    header: 'Why it could not take part',
    note: { what: 'what is missing' },
    align: 'left',
    value: (row) => row.reason,
    text: (row) => row.reason,
    grow: true,
    width: 240,
  },
];
