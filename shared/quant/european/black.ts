import { assertThat } from '../../result.ts';
import type { OptionType, Vol, Years } from '../../units.ts';
import { normCdf, normPdf } from '../math/normal.ts';
import { logRatio, normalizedBlack } from './normalized-black.ts';

/** A European option on a forward. */
export interface EuropeanOption {
  readonly optionType: OptionType;
  /** Underlier currency, > 0. */
  readonly forward: number;
  /** Underlier currency, > 0. */
  readonly strike: number;
  /** Years, ≥ 0. */
  readonly timeToExpiry: Years;
  /** Annualized, decimal, ≥ 0. */
  readonly vol: Vol;
  /** To the payment date, > 0; 1 when left out, which prices at expiry. */
  readonly discountFactor?: number;
}

/** Price and raw derivatives of a European option, discounted. */
export interface BlackGreeks {
  readonly price: number;
  readonly deltaForward: number;
  readonly gammaForward: number;
  readonly vegaPerVol: number;
  /** Calendar time passing, forward and discount factor held. */
  readonly thetaPerYear: number;
  /** Per 1.00 of the discount rate, forward held. */
  readonly rhoPerRate: number;
  /** ∂²price/∂forward∂vol. */
  readonly vanna: number;
  /** ∂²price/∂vol². */
  readonly volga: number;
  /** ∂deltaForward/∂time passing, per year. */
  readonly charm: number;
  /** ∂³price/∂forward³. */
  readonly speed: number;
}

function requireOption(option: EuropeanOption): number {
  const { forward, strike, timeToExpiry, vol, discountFactor = 1 } = option;
  assertThat(forward > 0 && forward < Infinity, `forward must be finite and above 0; got ${forward}`);
  assertThat(strike > 0 && strike < Infinity, `strike must be finite and above 0; got ${strike}`);
  assertThat(timeToExpiry >= 0 && timeToExpiry < Infinity, `timeToExpiry must be ≥ 0; got ${timeToExpiry}`);
  assertThat(vol >= 0 && vol < Infinity, `vol must be finite and ≥ 0; got ${vol}`);
  assertThat(
    discountFactor > 0 && discountFactor < Infinity,
    `discountFactor must be above 0; got ${discountFactor}`,
  );
  return discountFactor;
}

/** Undiscounted Black price; sign is +1 for a call, −1 for a put. Positional kernel. */
export function blackKernel(
  sign: number,
  forward: number,
  strike: number,
  logForwardOverStrike: number,
  deviation: number,
): number {
  const intrinsic = Math.max(sign * (forward - strike), 0);
  if (!(deviation > 0)) return intrinsic;
  const timeValue = normalizedBlack(-Math.abs(logForwardOverStrike), deviation);
  return intrinsic + Math.sqrt(forward) * Math.sqrt(strike) * timeValue;
}

/**
 * Black (1976) price of a European option on a forward, discounted by `discountFactor`.
 *
 * @throws if a bound of `EuropeanOption` is broken: the caller's bug
 *
 * Limits: vol = 0 or timeToExpiry = 0 gives discounted intrinsic value. The relative error is a few
 *         1e-16 near the money and at most about 4e-16·(1 + ln²(F/K)/σ²T) in the wings, which is what
 *         one rounding of σ√T does to the true price.
 * Source: math §3; Black (1976), J. Financial Economics 3; normalized as in Jäckel (2015).
 * Proof:  test/unit/quant/black.test.ts, test/reference/quant/black.test.ts
 */
export function blackPrice(option: EuropeanOption): number {
  const discountFactor = requireOption(option);
  const { forward, strike } = option;
  const sign = option.optionType === 'call' ? 1 : -1;
  const deviation = option.vol * Math.sqrt(option.timeToExpiry);
  return discountFactor * blackKernel(sign, forward, strike, logRatio(forward, strike), deviation);
}

/**
 * Black (1976) price with all first and second order greeks, vanna, volga, charm and speed.
 *
 * @throws if a bound of `EuropeanOption` is broken: the caller's bug
 *
 * Limits: with no deviation left (vol or timeToExpiry 0) delta is the step of the payoff, one half at
 *         forward = strike, and the derivatives that are infinite at that single point are given as 0.
 * Source: math §3; derivatives of Black (1976).
 * Proof:  test/unit/quant/black.test.ts (differences), test/reference/quant/black.test.ts
 */
