import type { IsoDate } from '../../../../shared/dates.ts';
import { failure } from '../../../../shared/failure.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers } from '../../../store/index.ts';

/** The market day a question is about: the one asked for, else the newest with quotes, else the newest price. */
export function marketDay(read: Readers, asked: IsoDate | undefined): Result<IsoDate> {
  const day = asked ?? newestDay(read);
  return day === null
    ? fail(
        failure('not-found', 'A market day', { next: 'Import quotes or prices, or open the demo market.' }),
      )
    : ok(day);
}

export const newestDay = (read: Readers): IsoDate | null =>
  read.quotes.marketDates()[0] ?? read.prices.newestDate();

/** The newest chain of a name on or before a day; without a day, the newest there is. */
export function chainDay(read: Readers, symbol: string, asked: IsoDate | undefined): Result<IsoDate> {
  const found = read.quotes.chainDates(symbol).find((date) => asked === undefined || date <= asked);
  return found === undefined
    ? fail(failure('missing-chain', symbol, { asOf: asked ?? 'any day' }))
    : ok(found);
}
