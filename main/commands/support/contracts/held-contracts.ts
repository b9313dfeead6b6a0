import { readableSymbol } from '../../../../shared/symbols.ts';
import type { Readers, StoredPosition } from '../../../store/index.ts';

/** The readable contract name of an option held, as chains name their rows; null for anything else. */
export function contractOf(held: StoredPosition): string | null {
  if (
    held.instrument !== 'option' ||
    held.optionType === null ||
    held.expiryDate === null ||
    held.strike === null
  ) {
    return null;
  }
  return readableSymbol({
    root: held.root ?? held.symbol,
    expiry: held.expiryDate,
    optionType: held.optionType,
    strike: held.strike,
  });
}

/** States in which a suggestion may still be traded. */
const tradable: readonly string[] = ['draft', 'reviewed', 'approved', 'exported', 'part-filled'];

/** What the newest suggestion that may still be traded does in one underlying, signed, by contract name. */
export function suggestedContracts(read: Readers, symbol: string): ReadonlyMap<string, number> {
  const newest = read.suggestions.list().find(({ state }) => tradable.includes(state));
  const legs =
    newest?.proposal.legs.filter((leg) => leg.symbol === symbol && leg.decision !== 'rejected') ?? [];
  return new Map(legs.map((leg) => [leg.contract, leg.side === 'sell' ? -leg.quantity : leg.quantity]));
}

/** Contracts held on one underlying over all books, signed, by contract name. */
export function heldContracts(read: Readers, symbol: string): ReadonlyMap<string, number> {
  const held = new Map<string, number>();
  for (const position of read.positions.list()) {
    const contract = position.symbol === symbol ? contractOf(position) : null;
    if (contract !== null) held.set(contract, (held.get(contract) ?? 0) + position.quantity);
  }
  return held;
}
