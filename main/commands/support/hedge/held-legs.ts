import type { Suggestion } from '../../../../shared/contract/hedge.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import type { OptionType } from '../../../../shared/units.ts';
import type { Readers } from '../../../store/index.ts';
import { contractOf } from '../contracts/held-contracts.ts';

/** An option of a hedge as it is on, before today's market. */
export interface OpenLeg {
  readonly contract: string;
  readonly symbol: string;
  readonly optionType: OptionType;
  readonly expiry: IsoDate;
  readonly strike: number;
  /** Signed contracts. */
  readonly quantity: number;
  readonly multiplier: number;
  /** Per unit. */
  readonly openPrice: number | null;
}

const onStates: ReadonlySet<Suggestion['state']> = new Set(['approved', 'exported', 'part-filled', 'filled']);
const isDecided = ({ state }: Suggestion): boolean => onStates.has(state);

/** The newest hedge of a basket that was approved, not later than a day; rolls and hand-made legs stand beside it. */
export const newestApproved = (read: Readers, basket: string, day: IsoDate): Suggestion | null =>
  read.suggestions
    .list()
    .find(
      (one) =>
        one.proposal.basket === basket &&
        one.proposal.asOf <= day &&
        (one.proposal.origin ?? 'hedge') === 'hedge' &&
        isDecided(one),
    ) ?? null;

/** Options held on some names over all books, one line a contract; the price paid is the average. */
export function legsFromPositions(read: Readers, symbols: ReadonlySet<string>): readonly OpenLeg[] {
  const legs = new Map<string, OpenLeg & { readonly cost: number | null }>();
  for (const held of read.positions.list()) {
    const contract = symbols.has(held.symbol) ? contractOf(held) : null;
    const { optionType, expiryDate, strike, costPrice, quantity } = held;
    if (contract === null || optionType === null || expiryDate === null || strike === null) continue;
    const before = legs.get(contract);
    const cost =
      costPrice === null || before?.cost === null ? null : (before?.cost ?? 0) + costPrice * quantity;
    const total = (before?.quantity ?? 0) + quantity;
    legs.set(contract, {
      contract,
      symbol: held.symbol,
      optionType,
      expiry: expiryDate,
      strike,
      quantity: total,
      multiplier: held.multiplier,
      openPrice: cost === null || total === 0 ? null : Math.abs(cost / total),
      cost,
    });
  }
  return [...legs.values()].flatMap((held) => {
    const { cost: _, ...leg } = held;
    return leg.quantity === 0 ? [] : [leg];
  });
}

/** The legs that were filled, at their average; where no fill is known, all that were sent, at their limits. */
function legsFromSuggestion(read: Readers, { suggestionId, proposal }: Suggestion): readonly OpenLeg[] {
  const fills = read.suggestions.fills(suggestionId);
  return proposal.legs
    .filter(({ decision, quantity }) => decision === 'accepted' && quantity > 0)
    .flatMap((leg) => {
      const own = fills.filter(({ legId }) => legId === leg.legId);
      const filled = own.reduce((sum, { quantity }) => sum + quantity, 0);
      const worth = own.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
      const quantity = fills.length === 0 ? leg.quantity : filled;
      if (quantity === 0) return [];
      return [
        {
          contract: leg.contract,
          symbol: leg.symbol,
          optionType: leg.type,
          expiry: leg.expiry,
          strike: leg.strike,
          quantity: leg.side === 'sell' ? -quantity : quantity,
          multiplier: leg.multiplier,
          openPrice: fills.length === 0 ? leg.price : worth / filled,
        },
      ];
    });
}

