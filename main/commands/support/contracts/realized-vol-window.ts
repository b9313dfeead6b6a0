import { regularSessions, sessionOnOrBefore } from '../../../../shared/calendar.ts';
import type { RealizedVolTerms } from '../../../../shared/contract/vol-contracts.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import {
  observationKey,
  type OwnObservation,
  type SessionPrice,
} from '../../../../shared/quant/contracts/vol-contract-observations.ts';
import type { DailyPriceColumns, Readers, StoredObservation } from '../../../store/index.ts';
import { adjustedBars, calendarOfSymbol } from '../market/prices.ts';

/** The sessions of a contract with the prices they may be observed at. */
export interface ObservationWindow {
  readonly terms: RealizedVolTerms;
  readonly sessions: readonly IsoDate[];
  readonly prices: ReadonlyMap<IsoDate, SessionPrice>;
  readonly own: ReadonlyMap<string, OwnObservation>;
  readonly asOf: IsoDate;
}

interface Bars {
  readonly prices: ReadonlyMap<IsoDate, SessionPrice>;
  /** Price of today's shares over the price as traded, of the newest day on or before. */
  readonly factorOn: (date: IsoDate) => number;
}
const barsOfPrices = new WeakMap<DailyPriceColumns, Bars>();

/** Adjusted bars by date. Kept as long as the prices read: the contracts of a name share them. */
function barsOf(columns: DailyPriceColumns): Bars {
  const known = barsOfPrices.get(columns);
  if (known !== undefined) return known;
  const adjusted = adjustedBars(columns);
  const bars: Bars = {
    prices: new Map(adjusted.map(({ date, ...bar }) => [date, bar])),
    factorOn: (date) => {
      const after = columns.date.findIndex((day) => day > date);
      const row = after < 0 ? columns.rows - 1 : Math.max(0, after - 1);
      const traded = columns.close[row];
      const now = adjusted[row]?.close;
      return traded == null || now === undefined || !(traded > 0) ? 1 : now / traded;
    },
  };
  barsOfPrices.set(columns, bars);
  return bars;
}

/** The marks told that hold: the newest of each date and time, without those given back to the store. */
export const toldInForce = (told: readonly StoredObservation[]): ReadonlyMap<string, StoredObservation> => {
  const newest = new Map(told.map((one) => [observationKey(one.date, one.time), one]));
  return new Map([...newest].filter(([, one]) => one.status !== 'stored'));
};

/**
 * What a contract observes up to a day. Marks told are prices as traded: they are brought to today's shares
 * as the stored ones of their day are.
 */
export function observationWindow(
  read: Readers,
  terms: RealizedVolTerms,
  asOf: IsoDate,
  told: readonly StoredObservation[] = read.contracts.observations(terms.contractId),
): ObservationWindow {
  const calendar = calendarOfSymbol(read, terms.underlying);
  const base = sessionOnOrBefore(calendar, terms.startDate);
  const sessions = regularSessions({ calendar, from: base, to: terms.endDate });
  const { prices, factorOn } = barsOf(read.prices.upTo(terms.underlying, asOf));
  const own = new Map<string, OwnObservation>();
  for (const [key, { date, mark, open, high, low, reason }] of toldInForce(told)) {
    const factor = mark === null ? 1 : factorOn(date);
    const scaled = (price: number | null): number | null => (price === null ? null : price * factor);
    const price =
      mark === null
        ? null
        : { close: mark * factor, open: scaled(open), high: scaled(high), low: scaled(low) };
    own.set(key, { price, reason });
  }
  return { terms, sessions, prices, own, asOf };
}
