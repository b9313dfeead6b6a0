import type { ForwardStartTerms } from '../../../../shared/contract/forward-starts.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import type { QueryContext } from '../../handlers.ts';
import type { ChainDesk } from '../market/chain-desk.ts';
import { termStructure, type TermStructure } from '../market/term-structure.ts';
import type { ContractStructures } from './forward-start-market.ts';

/** The term structures that contracts ask for, each read once. */
export interface Structures {
  readonly of: (symbol: string) => Promise<TermStructure>;
  readonly forTerms: (terms: ForwardStartTerms) => Promise<ContractStructures>;
}

export function structuresOn(day: IsoDate, context: QueryContext, chains: ChainDesk): Structures {
  const known = new Map<string, Promise<TermStructure>>();
  const of = (symbol: string): Promise<TermStructure> => {
    const found = known.get(symbol) ?? termStructure(symbol, day, context, chains);
    known.set(symbol, found);
    return found;
  };
  return {
    of,
    forTerms: async (terms) => {
      const [first, second] = await Promise.all([
        of(terms.underlying),
        of(terms.secondUnderlying ?? terms.underlying),
      ]);
      return { first, second };
    },
  };
}
