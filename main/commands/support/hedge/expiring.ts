import { sessionOnOrBefore } from '../../../../shared/calendar.ts';
import type { ExpiryProposal } from '../../../../shared/contract/expiry-day.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { conventionsOf, isIndexSymbol } from '../../../../shared/option-roots.ts';
import {
  allowedOutcomes,
  endingOf,
  proposeEnding,
  type ExpiringOption,
} from '../../../../shared/quant/hedge/expiry-outcome.ts';
import { parseOptionSymbol } from '../../../../shared/symbols.ts';
import type { Exercise, OptionType } from '../../../../shared/units.ts';
import type { Readers } from '../../../store/index.ts';
import { contractOf } from '../contracts/held-contracts.ts';
import { calendarOfSymbol } from '../market/prices.ts';
import { openSuggested } from './held-legs.ts';

/** An option that is on, wherever the desk knows it from. */
interface Held {
  readonly book: string;
  readonly basket: string | null;
  readonly contract: string;
  readonly symbol: string;
  readonly optionType: OptionType;
  readonly expiry: IsoDate;
  readonly strike: number;
  readonly quantity: number;
  readonly multiplier: number;
  readonly openPrice: number | null;
  readonly adjusted: boolean;
}

/** Options of every book, and legs of suggestions on names whose options no book has. */
function everyHeld(read: Readers, day: IsoDate): readonly Held[] {
  const held: Held[] = [];
  for (const position of read.positions.list()) {
    const contract = contractOf(position);
    const { optionType, expiryDate, strike } = position;
    if (contract === null || optionType === null || expiryDate === null || strike === null) continue;
    held.push({
      book: position.book,
      basket: null,
      contract,
      symbol: position.symbol,
      optionType,
      expiry: expiryDate,
      strike,
      quantity: position.quantity,
      multiplier: position.multiplier,
      openPrice: position.costPrice,
      adjusted: position.adjusted,
    });
  }
  for (const { basket, legs } of openSuggested(read, day)) {
    for (const leg of legs) {
      held.push({ ...leg, book: basket, basket, adjusted: false });
    }
  }
  return held;
}

/** The price an option settles at: of the session it settles on, at the opening or the close. */
function settlementOf(
  read: Readers,
  symbol: string,
  settlesOn: IsoDate,
  settlement: 'AM' | 'PM',
): { readonly price: number | null; readonly source: string } {
  const prices = read.prices.upTo(symbol, settlesOn, 1);
  const hasDay = prices.rows > 0 && prices.date[prices.rows - 1] === settlesOn;
  if (settlement === 'AM') {
    const open = hasDay ? (prices.open[prices.rows - 1] ?? null) : null;
    return open === null
      ? { price: null, source: `no opening price of ${settlesOn}` }
      : { price: open, source: `opening price of ${settlesOn}` };
  }
  const spot = read.quotes.spot(symbol, settlesOn);
  const close = hasDay ? (prices.close[prices.rows - 1] ?? null) : null;
  // A chain of the day's end states its underlying as it closed; one quoted during the day does not.
  if (spot !== null && (spot.quotedAt === null || close === null)) {
    const when = spot.quotedAt === null ? `of ${settlesOn}` : `quoted at ${spot.quotedAt}`;
    return { price: spot.spot, source: `underlying ${when}, ${spot.source}` };
  }
  return close === null
    ? { price: null, source: `no closing price of ${settlesOn}` }
    : { price: close, source: `daily close of ${settlesOn}` };
}

const styleOf = (read: Readers, symbol: string, root: string): { exercise: Exercise; isIndex: boolean } => {
  const underlier = read.underliers.find(symbol);
  const isIndex = underlier?.kind === 'index' || isIndexSymbol(symbol);
  const told = conventionsOf(root).exercise;
  // Single names of the Indian exchange are European too.
  const exercise = told ?? (isIndex || underlier?.currency === 'INR' ? 'european' : 'american');
  return { exercise, isIndex };
};

