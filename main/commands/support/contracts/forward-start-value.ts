import type { ForwardStartTerms, ForwardStartValue } from '../../../../shared/contract/forward-starts.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
import { impliedPackageVol, pricePackage } from '../../../../shared/quant/contracts/forward-start-package.ts';
import type { ForwardStartPrice } from '../../../../shared/quant/contracts/forward-start-terms.ts';
import { rightRisk } from '../../../../shared/quant/contracts/option-on-forward-start-risk.ts';
import {
  dollarDelta,
  gammaDollar1Pct,
  perCarryPercent,
  perVolPoint,
} from '../../../../shared/quant/risk-units.ts';
import { fail, type Result } from '../../../../shared/result.ts';
import type { Vol } from '../../../../shared/units.ts';
import type { StoredForwardStart } from '../../../store/index.ts';
import {
  forwardStartMarket,
  type ContractStructures,
  type ForwardStartMarket,
} from './forward-start-market.ts';
import { becomes, forwardStartState, payoffsOf, standingTerms, strikeOf } from './forward-start-terms.ts';

/** Price and greeks of one unit at a volatility: of the contract, or of the right to buy or sell it. */
export function priceUnit(
  terms: ForwardStartTerms,
  market: ForwardStartMarket,
  vol: Vol,
): Result<ForwardStartPrice, string> {
  const payoffs = payoffsOf(terms);
  const { at, timeToOption, volToOption } = market;
  const [payoff] = payoffs;
  const priced =
    terms.option === null || timeToOption === null || payoff === undefined
      ? pricePackage({ payoffs, at, vol })
      : rightRisk({
          option: {
            optionType: terms.option.optionType,
            contractStrike: terms.option.contractPrice,
            timeToExpiry: timeToOption,
            volToExpiry: volToOption ?? undefined,
            volOfVol: terms.option.volOfVol ?? undefined,
          },
          payoff,
          at,
          vol,
        });
  return priced.ok
    ? priced
    : fail(sentenceOf(failure(priced.error.code, terms.contractId, priced.error.detail)));
}

/** The volatility that a price of one unit implies. Of a right on a contract there is none to be had. */
export function impliedUnitVol(
  terms: ForwardStartTerms,
  market: ForwardStartMarket,
  price: number,
): Result<Vol, string> {
  if (terms.option !== null) {
    return fail(
      'A right on a contract is priced from the volatility; it gives none back. Type a volatility.',
    );
  }
  const found = impliedPackageVol({ payoffs: payoffsOf(terms), at: market.at, price });
  return found.ok ? found : fail(sentenceOf(failure(found.error.code, terms.contractId, found.error.detail)));
}

/** A premium that is paid at the end counts with the discount factor. */
export const premiumNow = (terms: ForwardStartTerms, discountFactor: number): number | null =>
  terms.tradePrice === null ? null : terms.tradePrice * (terms.premium === 'deferred' ? discountFactor : 1);

/** What one held contract is worth on a day, and how that was found. */
export function forwardStartValue(
  contract: StoredForwardStart,
  asOf: IsoDate,
  structures: ContractStructures,
): ForwardStartValue {
  const terms = standingTerms(contract);
  const state = forwardStartState(contract, asOf);
  const blank: ForwardStartValue = {
    terms: { ...terms, fixedStrike: strikeOf(contract) },
    ...state,
    vol: null,
    volSource: structures.second.source,
    forward: null,
    discountFactor: null,
    carryFactor: null,
    unitPrice: null,
    tradeImpliedVol: null,
    value: null,
    profit: null,
    deltaDollar: null,
    gammaDollar1Pct: null,
    vegaPerVolPoint: null,
    carryPer1Pct: null,
    becomes: becomes(contract),
    fixings: contract.events.flatMap(({ kind, level, happenedAt, actor, reason, prices }) =>
      kind === 'fixed' && level !== null
        ? [{ at: happenedAt, actor, level, reason, prices: prices.map((price) => ({ ...price })) }]
        : [],
    ),
    reason: null,
  };
  if (state.state === 'settled' || state.state === 'settling' || state.state === 'exercise-due') {
    return { ...blank, reason: state.stateNote };
  }
  const market = forwardStartMarket(contract, asOf, structures);
  if (!market.ok) return { ...blank, reason: market.error };
  const { forward, discountFactor, carryFactor, marketVol } = market.value;
  const premium = premiumNow(terms, discountFactor);
  const traded = premium === null ? null : impliedUnitVol(terms, market.value, premium);
  const known = {
    ...blank,
    forward,
    discountFactor,
    carryFactor,
    tradeImpliedVol: traded?.ok === true ? traded.value : null,
  };
  if (!marketVol.ok) return { ...known, reason: marketVol.error };
  const priced = priceUnit(terms, market.value, marketVol.value);
  if (!priced.ok) return { ...known, vol: marketVol.value, reason: priced.error };
  const scale = terms.quantity * terms.amount;
  return {
    ...known,
    vol: marketVol.value,
    unitPrice: priced.value.price,
    value: scale * priced.value.price,
    profit: premium === null ? null : scale * (priced.value.price - premium),
    deltaDollar: dollarDelta(scale * priced.value.deltaForward, forward),
    gammaDollar1Pct: gammaDollar1Pct(scale * priced.value.gammaForward, forward),
    vegaPerVolPoint: perVolPoint(scale * priced.value.vegaPerVol),
    carryPer1Pct: perCarryPercent(scale * priced.value.perCarryFactor),
  };
}
