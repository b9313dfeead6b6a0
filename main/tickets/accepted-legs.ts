import type { HedgeLeg, Suggestion } from '../../shared/contract/hedge.ts';

/** The legs a ticket carries: accepted and not empty, in the order of the suggestion. */
export const acceptedLegs = (suggestion: Suggestion): readonly HedgeLeg[] =>
  suggestion.proposal.legs.filter((leg) => leg.decision === 'accepted' && leg.quantity > 0);

/** A plain decimal, at least two places, at most six, without an exponent. */
export function plainPrice(price: number): string {
  const text = price.toFixed(6).replace(/0+$/, '');
  const [whole = '0', decimals = ''] = text.split('.');
  return `${whole}.${decimals.padEnd(2, '0')}`;
}

/** A strike: no superfluous zeros. */
export const plainStrike = (strike: number): string => String(Number(strike.toFixed(6)));

/** The name that ties a ticket to what was reviewed. */
export const orderReference = (suggestion: Suggestion): string =>
  `VD${suggestion.suggestionId}-${suggestion.hash.slice(0, 12)}`;
