import type { IsoDate } from '../../../../shared/dates.ts';
import type { Readers } from '../../../store/index.ts';

/** An index of the same currency with a chain of that day, for its rates; null where there is none. */
export const rateIndexOf = (read: Readers, symbol: string, day: IsoDate): string | null =>
  rateIndexes(read, symbol)(day);

/** The same for many days of one name. */
function rateIndexes(read: Readers, symbol: string): (day: IsoDate) => string | null {
  const currency = read.underliers.find(symbol)?.currency;
  const candidates = read.underliers
    .holdings()
    .filter((other) => other.kind === 'index' && other.symbol !== symbol && other.currency === currency)
    .map((other) => ({ symbol: other.symbol, days: new Set(other.chainDates) }));
  return (day) => candidates.find(({ days }) => days.has(day))?.symbol ?? null;
}

/**
 * What a name's chain days are computed from, in a word each: batches, exclusions and overrides in force, its
 * own and those of the index whose rates it borrows. Two equal words mean equal inputs.
 */
export function dayInputs(read: Readers, symbol: string): (day: IsoDate) => string {
  const names = new Map<string, (day: IsoDate) => string>();
  const own = (name: string): ((day: IsoDate) => string) => {
    const known = names.get(name);
    if (known !== undefined) return known;
    const batches = read.quotes.batchesByDay(name);
    const exclusions = read.quotes.allExclusions(name);
    const hasOverrides = read.overrides.list(name).length > 0;
    const made = (day: IsoDate): string =>
      [
        (batches.get(day) ?? []).join(','),
        exclusions
          .filter(({ tradeDate }) => tradeDate === null || tradeDate === day)
          .map(({ exclusionId }) => exclusionId)
          .join(','),
        hasOverrides
          ? read.overrides
              .on(name, day)
              .map(({ overrideId }) => overrideId)
              .join(',')
          : '',
      ].join(';');
    names.set(name, made);
    return made;
  };
  const rateIndex = rateIndexes(read, symbol);
  return (day) => {
    const index = rateIndex(day);
    return `${own(symbol)(day)}|${index === null ? '' : `${index};${own(index)(day)}`}`;
  };
}
