import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { ScenarioBook } from './book.ts';
import type { SpotShock, Target } from './shock.ts';

/** Whether a target means a symbol. */
export function targets(target: Target, symbol: string, book: ScenarioBook): boolean {
  switch (target.kind) {
    case 'all':
      return true;
    case 'names':
      return target.symbols.includes(symbol);
    case 'members':
      return membersOf(book, target.index).has(symbol);
  }
}

const memberSets = new WeakMap<object, ReadonlySet<string>>();

function membersOf(book: ScenarioBook, index: string): ReadonlySet<string> {
  const membership = book.indexes.find((one) => one.index === index);
  if (membership === undefined) return new Set();
  const known = memberSets.get(membership);
  if (known !== undefined) return known;
  const made = new Set(membership.members.map(({ symbol }) => symbol));
  memberSets.set(membership, made);
  return made;
}

/**
 * Spots after the shocks, which compound in their order.
 *
 * @returns by symbol, with the names that a shock by beta had to leave; fails where a spot would reach 0
 */
export function shockedSpots(
  book: ScenarioBook,
  shocks: readonly SpotShock[],
): Result<
  { readonly spots: ReadonlyMap<string, number>; readonly withoutBeta: readonly string[] },
  { readonly reason: string }
> {
  const spots = new Map(book.names.map(({ symbol, spot }) => [symbol, spot]));
  const withoutBeta = new Set<string>();
  for (const shock of shocks) {
    for (const { symbol, betas } of book.names) {
      const move = moveOf(shock, symbol, betas, book);
      if (move === null) {
        withoutBeta.add(symbol);
        continue;
      }
      if (!Number.isFinite(move)) return fail({ reason: `the move of ${symbol} is ${move}` });
      if (!(move > -1)) return fail({ reason: `${symbol} would fall to 0 or below` });
      spots.set(symbol, spots.get(symbol)! * (1 + move));
    }
  }
  return ok({ spots, withoutBeta: [...withoutBeta] });
}

/** Null where the shock is by beta and the name has none. */
function moveOf(
  shock: SpotShock,
  symbol: string,
  betas: Readonly<Record<string, number>>,
  book: ScenarioBook,
): number | null {
  if (shock.kind === 'move') return targets(shock.target, symbol, book) ? shock.move : 0;
  if (symbol === shock.index) return shock.move + (shock.own?.[symbol] ?? 0);
  const [beta, own] = [betas[shock.index], shock.own?.[symbol]];
  if (beta === undefined && own === undefined) return shock.move === 0 ? 0 : null;
  return (beta ?? 0) * shock.move + (own ?? 0);
}
