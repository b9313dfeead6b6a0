import type { IsoDate } from '../../../../shared/dates.ts';
import type { Vol } from '../../../../shared/units.ts';
import type { QueryContext } from '../../handlers.ts';
import { dayInputs } from './day-inputs.ts';

export interface ImpliedVol {
  readonly vol: Vol | null;
  readonly optionsUsed: number | null;
  readonly reason: string | null;
}

/** Implied volatilities of one day by term, calendar days. */
export type IvTerms = ReadonlyMap<number, ImpliedVol>;

type Wanted = Pick<QueryContext, 'read' | 'derived'>;
type Kept = readonly (readonly [term: number, vol: Vol | null, used: number | null, reason: string | null])[];

const kind = 'iv';
/** Grows when the same inputs would give other numbers. */
const engine = 1;

const termsOf = (value: unknown): IvTerms =>
  new Map((value as Kept).map(([term, vol, optionsUsed, reason]) => [term, { vol, optionsUsed, reason }]));

/** A name's days that are kept and still rest on what they were computed from; asked within one moment. */
export function keptIvDays({ read, derived }: Wanted, symbol: string): (day: IsoDate) => IvTerms | null {
  const kept = derived.find(kind, symbol);
  if (kept.size === 0) return () => null;
  const inputsOf = dayInputs(read, symbol);
  return (day) => {
    const known = kept.get(day);
    return known !== undefined && known.inputs === `${engine}|${inputsOf(day)}` ? termsOf(known.value) : null;
  };
}

/** One day of a name, where it is kept and still rests on what it was computed from. */
export function keptIvDay({ read, derived }: Wanted, symbol: string, day: IsoDate): IvTerms | null {
  const known = derived.on(kind, symbol, day);
  return known !== null && known.inputs === ivInputs(read, symbol, day) ? termsOf(known.value) : null;
}

/** What a day rests on: take it before the day is computed. */
export const ivInputs = (read: Wanted['read'], symbol: string, day: IsoDate): string =>
  `${engine}|${dayInputs(read, symbol)(day)}`;

/** Keeps a day computed from `inputs`, unless they changed while it was. */
export function keepIvDay(
  { read, derived }: Wanted,
  symbol: string,
  day: IsoDate,
  inputs: string,
  terms: IvTerms,
): void {
  if (ivInputs(read, symbol, day) !== inputs) return;
  const value: Kept = [...terms].map(([term, { vol, optionsUsed, reason }]) => [
    term,
    vol,
    optionsUsed,
    reason,
  ]);
  derived.keep(kind, symbol, [{ date: day, inputs, value }]);
}
