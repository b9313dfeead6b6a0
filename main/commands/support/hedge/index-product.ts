import type { IsoDate } from '../../../../shared/dates.ts';
import { inDecimals, inWhole } from '../../../../shared/quant/words.ts';
import type { Exercise } from '../../../../shared/units.ts';
import type { Readers } from '../../../store/index.ts';

/** What puts on an index or a fund are: units a contract, level, currency and style. */
export interface IndexProduct {
  readonly symbol: string;
  readonly multiplier: number;
  readonly level: number;
  readonly currency: string;
  readonly exercise: Exercise;
}

/** Units a contract of a United States index option; India's lots have no usual size. */
const usualMultiplier: Readonly<Record<string, number>> = { USD: 100 };

/**
 * What is unusual about the puts a basket is protected with, a sentence each: another product than its own
 * index, another multiplier, and American exercise.
 *
 * @param own  the basket's own index; level null where it is not known on the day
 */
export function productNotes(
  product: IndexProduct,
  own: { readonly symbol: string; readonly level: number | null },
): readonly string[] {
  const { symbol, multiplier, level, currency, exercise } = product;
  const notes: string[] = [];
  const worth = `one contract protects ${inWhole(multiplier)} × ${inDecimals(level)} = ${inWhole(multiplier * level)} ${currency}`;
  if (symbol !== own.symbol) {
    const share =
      own.level === null || own.level <= 0
        ? `the level of ${own.symbol} is not known on the day`
        : `its level is ${inDecimals(level / own.level, 4)} times that of ${own.symbol}`;
    notes.push(
      `The puts are on ${symbol}, the basket follows ${own.symbol}: ${worth}, ${share}, and it counts as moving as ${own.symbol} does.`,
    );
  }
  const usual = usualMultiplier[currency];
  if (usual !== undefined && multiplier !== usual)
    notes.push(
      `Options on ${symbol} have a multiplier of ${inWhole(multiplier)} instead of ${inWhole(usual)}: ${worth}.`,
    );
  if (exercise === 'american')
    notes.push(
      `Options on ${symbol} are of American style: puts bought may be exercised early, options sold may be assigned early, and they deliver ${symbol} itself, not cash.`,
    );
  return notes;
}

/** The level of an index on a day. */
export const levelOn = (read: Readers, symbol: string, day: IsoDate): number | null =>
  read.quotes.spot(symbol, day)?.spot ?? read.prices.closeOn(symbol, day)?.close ?? null;
