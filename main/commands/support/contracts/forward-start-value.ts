import type { ForwardStartTerms, ForwardStartValue } from '../../../../shared/contract/contracts.ts';
import { yearsBetween, type IsoDate } from '../../../../shared/dates.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
import {
  impliedVolAfterFixing,
  impliedVolBeforeFixing,
} from '../../../../shared/quant/contracts/forward-start-implied-vol.ts';
import type {
  ForwardStartPayoff,
  ForwardStartPrice,
} from '../../../../shared/quant/contracts/forward-start-terms.ts';
import { priceAfterFixing, priceBeforeFixing } from '../../../../shared/quant/contracts/forward-start.ts';
import { dollarDelta, gammaDollar1Pct, perVolPoint } from '../../../../shared/quant/risk-units.ts';
import { forwardVol } from '../../../../shared/quant/surface/surface.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Vol } from '../../../../shared/units.ts';
import type { StoredForwardStart } from '../../../store/index.ts';
import type { TermStructure } from '../market/term-structure.ts';

export const payoffOf = (terms: ForwardStartTerms): ForwardStartPayoff => ({
  optionType: terms.optionType,
  family: terms.family,
  power: terms.power,
  strikeMultiplier: terms.strikeMultiplier,
  strikeOffset: terms.strikeOffset,
  normalizedBy: terms.normalizedBy,
});

/** The strike of a contract: from its latest fixing, else as it came with its terms; null before. */
export function strikeOf({ terms, events }: Pick<StoredForwardStart, 'terms' | 'events'>): number | null {
  const fixing = events.findLast(({ kind, level }) => kind === 'fixed' && level !== null);
  const level = fixing?.level ?? null;
  return level === null ? terms.fixedStrike : terms.strikeMultiplier * level + terms.strikeOffset;
}

type State = Pick<ForwardStartValue, 'state' | 'stateNote'>;

export function forwardStartState(
  contract: Pick<StoredForwardStart, 'terms' | 'events'>,
  asOf: IsoDate,
): State {
  const { terms, events } = contract;
  const settled = events.findLast(({ kind }) => kind === 'settled');
  if (settled !== undefined) return { state: 'settled', stateNote: `Settled for ${settled.amount ?? 0}.` };
  const strike = strikeOf(contract);
  if (asOf < terms.firstReferenceDate && strike === null) {
    return { state: 'anticipatory', stateNote: `The strike is fixed on ${terms.firstReferenceDate}.` };
  }
  if (strike === null) {
    return {
      state: 'fixing-due',
      stateNote: `The strike was due on ${terms.firstReferenceDate}: enter the level.`,
    };
  }
  if (asOf < terms.secondReferenceDate) {
    return { state: 'live', stateNote: `Strike ${strike}; ends on ${terms.secondReferenceDate}.` };
  }
  return { state: 'settling', stateNote: `Ended on ${terms.secondReferenceDate}: confirm the final level.` };
}

/** A contract's market on a day, before or after its fixing, for a volatility still to be named. */
interface Market {
  readonly timeToStart: number;
  readonly timeToEnd: number;
  readonly strike: number | null;
  /** Level that greeks are against. */
  readonly forward: number;
  readonly carryFactor: number;
  readonly discountFactor: number;
  readonly volToStart: Vol;
  /** What the term structure says of the contract's own period. */
  readonly marketVol: Result<Vol, string>;
}

