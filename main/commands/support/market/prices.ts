import { calendarOfCurrency, regularSessions, type CalendarName } from '../../../../shared/calendar.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import type { DatedSeries } from '../../../../shared/quant/dispersion/correlation.ts';
import { realizedReport, type DatedBar } from '../../../../shared/quant/history/realized-report.ts';
import { unusableReturns } from '../../../../shared/quant/history/return-screen.ts';
import type { Vol } from '../../../../shared/units.ts';
import type { DailyPriceColumns, Readers } from '../../../store/index.ts';

/** The exchange calendar that an underlying of this currency trades by. */
export const calendarOf = calendarOfCurrency;

export const calendarOfSymbol = (read: Readers, symbol: string): CalendarName =>
  calendarOf(read.underliers.find(symbol)?.currency ?? '');

/**
 * Factors that turn stored prices into prices of today's shares, one a row: from the source's own adjusted
 * close where every row has one, else from the stored splits. Dividends are in the first only.
 */
function adjustmentFactors(prices: DailyPriceColumns): Float64Array {
  const factors = new Float64Array(prices.rows).fill(1);
  if (prices.adjustedClose.every((value) => value !== null && value > 0)) {
    for (let row = 0; row < prices.rows; row += 1) {
      factors[row] = (prices.adjustedClose[row] ?? 1) / (prices.close[row] ?? 1);
    }
    return factors;
  }
  let factor = 1;
  for (let row = prices.rows - 1; row >= 0; row -= 1) {
    factors[row] = factor;
    const ratio = prices.splitRatio[row];
    if (ratio !== null && ratio !== undefined && ratio > 0) factor /= ratio;
  }
  return factors;
}

/** Adjusted bars of one name up to a day, oldest first. */
export function adjustedBars(prices: DailyPriceColumns): DatedBar[] {
  const factors = adjustmentFactors(prices);
  return prices.date.map((date, row) => {
    const factor = factors[row] ?? 1;
    const scaled = (cell: number | null | undefined): number | null => (cell == null ? null : cell * factor);
    return {
      date,
      open: scaled(prices.open[row]),
      high: scaled(prices.high[row]),
      low: scaled(prices.low[row]),
      close: (prices.close[row] ?? Number.NaN) * factor,
    };
  });
}

/** Adjusted closes of one name up to a day, the newest `limit` where given. */
export function closesOf(read: Readers, symbol: string, to: IsoDate, limit?: number): DatedSeries {
  const bars = adjustedBars(read.prices.upTo(symbol, to, limit)).filter((bar) => bar.close > 0);
  return { name: symbol, dates: bars.map((bar) => bar.date), values: bars.map((bar) => bar.close) };
}

/** Days of a name's closes whose return is not used: after a missing session, or as an unadjusted split jumps. */
export function unusableReturnsOf(read: Readers, { name, dates, values }: DatedSeries): readonly IsoDate[] {
  const [from, to] = [dates[0], dates.at(-1)];
  if (from === undefined || to === undefined) return [];
  const sessions = regularSessions({ calendar: calendarOfSymbol(read, name), from, to });
  return unusableReturns({ dates, closes: values, sessions });
}

export interface HistoricalVol {
  readonly vol: Vol | null;
  readonly reason: string | null;
}

/** Zero-mean realized volatility over the last `window` sessions up to a day, or why there is none. */
export function historicalVol(read: Readers, symbol: string, window: number, to: IsoDate): HistoricalVol {
  const bars = adjustedBars(read.prices.upTo(symbol, to, window + 1));
  if (bars.length === 0)
    return { vol: null, reason: `${symbol} has no daily prices up to ${to}. Import its prices.` };
  const { rows } = realizedReport({ bars, calendar: calendarOfSymbol(read, symbol), windows: [window] });
  const row = rows.find(({ estimator }) => estimator === 'zeroMean');
  return { vol: row?.vol ?? null, reason: row?.reason ?? null };
}
