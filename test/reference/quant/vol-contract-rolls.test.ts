// Monthly and quarterly contracts on every name of two real markets, one after another through the whole
// history, each settled by the code; ten of them again in whole-number arithmetic of forty digits.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { regularSessions, type CalendarName } from '../../../shared/calendar.ts';
import {
  observeVolContract,
  settlementVol,
  type ContractEstimator,
  type ObservationFailure,
  type SessionPrice,
} from '../../../shared/quant/contracts/vol-contract-observations.ts';
import { contractEstimators } from '../../../shared/quant/contracts/vol-contract-comparison.ts';
import { exactLog, exactOne, exactPrice, exactProduct, exactRoot } from '../../support/exact-log.ts';
import { fileBeside } from '../../support/reference.ts';

interface Texts {
  readonly open: string;
  readonly high: string;
  readonly low: string;
  readonly close: string;
  /** Of today's shares; the range of a day is compared within the day alone. */
  readonly mark: string;
}
type Market = ReadonlyMap<string, ReadonlyMap<string, Texts>>;

function marketOf(path: string, markColumn: number): Market | null {
  const file = fileBeside(path);
  if (file === null) return null;
  const market = new Map<string, Map<string, Texts>>();
  for (const line of readFileSync(file, 'utf8').trim().split(/\r?\n/).slice(1)) {
    const cells = line.split(',');
    const [date = '', symbol = '', open = '', high = '', low = '', close = ''] = cells;
    const days = market.get(symbol) ?? new Map<string, Texts>();
    days.set(date, { open, high, low, close, mark: cells[markColumn] ?? '' });
    market.set(symbol, days);
  }
  return market;
}

const markets = [
  {
    name: 'Dow',
    calendar: 'NYSE',
    prices: marketOf('data/dow/ohlc_raw_div_split_2017-01-03_2019-11-13.csv', 6),
  },
  { name: 'NSE', calendar: 'NSE', prices: marketOf('data/nse/ohlcv_adjusted_2024-12-01_2026-04-10.csv', 5) },
] as const satisfies readonly { name: string; calendar: CalendarName; prices: Market | null }[];

interface Roll {
  readonly symbol: string;
  readonly months: 1 | 3;
  /** The base first. */
  readonly sessions: readonly string[];
}

/** From the last session of a month to the last of the next, or of the third after it. */
function rollsOf(
  symbol: string,
  calendar: CalendarName,
  days: ReadonlyMap<string, Texts>,
  months: 1 | 3,
): Roll[] {
  const dates = [...days.keys()].sort();
  const sessions = regularSessions({ calendar, from: dates[0]!, to: dates.at(-1)! });
  const ends = sessions.flatMap((date, i) =>
    sessions[i + 1] !== undefined && sessions[i + 1]!.slice(0, 7) !== date.slice(0, 7) ? [i] : [],
  );
  const rolls: Roll[] = [];
  for (let at = 0; at + months < ends.length; at += months) {
    rolls.push({ symbol, months, sessions: sessions.slice(ends[at], ends[at + months]! + 1) });
  }
  return rolls;
}

function pricesOf(days: ReadonlyMap<string, Texts>): ReadonlyMap<string, SessionPrice> {
  return new Map(
    [...days].map(([date, { open, high, low, close, mark }]) => {
      const factor = Number(mark) / Number(close);
      const scaled = (text: string): number => Number(text) * factor;
      return [date, { open: scaled(open), high: scaled(high), low: scaled(low), close: Number(mark) }];
    }),
  );
}

const estimatorOf = (place: number): ContractEstimator =>
  contractEstimators[place % contractEstimators.length]!;
const periodsPerYear = 252;
const tick = 0.0001;

