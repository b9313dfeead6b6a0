import type { HistoryReading, SkewMeasure } from '../../../../shared/contract/surface.ts';
import { sessionsPerYear, type IsoDate } from '../../../../shared/dates.ts';
import type { SkewDay } from '../../../../shared/quant/surface/skew-day.ts';
import { readHistory } from '../../../../shared/quant/dispersion/timing.ts';
import type { Readers } from '../../../store/index.ts';
import type { QueryContext } from '../../handlers.ts';
import type { ChainDesk } from './chain-desk.ts';
import { dayInputs } from './day-inputs.ts';
import { closesOf } from './prices.ts';

/** One day of a name's history: what its chain gives, less the volatility realized to that day. */
export type MeasuredDay = SkewDay & { readonly ivMinusHv: number | null };

export const skewMeasures: readonly SkewMeasure[] = [
  'iv30',
  'atmVol',
  'riskReversal25',
  'butterfly25',
  'skew90110',
  'slope',
  'ivMinusHv',
];

export interface SkewHistories {
  /** The newest `most` chain days up to and with a day, oldest first; computed once for each state of their inputs. */
  readonly of: (
    context: QueryContext,
    symbol: string,
    day: IsoDate,
    most: number,
    progress: (done: number, total: number) => void,
  ) => Promise<readonly MeasuredDay[]>;
  /** Each measure over the days, and where the last of them stands if it is `day`. */
  readonly read: (
    days: readonly MeasuredDay[],
    day: IsoDate,
    measures?: readonly SkewMeasure[],
  ) => { measure: SkewMeasure; dates: IsoDate[]; values: (number | null)[]; reading: HistoryReading }[];
}

const kind = 'skew';
/** Grows when the same inputs would give other numbers. */
const engine = 1;
const realizedSessions = 20;
/** Fewer past days than this give no rank. */
const fewestDays = 10;

/** Zero-mean volatility of the last sessions up to each day, by date. */
function realizedByDate(read: Readers, symbol: string, day: IsoDate): ReadonlyMap<IsoDate, number> {
  const { dates, values } = closesOf(read, symbol, day);
  const found = new Map<IsoDate, number>();
  let sum = 0;
  const squares = values.map((close, i) => (i === 0 ? 0 : Math.log(close / values[i - 1]!) ** 2));
  for (const [i, square] of squares.entries()) {
    sum += square - (i > realizedSessions ? squares[i - realizedSessions]! : 0);
    if (i >= realizedSessions)
      found.set(dates[i]!, Math.sqrt((sessionsPerYear * Math.max(0, sum)) / realizedSessions));
  }
  return found;
}

export function createSkewHistories(chains: ChainDesk): SkewHistories {
  const of: SkewHistories['of'] = async (context, symbol, day, most, progress) => {
    const { read, derived, signal } = context;
    const days = read.quotes
      .chainDates(symbol)
      .filter((date) => date <= day)
      .slice(0, most)
      .reverse();
    const kept = derived.find(kind, symbol);
    const realized = realizedByDate(read, symbol, day);
    const inputsOf = dayInputs(read, symbol);
    const found: MeasuredDay[] = [];
    const fresh: { date: IsoDate; inputs: string; value: SkewDay }[] = [];
    for (const date of days) {
      const inputs = `${engine}|${inputsOf(date)}`;
      const known = kept.get(date);
      const value =
        known?.inputs === inputs
          ? (known.value as SkewDay)
          : signal.aborted
            ? null
            : await chains.skewDay(context, symbol, date);
      if (value === null) continue;
      if (known?.inputs !== inputs) fresh.push({ date, inputs, value });
      const hv = realized.get(date) ?? null;
      found.push({ ...value, ivMinusHv: value.iv30 === null || hv === null ? null : value.iv30 - hv });
      progress(found.length, days.length);
    }
    if (fresh.length > 0) derived.keep(kind, symbol, fresh);
    return found;
  };

  const read: SkewHistories['read'] = (days, day, measures = skewMeasures) =>
    measures.map((measure) => {
      const values = days.map((one) => one[measure]);
      const isToday = days.at(-1)?.date === day;
      const value = isToday ? (values.at(-1) ?? null) : null;
      const past = (isToday ? values.slice(0, -1) : values).filter((one) => one !== null);
      return { measure, dates: days.map(({ date }) => date), values, reading: readingOf(value, past) };
    });

  return { of, read };
}

function readingOf(value: number | null, past: readonly number[]): HistoryReading {
  const ascending = [...past].sort((a, b) => a - b);
  const half = ascending.length >> 1;
  const high = ascending[half] ?? null;
  const median =
    high === null || ascending.length % 2 === 1 ? high : (high + (ascending[half - 1] ?? high)) / 2;
  const base = {
    value,
    lowest: ascending[0] ?? null,
    highest: ascending.at(-1) ?? null,
    median,
    days: past.length,
  };
  const none = (reason: string): HistoryReading => ({ ...base, percentile: null, rank: null, reason });
  if (value === null) return none('The last day has no value.');
  if (past.length < fewestDays)
    return none(
      `${past.length} past ${past.length === 1 ? 'day is' : 'days are'} too few: ${fewestDays} are needed.`,
    );
  const found = readHistory(value, past);
  if (found === null) return none('There are no past days.');
  // The range holds today's value too, so that a rank stays within 0 and 1.
  const [least, most] = [Math.min(found.min, value), Math.max(found.max, value)];
  return {
    ...base,
    percentile: found.percentile,
    rank: most > least ? (value - least) / (most - least) : null,
    reason: most > least ? null : 'All days are the same.',
  };
}