export function blackGreeks(option: EuropeanOption): BlackGreeks {
  const discountFactor = requireOption(option);
  const { forward, strike, timeToExpiry, vol } = option;
  const sign = option.optionType === 'call' ? 1 : -1;
  const rootTime = Math.sqrt(timeToExpiry);
  const deviation = vol * rootTime;
  const x = logRatio(forward, strike);
  const price = discountFactor * blackKernel(sign, forward, strike, x, deviation);
  if (!(deviation > 0)) return withoutDeviation(option, discountFactor, price, sign);
  const d1 = x / deviation + 0.5 * deviation;
  const d2 = x / deviation - 0.5 * deviation;
  const density = discountFactor * normPdf(d1);
  const vegaPerVol = density * forward * rootTime;
  const gammaForward = density / (forward * deviation);
  return {
    price,
    deltaForward: discountFactor * sign * normCdf(sign * d1),
    gammaForward,
    vegaPerVol,
    thetaPerYear: (-0.5 * density * forward * vol) / rootTime,
    rhoPerRate: -timeToExpiry * price,
    vanna: (-density * d2) / vol,
    volga: (vegaPerVol * d1 * d2) / vol,
    charm: (density * d2) / (2 * timeToExpiry),
    speed: (-gammaForward / forward) * (1 + d1 / deviation),
  };
}

function withoutDeviation(
  option: EuropeanOption,
  discountFactor: number,
  price: number,
  sign: number,
): BlackGreeks {
  const { forward, strike, timeToExpiry } = option;
  const share = forward === strike ? 0.5 : sign * (forward - strike) > 0 ? 1 : 0;
  const atTheMoney = forward === strike ? normPdf(0) : 0;
  return {
    price,
    deltaForward: discountFactor * sign * share,
    gammaForward: 0,
    vegaPerVol: discountFactor * forward * Math.sqrt(timeToExpiry) * atTheMoney,
    thetaPerYear: 0,
    rhoPerRate: -timeToExpiry * price,
    vanna: 0,
    volga: 0,
    charm: 0,
    speed: 0,
  };
}

/** Greeks against the spot, the rate and the dividend yield held or moved as named. */
export interface SpotGreeks {
  readonly price: number;
  readonly deltaSpot: number;
  readonly gammaSpot: number;
  readonly vegaPerVol: number;
  /** Calendar time passing, spot, rate and dividend yield held. */
  readonly thetaPerYear: number;
  /** Spot held. */
  readonly rhoPerRate: number;
  /** Spot held. */
  readonly rhoPerDividendYield: number;
  /** ∂²price/∂spot∂vol. */
  readonly vannaSpot: number;
  readonly volga: number;
}

/**
 * Turns forward greeks into spot greeks where forward = spot·e^((rate − dividendYield)·timeToExpiry)
 * and the discount factor is e^(−rate·timeToExpiry).
 *
 * @param position.greeks from `blackGreeks` with that forward and discount factor
 * @param position.rate, position.dividendYield decimal, continuously compounded
 *
 * Source: math §1, chain rule.
 * Proof:  test/reference/quant/black.test.ts (102 Black–Scholes–Merton cases)
 */
export function spotGreeks(position: {
  readonly greeks: BlackGreeks;
  readonly spot: number;
  readonly timeToExpiry: Years;
  readonly rate: number;
  readonly dividendYield: number;
}): SpotGreeks {
  const { greeks, spot, timeToExpiry, rate, dividendYield } = position;
  const carryFactor = Math.exp((rate - dividendYield) * timeToExpiry);
  const deltaSpot = greeks.deltaForward * carryFactor;
  return {
    price: greeks.price,
    deltaSpot,
    gammaSpot: greeks.gammaForward * carryFactor * carryFactor,
    vegaPerVol: greeks.vegaPerVol,
    thetaPerYear: greeks.thetaPerYear - (rate - dividendYield) * spot * deltaSpot + rate * greeks.price,
    rhoPerRate: timeToExpiry * (spot * deltaSpot - greeks.price),
    rhoPerDividendYield: -timeToExpiry * spot * deltaSpot,
    vannaSpot: greeks.vanna * carryFactor,
    volga: greeks.volga,
  };
}
