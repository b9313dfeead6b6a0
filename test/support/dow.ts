import { readFileSync } from 'node:fs';
import { fileBeside } from './reference.ts';

export interface DowPrices {
  readonly dates: readonly string[];
  readonly symbols: readonly string[];
  /** As traded, by symbol beside `dates`; NaN where there is none. */
  readonly raw: Readonly<Record<string, Float64Array>>;
  /** Split and spin-off on that day. */
  readonly split: Readonly<Record<string, Float64Array>>;
  readonly dividend: Readonly<Record<string, Float64Array>>;
  readonly adjusted: Readonly<Record<string, Float64Array>>;
  readonly index: Float64Array;
}

const cellsOf = (path: string): string[][] =>
  readFileSync(path, 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));

/** Thirty-two stocks and the average on their common days; null where the files are not there. */
export function dowPrices(): DowPrices | null {
  const stocks = fileBeside('data/dow/ohlc_raw_div_split_2017-01-03_2019-11-13.csv');
  const average = fileBeside('data/dow/dji_ohlc_2009-01-02_2020-08-19.csv');
  if (stocks === null || average === null) return null;
  const levels = new Map(cellsOf(average).map((cells) => [cells[0] ?? '', Number(cells[4])]));
  const rows = cellsOf(stocks);
  const dates = [...new Set(rows.map(([date]) => date ?? ''))].filter((date) => levels.has(date)).sort();
  const at = new Map(dates.map((date, i) => [date, i]));
  const symbols = [...new Set(rows.map((cells) => cells[1] ?? ''))].sort();
  const column = (cell: number): Record<string, Float64Array> => {
    const filled = Object.fromEntries(
      symbols.map((symbol) => [symbol, new Float64Array(dates.length).fill(Number.NaN)]),
    );
    for (const cells of rows) {
      const day = at.get(cells[0] ?? '');
      const values = filled[cells[1] ?? ''];
      if (day !== undefined && values !== undefined) values[day] = Number(cells[cell]);
    }
    return filled;
  };
  return {
    dates,
    symbols,
    raw: column(5),
    adjusted: column(6),
    dividend: column(8),
    split: column(9),
    index: Float64Array.from(dates, (date) => levels.get(date) ?? Number.NaN),
  };
}

/** The thirty stocks of the average on a day: Walgreens for General Electric, Dow for DowDuPont. */
export function dowMembers(prices: DowPrices, date: string): readonly string[] {
  return prices.symbols.filter(
    (symbol) =>
      symbol !== (date < '2018-06-26' ? 'WBA' : 'GE') && symbol !== (date < '2019-04-02' ? 'DOW' : 'DD'),
  );
}