export function forwardStartMarket(
  contract: Pick<StoredForwardStart, 'terms' | 'events'>,
  asOf: IsoDate,
  terms: TermStructure,
): Result<Market, string> {
  const { contractId, underlying, firstReferenceDate, secondReferenceDate } = contract.terms;
  const timeToStart = Math.max(0, yearsBetween(asOf, firstReferenceDate));
  const timeToEnd = Math.max(0, yearsBetween(asOf, secondReferenceDate));
  const [near, far] = [terms.forwardAt(timeToStart), terms.forwardAt(timeToEnd)];
  if (near === null || far === null) {
    return fail(sentenceOf(failure('no-forward', underlying, { reason: terms.reason ?? 'it has no spot' })));
  }
  const strike = strikeOf(contract);
  const [nearVol, farVol] = [timeToStart === 0 ? 0 : terms.volAt(timeToStart), terms.volAt(timeToEnd)];
  const marketVol = ((): Result<Vol, string> => {
    if (nearVol === null || farVol === null)
      return fail(terms.reason ?? `${underlying} has no volatility for these dates.`);
    if (timeToStart === 0) return ok(farVol);
    const slice = forwardVol({ nearVol, nearTime: timeToStart, farVol, farTime: timeToEnd });
    return slice.ok ? slice : fail(sentenceOf(failure(slice.error.code, contractId, slice.error.detail)));
  })();
  return ok({
    timeToStart,
    timeToEnd,
    strike,
    forward: strike === null ? near : far,
    carryFactor: far / near,
    discountFactor: terms.discountAt(timeToEnd),
    volToStart: nearVol ?? 0,
    marketVol,
  });
}

/** Price and greeks of one unit at a volatility. */
export function priceUnit(
  terms: ForwardStartTerms,
  market: Market,
  vol: Vol,
): Result<ForwardStartPrice, string> {
  const payoff = payoffOf(terms);
  const { strike, discountFactor, timeToEnd } = market;
  const priced =
    strike === null
      ? priceBeforeFixing({ payoff, market: { ...market, vol } })
      : priceAfterFixing({
          payoff,
          market: { fixedStrike: strike, forward: market.forward, timeToEnd, vol, discountFactor },
        });
  return priced.ok
    ? priced
    : fail(sentenceOf(failure('invalid-input', terms.contractId, priced.error.detail)));
}

/** The volatility that a price of one unit implies. */
export function impliedUnitVol(terms: ForwardStartTerms, market: Market, price: number): Result<Vol, string> {
  const payoff = payoffOf(terms);
  const { strike, discountFactor, timeToEnd } = market;
  const found =
    strike === null
      ? impliedVolBeforeFixing({ payoff, price, market })
      : impliedVolAfterFixing({
          payoff,
          price,
          market: { fixedStrike: strike, forward: market.forward, timeToEnd, discountFactor },
        });
  return found.ok ? found : fail(sentenceOf(failure(found.error.code, terms.contractId, found.error.detail)));
}

/** A premium that is paid at the end counts with the discount factor. */
export const premiumNow = (terms: ForwardStartTerms, discountFactor: number): number | null =>
  terms.tradePrice === null ? null : terms.tradePrice * (terms.premium === 'deferred' ? discountFactor : 1);

/** What one held contract is worth on a day, and how that was found. */
export function forwardStartValue(
  contract: StoredForwardStart,
  asOf: IsoDate,
  structure: TermStructure,
): ForwardStartValue {
  const { terms } = contract;
  const state = forwardStartState(contract, asOf);
  const blank = {
    terms: { ...terms, fixedStrike: strikeOf(contract) },
    ...state,
    vol: null,
    volSource: structure.source,
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
    reason: null,
  };
  if (state.state === 'settled' || state.state === 'settling') return { ...blank, reason: state.stateNote };
  const market = forwardStartMarket(contract, asOf, structure);
  if (!market.ok) return { ...blank, reason: market.error };
  const { forward, discountFactor, carryFactor, marketVol } = market.value;
  const traded =
    terms.tradePrice === null
      ? null
      : impliedUnitVol(
          terms,
          market.value,
          terms.tradePrice * (terms.premium === 'deferred' ? discountFactor : 1),
        );
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
  const premium = premiumNow(terms, discountFactor);
  return {
    ...known,
    vol: marketVol.value,
    unitPrice: priced.value.price,
    value: scale * priced.value.price,
    profit: premium === null ? null : scale * (priced.value.price - premium),
    deltaDollar: dollarDelta(scale * priced.value.deltaForward, forward),
    gammaDollar1Pct: gammaDollar1Pct(scale * priced.value.gammaForward, forward),
    vegaPerVolPoint: perVolPoint(scale * priced.value.vegaPerVol),
  };
}