/** The settlement in ticks by whole numbers alone. */
function exactTicks(roll: Roll, days: ReadonlyMap<string, Texts>, estimator: ContractEstimator): bigint {
  const marks = roll.sessions.map((date) => exactPrice(days.get(date)!.mark));
  const bars = roll.sessions.slice(1).map((date) => days.get(date)!);
  const ln = (a: string, b: string): bigint => exactLog(exactPrice(a), exactPrice(b));
  const square = (value: bigint): bigint => exactProduct(value, value);
  const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
  const n = BigInt(bars.length);
  const returns = marks.slice(1).map((mark, i) => exactLog(mark, marks[i]!));
  const ln2 = exactLog(2n, 1n);
  const variance = ((): bigint => {
    switch (estimator) {
      case 'zeroMean':
        return sum(returns.map(square)) / n;
      case 'sampleMean': {
        const mean = sum(returns) / n;
        return sum(returns.map((one) => square(one - mean))) / (n - 1n);
      }
      case 'highLow':
        return sum(bars.map(({ high, low }) => square(ln(high, low)))) / n;
      case 'parkinson':
        return (sum(bars.map(({ high, low }) => square(ln(high, low)))) * exactOne) / (4n * ln2) / n;
      case 'garmanKlass':
        return (
          sum(
            bars.map(
              ({ open, high, low, close }) =>
                square(ln(high, low)) / 2n - exactProduct(2n * ln2 - exactOne, square(ln(close, open))),
            ),
          ) / n
        );
      case 'rogersSatchell':
      case 'yangZhang':
        return (
          sum(
            bars.map(
              ({ open, high, low, close }) =>
                exactProduct(ln(high, close), ln(high, open)) + exactProduct(ln(low, close), ln(low, open)),
            ),
          ) / n
        );
    }
  })();
  const vol = exactRoot(variance * BigInt(periodsPerYear));
  return (vol * 10_000n + exactOne / 2n) / exactOne;
}

describe.each(markets)('contracts rolled through the $name prices', ({ calendar, prices }) => {
  it.skipIf(prices === null)('settle on every name, month by month and quarter by quarter', () => {
    const settled: { readonly roll: Roll; readonly estimator: ContractEstimator; readonly vol: number }[] =
      [];
    const refused: { readonly symbol: string; readonly error: ObservationFailure }[] = [];
    for (const [symbol, days] of prices!) {
      const known = pricesOf(days);
      for (const months of [1, 3] as const) {
        for (const roll of rollsOf(symbol, calendar, days, months)) {
          const estimator = estimatorOf(settled.length);
          const terms = { estimator, returns: 'log', periodsPerYear } as const;
          const { sessions } = roll;
          const table = observeVolContract({ terms, sessions, prices: known, asOf: sessions.at(-1)! });
          const vol = settlementVol(table, tick);
          if (vol.ok) settled.push({ roll, estimator, vol: vol.value });
          else refused.push({ symbol, error: vol.error });
        }
      }
    }
    const names = new Set(settled.map(({ roll }) => roll.symbol));
    const of = (months: number): number => settled.filter(({ roll }) => roll.months === months).length;
    expect(names.size).toBe(prices!.size);
    expect(of(1)).toBeGreaterThan(800);
    expect(of(3)).toBeGreaterThan(250);
    // What is refused names its session: no price there, or a range that its own prices contradict.
    for (const { symbol, error } of refused) {
      if (error.code === 'missing-session') continue;
      const date = /\d{4}-\d\d-\d\d/.exec(String(error.detail['reason']))?.[0] ?? '';
      const bar = prices!.get(symbol)?.get(date);
      const [open, high, low, close] = [bar?.open, bar?.high, bar?.low, bar?.close].map(Number);
      const isWhole = low! <= Math.min(open!, close!) && high! >= Math.max(open!, close!);
      expect(isWhole, `${symbol} ${date}`).toBe(false);
    }
    expect(refused.length).toBeLessThan(settled.length / 10);
    expect(settled.every(({ vol }) => vol > 0.005 && vol < 3)).toBe(true);

    // Ten from either market, spread over names, kinds and estimators.
    const checked = Array.from({ length: 10 }, (_, i) => {
      const alike = settled.filter(({ estimator }) => estimator === estimatorOf(i));
      return alike[Math.floor((alike.length * (i + 0.5)) / 10)]!;
    });
    expect(new Set(checked.map(({ roll }) => roll.symbol)).size).toBeGreaterThan(7);
    for (const { roll, estimator, vol } of checked) {
      const ticks = exactTicks(roll, prices!.get(roll.symbol)!, estimator);
      expect(BigInt(Math.round(vol / tick)), `${roll.symbol} ${roll.sessions[0]} ${estimator}`).toBe(ticks);
    }
  });
});

describe('the published facts', () => {
  const lnTicks = (prices: readonly string[]): bigint => {
    const days = new Map(
      prices.map((mark, i) => [`d${i}`, { open: mark, high: mark, low: mark, close: mark, mark }]),
    );
    return exactTicks({ symbol: '', months: 1, sessions: [...days.keys()] }, days, 'zeroMean');
  };
  it('come out of whole numbers too: ±1 % every day is 15.80 %, almost 16 %', () => {
    expect(lnTicks(Array.from({ length: 31 }, (_, i) => (i % 2 === 0 ? '100' : '101')))).toBe(1580n);
  });
});
