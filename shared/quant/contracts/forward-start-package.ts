import { ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Vol } from '../../units.ts';
import {
  impliedVolAfterFixing,
  impliedVolBeforeFixing,
  solveVol,
  type ForwardStartVolFailure,
} from './forward-start-implied-vol.ts';
import { settlementPayoff } from './forward-start-settlement.ts';
import { invalidForwardStart } from './forward-start-terms.ts';
import type {
  AfterFixing,
  BeforeFixing,
  ForwardStartFailure,
  ForwardStartPayoff,
  ForwardStartPrice,
} from './forward-start-terms.ts';
import { priceAfterFixing, priceBeforeFixing } from './forward-start.ts';

/** Payoffs that one ticket pays together: one, or the put and the call of a strangle. */
export type PayoffPackage = readonly ForwardStartPayoff[];

/** A package's market before its fixing, or inside its reference period. */
export type PackageMarket =
  | { readonly phase: 'beforeFixing'; readonly market: Omit<BeforeFixing, 'vol'> }
  | { readonly phase: 'afterFixing'; readonly market: Omit<AfterFixing, 'vol'> };

const zero: ForwardStartPrice = {
  price: 0,
  deltaForward: 0,
  gammaForward: 0,
  vegaPerVol: 0,
  vegaToStartPerVol: 0,
  thetaPerYear: 0,
  perCarryFactor: 0,
};

const sum = (a: ForwardStartPrice, b: ForwardStartPrice): ForwardStartPrice => ({
  price: a.price + b.price,
  deltaForward: a.deltaForward + b.deltaForward,
  gammaForward: a.gammaForward + b.gammaForward,
  vegaPerVol: a.vegaPerVol + b.vegaPerVol,
  vegaToStartPerVol: a.vegaToStartPerVol + b.vegaToStartPerVol,
  thetaPerYear: a.thetaPerYear + b.thetaPerYear,
  perCarryFactor: a.perCarryFactor + b.perCarryFactor,
});

/**
 * Price and risk of a package: its payoffs at one volatility, added up. A strangle is a put and a call struck
 * at multiples of the same first fixing; after it, `market.firstFixing` gives each leg its own strike.
 *
 * Failures: `invalid-input` as of each leg
 * Source: math §10. Proof: test/unit/quant/forward-start-package.test.ts
 */
export function pricePackage(input: {
  readonly payoffs: PayoffPackage;
  readonly at: PackageMarket;
  readonly vol: Vol;
}): Result<ForwardStartPrice, ForwardStartFailure> {
  const { payoffs, at, vol } = input;
  let total = zero;
  for (const payoff of payoffs) {
    const priced =
      at.phase === 'beforeFixing'
        ? priceBeforeFixing({ payoff, market: { ...at.market, vol } })
        : priceAfterFixing({ payoff, market: { ...at.market, vol } });
    if (!priced.ok) return priced;
    total = sum(total, priced.value);
  }
  return ok(total);
}

/**
 * Volatility that the price of a package implies: of one payoff as `impliedVolBeforeFixing` and
 * `impliedVolAfterFixing` give it, of several by safeguarded Newton on their sum.
 *
 * Source: math §10. Proof: test/unit/quant/forward-start-package.test.ts (round trip)
 */
export function impliedPackageVol(input: {
  readonly payoffs: PayoffPackage;
  readonly at: PackageMarket;
  readonly price: number;
}): Result<Vol, ForwardStartVolFailure> {
  const { payoffs, at, price } = input;
  const [only, second] = payoffs;
  if (only === undefined) return invalidForwardStart('there is no payoff');
  if (second === undefined) {
    return at.phase === 'beforeFixing'
      ? impliedVolBeforeFixing({ payoff: only, market: at.market, price })
      : impliedVolAfterFixing({ payoff: only, market: at.market, price });
  }
  const tau = at.phase === 'beforeFixing' ? at.market.timeToEnd - at.market.timeToStart : at.market.timeToEnd;
  if (!(tau > 0)) return invalidForwardStart('no time is left to the second reference time');
  return solveVol({
    priceAt: (vol) => pricePackage({ payoffs, at, vol }),
    price,
    tau,
    power: only.power,
  });
}

/** What a package pays at the second reference time, in its own unit. Failures as `settlementPayoff`. */
export function packagePayoff(input: {
  readonly payoffs: PayoffPackage;
  readonly fixing: Pick<AfterFixing, 'fixedStrike' | 'firstFixing'>;
  readonly secondFixing: number;
}): Result<number, ForwardStartFailure> {
  const { payoffs, fixing, secondFixing } = input;
  let total = 0;
  for (const payoff of payoffs) {
    const paid = settlementPayoff({ payoff, fixing, secondFixing });
    if (!paid.ok) return paid;
    total += paid.value;
  }
  return ok(total);
}
