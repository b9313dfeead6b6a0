import { dayNumber } from '../../shared/dates.ts';
import type {
  NumberColumn,
  StagedFeed,
  StagedTable,
  StagedTables,
  TextColumn,
} from '../feeds/staged-feed.ts';

type Bound = number | string | null;

/** One column on its way into a table: what to bind, and for a key column a number to sort by. */
interface Column {
  readonly name: string;
  readonly value: (row: number) => Bound;
  /** Ascending in it is ascending in the table's key. */
  readonly rank?: (row: number) => number;
}

/** A symbol column: its id is known only where the symbol is on the desk. */
export interface SymbolColumn {
  readonly name: string;
  readonly text: TextColumn;
}

/** A staged table as the store sees it. The key is symbols, then `keys`; a group is what one read brings. */
export interface StagedRows {
  readonly table: string;
  readonly kind: string;
  readonly rows: number;
  readonly line: Int32Array;
  readonly symbols: readonly SymbolColumn[];
  readonly keys: readonly Column[];
  /** How many of `keys` make a group, after the first symbol. */
  readonly groupKeys: number;
  readonly values: readonly Column[];
  /** Row numbers in key order. */
  readonly order: Uint32Array;
  /** The day of the coverage row; null where days are not listed. */
  readonly coverageDay: ((row: number) => number) | null;
  /** Marks ride along with a chain and are not counted. */
  readonly counted: boolean;
}

const compiled = new WeakMap<StagedFeed, readonly StagedRows[]>();

/** The tables of a feed, in the order that their rows go in; kept as long as the feed is. */
export function stagedRowsOf(feed: StagedFeed): readonly StagedRows[] {
  let found = compiled.get(feed);
  if (found === undefined) {
    found = compile(feed.tables);
    compiled.set(feed, found);
  }
  return found;
}

function compile(tables: StagedTables): StagedRows[] {
  const { optionQuotes, futureQuotes, dailyPrices, indexWeights, underlierMarks, volHistory, positions } =
    tables;
  const out: StagedRows[] = [];
  if (optionQuotes !== undefined) {
    const t = optionQuotes;
    out.push(
      staged(t, {
        table: 'option_quote',
        kind: 'option-quote',
        symbols: [{ name: 'underlier_id', text: t.symbol }],
        keys: [
          day('trade_day', t.tradeDate),
          day('expiry_day', t.expiry),
          text('root', t.root),
          number('strike', t.strike),
          text('option_type', t.optionType),
        ],
        groupKeys: 1,
        values: [
          ...numbers(t, [
            ['bid', 'bid'],
            ['ask', 'ask'],
            ['bid_size', 'bidSize'],
            ['ask_size', 'askSize'],
            ['last', 'last'],
            ['settle', 'settle'],
            ['close', 'close'],
            ['volume', 'volume'],
            ['open_interest', 'openInterest'],
            ['multiplier', 'multiplier'],
            ['vendor_vol', 'vendorVol'],
          ]),
          text('settlement', t.settlement),
          text('exercise', t.exercise),
          flag('adjusted', t.adjusted),
        ],
        coverage: t.tradeDate,
      }),
    );
  }
  if (futureQuotes !== undefined) {
    const t = futureQuotes;
    out.push(
      staged(t, {
        table: 'future_quote',
        kind: 'future-quote',
        symbols: [{ name: 'underlier_id', text: t.symbol }],
        keys: [day('trade_day', t.tradeDate), day('expiry_day', t.expiry)],
        groupKeys: 1,
        values: [
          text('contract', t.contract),
          ...numbers(t, [
            ['bid', 'bid'],
            ['ask', 'ask'],
            ['last', 'last'],
            ['settle', 'settle'],
            ['close', 'close'],
            ['volume', 'volume'],
            ['open_interest', 'openInterest'],
            ['multiplier', 'multiplier'],
          ]),
        ],
        coverage: t.tradeDate,
      }),
    );
  }
  if (underlierMarks !== undefined) {
    const t = underlierMarks;
    out.push(
      staged(t, {
        table: 'underlier_mark',
        kind: 'underlier-mark',
        symbols: [{ name: 'underlier_id', text: t.symbol }],
        keys: [day('trade_day', t.tradeDate)],
        groupKeys: 1,
        values: [number('spot', t.spot), text('quoted_at', t.quotedAt), text('source', t.source)],
        coverage: t.tradeDate,
        counted: false,
      }),
    );
  }
  if (dailyPrices !== undefined) {
    const t = dailyPrices;
    out.push(
      staged(t, {
        table: 'daily_price',
        kind: 'daily-price',
        symbols: [{ name: 'underlier_id', text: t.symbol }],
        keys: [day('trade_day', t.date)],
        groupKeys: 0,
        values: numbers(t, [
          ['open', 'open'],
          ['high', 'high'],
          ['low', 'low'],
          ['close', 'close'],
          ['adjusted_close', 'adjustedClose'],
          ['volume', 'volume'],
          ['dividend', 'dividend'],
          ['split_ratio', 'split'],
        ]),
        coverage: null,
      }),
    );
  }
  if (indexWeights !== undefined) {
    const t = indexWeights;
    out.push(
      staged(t, {
        table: 'index_weight',
        kind: 'index-weight',
        symbols: [
          { name: 'index_id', text: t.index },
          { name: 'underlier_id', text: t.symbol },
        ],
        keys: [day('as_of_day', t.asOf)],
        groupKeys: 1,
        values: [
          number('weight_fraction', t.weight),
          number('shares', t.shares),
          text('sector', t.sector),
          text('method', t.method),
        ],
        coverage: t.asOf,
      }),
    );
  }
  if (volHistory !== undefined) {
    const t = volHistory;
    out.push(
      staged(t, {
        table: 'vol_history',
        kind: 'implied-vol',
        symbols: [{ name: 'underlier_id', text: t.symbol }],
        keys: [number('term_days', t.termDays), day('trade_day', t.date)],
        groupKeys: 1,
        values: [number('vol', t.vol)],
        coverage: null,
      }),
    );
  }
  if (positions !== undefined) {
    const t = positions;
    out.push(
      staged(t, {
        table: 'position',
        kind: 'position',
        symbols: [{ name: 'underlier_id', text: t.symbol }],
        keys: [text('book', t.book), text('contract', t.contract)],
        groupKeys: 1,
        values: [
          text('instrument', t.instrument),
          text('option_type', t.optionType),
          day('expiry_day', t.expiry),
          text('root', t.root),
          ...numbers(t, [
            ['strike', 'strike'],
            ['quantity', 'quantity'],
            ['multiplier', 'multiplier'],
            ['cost_price', 'costPrice'],
          ]),
          flag('adjusted', t.adjusted),
        ],
        coverage: null,
      }),
    );
  }
  return out;
}

