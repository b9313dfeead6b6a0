import { readableSymbol } from '../../../shared/symbols.ts';
import type { Readers, StoredPosition } from '../../store/index.ts';

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

/** Contracts held on one underlying over all books, signed, by contract name. */
export function heldContracts(read: Readers, symbol: string): ReadonlyMap<string, number> {
  const held = new Map<string, number>();
  for (const position of read.positions.list()) {
    const contract = position.symbol === symbol ? contractOf(position) : null;
    if (contract !== null) held.set(contract, (held.get(contract) ?? 0) + position.quantity);
  }
  return held;
}
