import type { IsoDate } from '../../dates.ts';
import { failure, sentenceOf } from '../../failure.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Exercise, Fraction, OptionType, Vol, Years } from '../../units.ts';
import { americanGreeks } from '../american/american.ts';
import { dividendsWithin } from '../american/dividends.ts';
import type { CashDividend } from '../american/dividends.ts';
import { blackGreeks } from '../european/black.ts';
import { boundaryFamily, servesVol } from './boundary-family.ts';
import type { Exercising } from './boundary-family.ts';
import { addPremium, boundaryRoom, setBoundary } from './boundary-premium.ts';
import type { ExpiryMarket, ListedOptionPosition, NameMarket } from './book.ts';
import { borrowYield, dividendsFrom, impliedYield, rateOf } from './carry.ts';
import { volAtStrike } from './smile-layers.ts';

/** Value of one unit of a claim on a spot, with raw derivatives. */
export interface UnitValue {
  readonly price: number;
  readonly deltaSpot: number;
  readonly gammaSpot: number;
  readonly vegaPerVol: number;
  /** Spot, rate, yields and volatility held. */
  readonly thetaPerYear: number;
}

/** What an option of one expiry is priced in. */
export interface OptionMarket {
  readonly spot: number;
  readonly forward: number;
  /** ∂forward/∂spot */
  readonly forwardPerSpot: number;
  readonly discountFactor: number;
  readonly timeToExpiry: Years;
  readonly rate: Fraction;
  /** Dividends and borrow as a yield, beside `dividends`. */
  readonly dividendYield: Fraction;
  readonly exercise: Exercise;
  readonly dividends: readonly CashDividend[];
  /** Boundaries of its American options, solved when first asked for. */
  readonly families: { put: Exercising | null; call: Exercising | null };
}

/** An expiry's market for its options; time left above 0. */
export function optionMarket(asOf: IsoDate, name: NameMarket, expiry: ExpiryMarket): OptionMarket {
  const { spot, exercise } = name;
  const { forward, discountFactor, timeToExpiry } = expiry;
  const rate = rateOf(expiry);
  const families = { put: null, call: null };
  const shared = { spot, forward, discountFactor, timeToExpiry, rate, exercise, families };
  if (name.dividendTreatment === 'yield' || name.dividends.length === 0) {
    const dividendYield = impliedYield(spot, expiry);
    return { ...shared, forwardPerSpot: forward / spot, dividendYield, dividends: [] };
  }
  const dividendYield = borrowYield(asOf, name, expiry);
  return {
    ...shared,
    forwardPerSpot: Math.exp((rate - dividendYield) * timeToExpiry),
    dividendYield,
    // Those after the expiry are no concern of its options.
    dividends: dividendsWithin(dividendsFrom(asOf, name.dividends), timeToExpiry),
  };
}

const room = boundaryRoom();

/** A European value in the terms of the spot. */
function europeanValue(
  market: OptionMarket,
  option: { readonly optionType: OptionType; readonly strike: number; readonly vol: Vol },
): UnitValue {
  const { optionType, strike, vol } = option;
  const { spot, forward, forwardPerSpot, discountFactor, timeToExpiry, rate, dividendYield } = market;
  const greeks = blackGreeks({ optionType, forward, strike, timeToExpiry, vol, discountFactor });
  const deltaSpot = greeks.deltaForward * forwardPerSpot;
  return {
    price: greeks.price,
    deltaSpot,
    gammaSpot: greeks.gammaForward * forwardPerSpot * forwardPerSpot,
    vegaPerVol: greeks.vegaPerVol,
    // The forward runs to the spot by its carry while the discounting unwinds.
    thetaPerYear: greeks.thetaPerYear - (rate - dividendYield) * spot * deltaSpot + rate * greeks.price,
  };
}

/** The early-exercise boundaries of a market's calls or puts. */
function exercisingOf(market: OptionMarket, optionType: OptionType): Exercising {
  const known = market.families[optionType];
  if (known !== null) return known;
  const made = boundaryFamily(optionType === 'put' ? -1 : 1, market);
  market.families[optionType] = made;
  return made;
}

/**
 * Value of one listed option.
 *
 * Limits: European by Black on the forward. American under a yield by the boundary that serves its whole
 * expiry, within 1e-6 of the spot; with cash dividends, and where exercise has two boundaries, by
 * `americanGreeks`.
 * Source: math §3, §4. Proof: test/unit/quant/scenario/revalue.test.ts
 */
export function valueOption(
  market: OptionMarket,
  option: { readonly optionType: OptionType; readonly strike: number; readonly vol: Vol },
): Result<UnitValue, string> {
  const { optionType, strike, vol } = option;
  if (market.exercise === 'european') return ok(europeanValue(market, option));
  const { spot, rate, dividendYield, timeToExpiry, dividends } = market;
  if (dividends.length === 0 && strike > 0) {
    const exercising = exercisingOf(market, optionType);
    if (exercising === 'never') return ok(europeanValue(market, option));
    if (exercising !== 'other' && servesVol(exercising, vol)) {
      const unit = { ...europeanValue(market, option) };
      setBoundary(room, exercising, vol);
      const sign = optionType === 'put' ? -1 : 1;
      addPremium(unit, room, { sign, spot, strike, rate, carry: rate - dividendYield, vol });
      return ok(unit);
    }
  }
  const greeks = americanGreeks({
    ...option,
    spot,
    timeToExpiry,
    rate,
    dividendYield,
    dividends,
    accuracy: 'fast',
  });
  return greeks.ok ? greeks : fail(String(greeks.error.detail['reason']));
}

/** The volatility that a held option is valued at: its own mark's, else the smile's; or why there is none. */
export function volOfPosition(position: ListedOptionPosition, expiry: ExpiryMarket): Result<Vol, string> {
  if (position.vol !== null) return ok(position.vol);
  const vol = volAtStrike(expiry, position.strike);
  return vol === null ? fail(expiry.smileReason ?? `${expiry.key} has no fitted smile.`) : ok(vol);
}

/** A sentence about a position that has no value. */
export const cannotValue = (subject: string, reason: string): string =>
  sentenceOf(failure('invalid-input', subject, { reason }));