/** What one option that is on comes to; `isEarly` where its holder did not wait for the expiry. */
function proposed(read: Readers, held: Held, asOf: IsoDate, isEarly: boolean): ExpiryProposal {
  const parsed = parseOptionSymbol(held.contract);
  const root = parsed.ok ? parsed.value.root : held.symbol;
  const { exercise, isIndex } = styleOf(read, held.symbol, root);
  const { settlement } = conventionsOf(root);
  const settlesOn = isEarly ? asOf : sessionOnOrBefore(calendarOfSymbol(read, held.symbol), held.expiry);
  const option: ExpiringOption = { ...held, delivery: isIndex ? 'cash' : 'physical' };
  const { price, source } = settlementOf(read, held.symbol, settlesOn, isEarly ? 'PM' : settlement);
  const { optionType: type, adjusted, ...rest } = held;
  const common = {
    ...rest,
    key: `${held.book}|${held.contract}`,
    type,
    exercise,
    delivery: option.delivery,
    settlement,
    settlesOn,
    settlementPrice: price,
    settlementSource: source,
  };
  const flags = [
    ...(isEarly ? ['early'] : []),
    ...(adjusted ? ['adjusted'] : []),
    ...(settlesOn === held.expiry || isEarly ? [] : ['holiday']),
  ];
  const nothing = { stockQuantity: 0, cash: 0, outcome: null, intrinsic: null };
  const allowed = [...allowedOutcomes(option)];
  if (adjusted) {
    const reason =
      'It is an adjusted contract: what it delivers is not standard. Post it in the broker’s file.';
    return { ...common, ...nothing, allowed: [], flags, reason };
  }
  if (isEarly) {
    const [outcome = null] = allowed;
    const ending = outcome === null ? null : endingOf(option, { outcome, settlementPrice: price });
    const isRight = exercise === 'american' && option.delivery === 'physical';
    return isRight
      ? {
          ...common,
          outcome,
          stockQuantity: ending?.stockQuantity ?? 0,
          cash: ending?.cash ?? 0,
          intrinsic: price === null ? null : proposeEnding(option, price).intrinsic,
          allowed: outcome === null ? [] : [outcome],
          flags,
          reason: `${held.quantity < 0 ? 'Assigned' : 'Exercised'} before its expiry of ${held.expiry}: shares move at the strike.`,
        }
      : {
          ...common,
          ...nothing,
          allowed: [],
          flags,
          reason: `It cannot be exercised before its expiry of ${held.expiry}.`,
        };
  }
  if (price === null) {
    const reason = `There is ${source}: import it, or enter the exchange's settlement price.`;
    return { ...common, ...nothing, allowed, flags, reason };
  }
  const ending = proposeEnding(option, price);
  return {
    ...common,
    outcome: ending.outcome,
    stockQuantity: ending.stockQuantity,
    cash: ending.cash,
    intrinsic: ending.intrinsic,
    allowed,
    flags: [...flags, ...(ending.isPinned ? ['pinned'] : [])],
    reason: ending.reason,
  };
}

export interface Expiring {
  readonly rows: readonly ExpiryProposal[];
  readonly nextExpiry: IsoDate | null;
  readonly warnings: readonly string[];
}

/** Everything at or past its expiry on a day, and what is said to have ended early. */
export function expiringOn(read: Readers, asOf: IsoDate, early: readonly string[]): Expiring {
  const held = everyHeld(read, asOf);
  const wanted = new Set(early);
  const rows = held.flatMap((one) => {
    const isDue = one.expiry <= asOf;
    return isDue || wanted.has(one.contract) ? [proposed(read, one, asOf, !isDue)] : [];
  });
  const later = held
    .filter(({ expiry }) => expiry > asOf)
    .map(({ expiry }) => expiry)
    .sort();
  const unknown = early.filter((contract) => !held.some((one) => one.contract === contract));
  return {
    rows: rows.sort((a, b) =>
      a.expiry !== b.expiry ? (a.expiry < b.expiry ? -1 : 1) : a.key < b.key ? -1 : 1,
    ),
    nextExpiry: later[0] ?? null,
    warnings: unknown.map((contract) => `${contract} is not held.`),
  };
}
