import { ok } from '../../result.ts';
import type { ScenarioBook } from './book.ts';
import type { ShockBook } from './operations.ts';
import { rolledPosition } from './roll.ts';
import type { RollContext } from './roll.ts';
import { shockMarket } from './shock-market.ts';

/**
 * The book after a shock, itself a book: to be valued, shocked again, compared or explained.
 *
 * @returns the same positions under the same ids, those whose date has passed as `settled`; `notes` say what
 *   the market move left out
 *
 * Failures: `invalid-input` where the shock is none.
 * Source: math §12. Proof: test/unit/quant/scenario/shock-book.test.ts
 */
export const shockBook: ShockBook = ({ book, shock }) => {
  const market = shockMarket({ book, shock });
  if (!market.ok) return market;
  const { asOf, names, notes } = market.value;
  const bySymbol = (all: ScenarioBook['names']): RollContext['before'] =>
    new Map(all.map((name) => [name.symbol, name]));
  const context: RollContext = {
    from: book,
    asOf,
    shock,
    before: bySymbol(book.names),
    after: bySymbol(names),
  };
  const positions = book.positions.map((position) => rolledPosition(position, context));
  return ok({ book: { ...book, asOf, names, positions }, notes });
};
