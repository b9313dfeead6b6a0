import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Fraction, OptionType, Vol, Years } from '../../units.ts';
import { americanGreeks, americanPrice } from '../american/american.ts';
import type { AmericanGreeks } from '../american/american.ts';
import { americanImpliedVol } from '../american/american-implied-vol.ts';
import { blackPrice } from '../european/black.ts';
import { impliedForward } from './forward-curve.ts';
import type { ImpliedForward, ParityPair } from './forward-curve.ts';
import type { NoImpliedVol } from '../european/implied-vol.ts';

/** What early exercise depends on. The dividends and the borrow are spread evenly as one yield. */
export interface AmericanTerms {
  readonly spot: number;
  readonly rate: Fraction;
  readonly dividendYield: Fraction;
  readonly timeToExpiry: Years;
}

/** The yield that carries the spot to the forward. */
export const yieldOf = (terms: Omit<AmericanTerms, 'dividendYield'>, forward: number): Fraction =>
  terms.rate - Math.log(forward / terms.spot) / terms.timeToExpiry;

const optionOf = (terms: AmericanTerms, optionType: OptionType, strike: number) =>
  ({ ...terms, optionType, strike, accuracy: 'fast' }) as const;

function europeanPrice(terms: AmericanTerms, optionType: OptionType, strike: number, vol: Vol): number {
  const { spot, rate, dividendYield, timeToExpiry } = terms;
  return blackPrice({
    optionType,
    forward: spot * Math.exp((rate - dividendYield) * timeToExpiry),
    strike,
    timeToExpiry,
    vol,
    discountFactor: Math.exp(-rate * timeToExpiry),
  });
}

/**
 * Volatility of an American option's price, and what the right to exercise early adds to it.
 *
 * @returns vol above zero and premium ≥ 0, underlier currency; or why there is none
 */
export function americanMark(
  terms: AmericanTerms,
  option: { readonly optionType: OptionType; readonly strike: number; readonly price: number },
): Result<{ readonly vol: Vol; readonly premium: number }, NoImpliedVol> {
  const { optionType, strike, price } = option;
  const found = americanImpliedVol({ ...optionOf(terms, optionType, strike), price });
  if (!found.ok) return fail(found.error);
  const premium = Math.max(0, price - europeanPrice(terms, optionType, strike, found.value));
  return ok({ vol: found.value, premium });
}

/** Greeks of an American option with the change of its price per 1.00 of rate, spot and yield held. */
export function americanRisks(
  terms: AmericanTerms,
  option: { readonly optionType: OptionType; readonly strike: number; readonly vol: Vol },
): (AmericanGreeks & { readonly rhoPerRate: number }) | null {
  const { optionType, strike, vol } = option;
  const greeks = americanGreeks({ ...optionOf(terms, optionType, strike), vol });
  if (!greeks.ok) return null;
  const bump = 1e-3;
  const moved = [bump, -bump].map((change) =>
    americanPrice({ ...optionOf({ ...terms, rate: terms.rate + change }, optionType, strike), vol }),
  );
  const [up, down] = moved;
  if (up?.ok !== true || down?.ok !== true) return null;
  return { ...greeks.value, rhoPerRate: (up.value - down.value) / (2 * bump) };
}

/** Pairs nearest the money that the forward of an American chain is read from. */
const pairsAtMoney = 6;
const passes = 2;

/**
 * Forward of an American chain: parity over the pairs nearest the money after taking out what early
 * exercise is worth, which depends on the forward itself; two passes settle it.
 *
 * Source: math §2.2. Proof: test/unit/quant/chain-american.test.ts
 */
export function americanForward(
  terms: Omit<AmericanTerms, 'dividendYield'>,
  pairs: readonly ParityPair[],
  rough: ImpliedForward,
): ImpliedForward {
  const near = [...pairs]
    .sort((a, b) => Math.abs(a.strike - rough.forward) - Math.abs(b.strike - rough.forward))
    .slice(0, pairsAtMoney)
    .sort((a, b) => a.strike - b.strike);
  let found = rough;
  for (let pass = 0; pass < passes; pass += 1) {
    const full: AmericanTerms = { ...terms, dividendYield: yieldOf(terms, found.forward) };
    const european = near.flatMap((pair): ParityPair[] => {
      const call = americanMark(full, { optionType: 'call', strike: pair.strike, price: pair.callMark });
      const put = americanMark(full, { optionType: 'put', strike: pair.strike, price: pair.putMark });
      if (!call.ok || !put.ok) return [];
      return [
        {
          ...pair,
          callMark: pair.callMark - call.value.premium,
          putMark: pair.putMark - put.value.premium,
        },
      ];
    });
    const next = impliedForward({
      pairs: european,
      timeToExpiry: terms.timeToExpiry,
      discountFactor: Math.exp(-terms.rate * terms.timeToExpiry),
      estimateDiscount: false,
    });
    if (!next.ok) return found;
    found = next.value;
  }
  return found;
}
