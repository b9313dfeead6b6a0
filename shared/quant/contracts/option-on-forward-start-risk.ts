import { ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Vol } from '../../units.ts';
import type { PackageMarket } from './forward-start-package.ts';
import type { ForwardStartPayoff, ForwardStartPrice } from './forward-start-terms.ts';
import {
  priceOptionOnForwardStart,
  type ForwardStartOption,
  type OptionOnForwardStartFailure,
  type UnderlyingContract,
} from './option-on-forward-start.ts';

/** Steps of the differences: the price is good to 1e-10, so first slopes keep seven figures, second four. */
const volStep = 1e-5;
const levelStep = 1e-3;
const timeStep = 1e-4;

/**
 * Price of an option on a forward-start contract with its risk by central differences, as the contract's own.
 * The volatility to the first reference time and the one to the option's expiry move together.
 *
 * Failures: as `priceOptionOnForwardStart`
 * Limits: vega and delta to about 1e-6 relative, gamma to about 1e-4; theta by one step of a ten-thousandth
 *   year ahead, 0 where the option ends before that.
 * Source: math §10. Proof: test/unit/quant/option-on-forward-start-risk.test.ts
 */
export function rightRisk(input: {
  readonly option: ForwardStartOption;
  readonly payoff: ForwardStartPayoff;
  readonly at: PackageMarket;
  readonly vol: Vol;
}): Result<ForwardStartPrice, OptionOnForwardStartFailure> {
  const { option, payoff, at, vol } = input;
  const price = (bump: {
    readonly vol?: number;
    readonly early?: number;
    readonly level?: number;
    readonly carry?: number;
  }): Result<number, OptionOnForwardStartFailure> => {
    const bumped = vol + (bump.vol ?? 0);
    const contract: UnderlyingContract =
      at.phase === 'beforeFixing'
        ? {
            phase: 'beforeFixing',
            payoff,
            market: {
              ...at.market,
              vol: bumped,
              volToStart: (at.market.volToStart ?? 0) + (bump.early ?? 0),
              forward: (at.market.forward ?? 1) * (1 + (bump.level ?? 0)),
              carryFactor: (at.market.carryFactor ?? 1) + (bump.carry ?? 0),
            },
          }
        : {
            phase: 'afterFixing',
            payoff,
            market: { ...at.market, vol: bumped, forward: at.market.forward * (1 + (bump.level ?? 0)) },
          };
    const volToExpiry = option.volToExpiry === undefined ? undefined : option.volToExpiry + (bump.early ?? 0);
    const priced = priceOptionOnForwardStart({ option: { ...option, volToExpiry }, contract });
    return priced.ok ? ok(priced.value.price) : priced;
  };
  const slope = (
    bump: (step: number) => Parameters<typeof price>[0],
    step: number,
  ): { readonly first: number; readonly second: number } | null => {
    const [up, down] = [price(bump(step)), price(bump(-step))];
    if (!up.ok || !down.ok || !here.ok) return null;
    return {
      first: (up.value - down.value) / (2 * step),
      second: (up.value - 2 * here.value + down.value) / (step * step),
    };
  };
  const here = price({});
  if (!here.ok) return here;
  const forward = at.market.forward ?? 1;
  const none = { first: 0, second: 0 };
  const byVol = (vol > volStep ? slope((step) => ({ vol: step }), volStep) : null) ?? none;
  const early = at.phase === 'beforeFixing' ? (at.market.volToStart ?? 0) : 0;
  const byEarly = (early > volStep ? slope((step) => ({ early: step }), volStep) : null) ?? none;
  const byLevel = slope((step) => ({ level: step }), levelStep) ?? none;
  const byCarry = (at.phase === 'beforeFixing' ? slope((step) => ({ carry: step }), volStep) : null) ?? none;
  return ok({
    price: here.value,
    deltaForward: byLevel.first / forward,
    gammaForward: byLevel.second / (forward * forward),
    vegaPerVol: byVol.first,
    vegaToStartPerVol: byEarly.first,
    thetaPerYear: theta(),
    perCarryFactor: byCarry.first,
  });

  function theta(): number {
    const { timeToExpiry } = option;
    if (timeToExpiry <= timeStep || !here.ok) return 0;
    const later: UnderlyingContract =
      at.phase === 'beforeFixing'
        ? {
            phase: 'beforeFixing',
            payoff,
            market: {
              ...at.market,
              vol,
              timeToStart: at.market.timeToStart - timeStep,
              timeToEnd: at.market.timeToEnd - timeStep,
            },
          }
        : {
            phase: 'afterFixing',
            payoff,
            market: { ...at.market, vol, timeToEnd: at.market.timeToEnd - timeStep },
          };
    const aged = priceOptionOnForwardStart({
      option: { ...option, timeToExpiry: timeToExpiry - timeStep },
      contract: later,
    });
    return aged.ok ? (aged.value.price - here.value) / timeStep : 0;
  }
}