/** One trade onto what is open: more of it averages the price, less keeps it, the other side begins anew. */
function netted(before: OpenLeg | undefined, trade: OpenLeg): OpenLeg {
  if (before === undefined || before.quantity === 0) return trade;
  const quantity = before.quantity + trade.quantity;
  const grows = Math.sign(before.quantity) === Math.sign(trade.quantity);
  const crosses = !grows && Math.abs(trade.quantity) > Math.abs(before.quantity);
  if (!grows) return { ...before, quantity, openPrice: crosses ? trade.openPrice : before.openPrice };
  const openPrice =
    before.openPrice === null || trade.openPrice === null
      ? null
      : (before.quantity * before.openPrice + trade.quantity * trade.openPrice) / quantity;
  return { ...before, quantity, openPrice };
}

const sentStates: ReadonlySet<Suggestion['state']> = new Set(['exported', 'part-filled', 'filled']);

/** Suggestions up to a day that were sent, and cancelled ones that were filled in part; oldest first. */
export const tradedSuggestions = (read: Readers, day: IsoDate): readonly Suggestion[] =>
  read.suggestions
    .list()
    .filter(
      ({ state, proposal, suggestionId }) =>
        proposal.asOf <= day &&
        (sentStates.has(state) || (state === 'cancelled' && read.suggestions.fills(suggestionId).length > 0)),
    )
    .toReversed();

/**
 * What a basket's suggestions left open up to a day: everything that was sent or filled, one line a contract,
 * rolls and closing legs netted. Where nothing was sent yet, the newest that was approved.
 */
function legsFromSuggestions(
  read: Readers,
  basket: string,
  day: IsoDate,
  sentOnly: boolean,
): readonly OpenLeg[] {
  const isOwn = ({ proposal }: Suggestion): boolean => proposal.basket === basket && proposal.asOf <= day;
  const sent = tradedSuggestions(read, day).filter(isOwn);
  const approved = sentOnly ? undefined : read.suggestions.list().find((one) => isOwn(one) && isDecided(one));
  const counted = sent.length > 0 ? sent : approved === undefined ? [] : [approved];
  const legs = new Map<string, OpenLeg>();
  for (const one of counted) {
    for (const leg of legsFromSuggestion(read, one)) {
      legs.set(leg.contract, netted(legs.get(leg.contract), leg));
    }
  }
  // What ended at an expiry is off.
  for (const { basket: of, contract, quantity } of read.expiries.rows()) {
    const leg = legs.get(contract);
    if (of === basket && leg !== undefined) legs.set(contract, { ...leg, quantity: leg.quantity - quantity });
  }
  return [...legs.values()].filter(({ quantity }) => quantity !== 0);
}

/** Legs of suggestions that were sent, by what they belong to, on names whose options no book has. */
export function openSuggested(
  read: Readers,
  day: IsoDate,
): readonly { readonly basket: string; readonly legs: readonly OpenLeg[] }[] {
  const booked = new Set(
    read.positions.list().flatMap(({ instrument, symbol }) => (instrument === 'option' ? [symbol] : [])),
  );
  const labels = new Set(read.suggestions.list().map(({ proposal }) => proposal.basket));
  return [...labels].flatMap((basket) => {
    const legs = legsFromSuggestions(read, basket, day, true);
    return legs.length === 0 || legs.some(({ symbol }) => booked.has(symbol)) ? [] : [{ basket, legs }];
  });
}

export interface OpenHedge {
  readonly source: 'positions' | 'suggestion';
  readonly legs: readonly OpenLeg[];
}

/**
 * Options that are on for a basket: as the positions say, else as its suggestions were traded. With
 * `sentOnly`, what was approved and not yet sent is not on.
 */
export function openHedge(
  read: Readers,
  request: {
    readonly basket: string | null;
    readonly symbols: ReadonlySet<string>;
    readonly day: IsoDate;
    readonly sentOnly: boolean;
  },
): OpenHedge {
  const held = legsFromPositions(read, request.symbols);
  if (held.length > 0 || request.basket === null) return { source: 'positions', legs: held };
  return {
    source: 'suggestion',
    legs: legsFromSuggestions(read, request.basket, request.day, request.sentOnly),
  };
}