interface TablePlan extends Omit<StagedRows, 'rows' | 'line' | 'order' | 'coverageDay' | 'counted'> {
  readonly coverage: TextColumn | null;
  readonly counted?: boolean;
}

function staged(source: StagedTable, { coverage, counted = true, ...plan }: TablePlan): StagedRows {
  const coverageDay = coverage === null ? null : daysOf(coverage);
  return {
    ...plan,
    rows: source.rows,
    line: source.line,
    counted,
    coverageDay: coverageDay === null ? null : (row) => coverageDay(row) ?? 0,
    order: keyOrder(source.rows, plan),
  };
}

/** Rows in the order of the table's own key: appending in order is what makes a large import fast. */
function keyOrder(rows: number, plan: Pick<TablePlan, 'symbols' | 'keys'>): Uint32Array {
  const [first, ...others] = plan.symbols.map(
    ({ text: column }) =>
      (row: number) =>
        column.codes[row] ?? -1,
  );
  const rankers = [first, ...plan.keys.map((key) => key.rank), ...others].filter(
    (rank) => rank !== undefined,
  );
  const ranks = rankers.map((rank) => Float64Array.from({ length: rows }, (_, row) => rank(row)));
  const order = Uint32Array.from({ length: rows }, (_, row) => row);
  return order.sort((a, b) => {
    for (const rank of ranks) {
      const difference = (rank[a] as number) - (rank[b] as number);
      if (difference !== 0) return difference;
    }
    return a - b;
  });
}

const numberBound = (column: NumberColumn) => (row: number) => {
  const value = column[row] as number;
  return Number.isNaN(value) ? null : value;
};

const number = (name: string, column: NumberColumn): Column => ({
  name,
  value: numberBound(column),
  rank: (row) => column[row] as number,
});

const numbers = <Key extends string>(
  table: Readonly<Record<Key, NumberColumn>>,
  names: readonly (readonly [string, Key])[],
): Column[] => names.map(([name, key]) => ({ name, value: numberBound(table[key]) }));

const flag = (name: string, column: Uint8Array): Column => ({ name, value: (row) => column[row] as number });

function text(name: string, column: TextColumn): Column {
  const { codes, dictionary } = column;
  const sorted = [...dictionary.keys()].sort((a, b) =>
    (dictionary[a] as string) < (dictionary[b] as string) ? -1 : 1,
  );
  const ranks = new Float64Array(dictionary.length);
  sorted.forEach((code, rank) => (ranks[code] = rank));
  return {
    name,
    value: (row) => dictionary[codes[row] as number] ?? null,
    rank: (row) => ranks[codes[row] as number] ?? -1,
  };
}

function day(name: string, column: TextColumn): Column {
  const value = daysOf(column);
  return { name, value, rank: (row) => value(row) ?? -1 };
}

function daysOf(column: TextColumn): (row: number) => number | null {
  const days = column.dictionary.map(dayNumber);
  return (row) => days[column.codes[row] as number] ?? null;
}
