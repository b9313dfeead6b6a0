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

/** The newest suggestion of a basket that was approved, not later than a day. */
export const newestApproved = (read: Readers, basket: string, day: IsoDate): Suggestion | null =>
  read.suggestions
    .list()
    .find((one) => one.proposal.basket === basket && one.proposal.asOf <= day && isDecided(one)) ?? null;

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
export function legsFromSuggestion(
  read: Readers,
  { suggestionId, proposal }: Suggestion,
): readonly OpenLeg[] {
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
