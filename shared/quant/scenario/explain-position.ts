import { addDays, daysBetween, yearsBetween } from '../../dates.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import { settlementPayoff } from '../contracts/forward-start-settlement.ts';
import type {
  ForwardStartPosition,
  ListedOptionPosition,
  NameMarket,
  RealizedVolPosition,
  ScenarioBook,
  ScenarioPosition,
} from './book.ts';
import { valueForwardStart, valueRealizedVol } from './contract-value.ts';
import { rolledPosition } from './roll.ts';
import { noShock } from './shock.ts';
import { contractTaylor, expiryOf, optionTaylor, optionWithCarry } from './taylor.ts';
import type { Taylor } from './taylor.ts';
import { volOfPosition } from './option-value.ts';
import type { TermCurve } from './term-curve.ts';
import { valuePosition } from './value-position.ts';
import type { MarketView } from './value-position.ts';
import { volChangeBySlice } from './vega-slices.ts';
import type { Slice } from './vega-slices.ts';

/** The parts of one position's profit in money, before rounding; what they leave is the residual. */
export interface MoneyParts {
  readonly delta: number;
  readonly gamma: number;
  readonly theta: number;
  readonly vanna: number;
  readonly volga: number;
  readonly carry: number;
  readonly fixings: number;
  /** As long as the slices. */
  readonly vegaBySlice: readonly number[];
  readonly vegaSmile: number;
}

export const noParts = (slices: readonly Slice[]): MoneyParts => ({
  delta: 0,
  gamma: 0,
  theta: 0,
  vanna: 0,
  volga: 0,
  carry: 0,
  fixings: 0,
  vegaBySlice: slices.map(() => 0),
  vegaSmile: 0,
});

/** Two books with what reading their markets needs. */
export interface Compared {
  readonly from: MarketView;
  readonly to: MarketView;
  readonly slices: readonly Slice[];
  readonly yearsPassed: number;
}

interface Moved {
  readonly taylor: Taylor;
  readonly spotAfter: number;
  /** Null where the position has no volatility any more. */
  readonly volAfter: number | null;
  readonly yearsPassed: number;
  readonly earlier: TermCurve;
  readonly later: TermCurve;
}

/** Second order in the spot and the volatility, first in time; vega cut into slices. */
function expansion(moved: Moved, compared: Compared): MoneyParts {
  const { taylor, spotAfter, volAfter, yearsPassed, earlier, later } = moved;
  const { spot, vol, delta, gamma, vega, vanna, volga, thetaPerYear } = taylor;
  const [dSpot, dVol] = [spotAfter - spot, volAfter === null ? 0 : volAfter - vol];
  // Decay with forward and discount factor held; what else a day brings is carry.
  const decay = -0.5 * vol * vol * spot * spot * gamma;
  const span = { from: taylor.volFrom, to: taylor.volTo };
  const { from, to, slices } = compared;
  const bySlice =
    volAfter === null || dVol === 0
      ? slices.map(() => 0)
      : volChangeBySlice(
          slices,
          span,
          { asOf: from.book.asOf, curve: earlier },
          { asOf: to.book.asOf, curve: later },
        ).map((change) => vega * change);
  return {
    delta: delta * dSpot,
    gamma: 0.5 * gamma * dSpot * dSpot,
    theta: decay * yearsPassed,
    vanna: vanna * dSpot * dVol,
    volga: 0.5 * volga * dVol * dVol,
    carry: (thetaPerYear - decay) * yearsPassed,
    fixings: 0,
    vegaBySlice: bySlice,
    vegaSmile: vega * dVol - bySlice.reduce((sum, part) => sum + part, 0),
  };
}

/**
 * What was settled on the way: its time value has decayed, delta took the move, and the rest of what was paid
 * is the settlement's.
 */
function settledParts(
  taylor: Taylor,
  spotAfter: number,
  settledAt: (spot: number) => number,
  slices: readonly Slice[],
): MoneyParts {
  const exerciseNow = settledAt(taylor.spot);
  const delta = taylor.delta * (spotAfter - taylor.spot);
  return {
    ...noParts(slices),
    delta,
    theta: exerciseNow - taylor.value,
    fixings: settledAt(spotAfter) - exerciseNow - delta,
  };
}

function optionParts(
  position: ListedOptionPosition,
  later: ScenarioPosition,
  names: { readonly from: NameMarket; readonly to: NameMarket },
  compared: Compared,
): Result<MoneyParts, string> {
  const { from, to, slices, yearsPassed } = compared;
  const taylor = optionTaylor(position, names.from, from);
  if (!taylor.ok) return taylor;
  if (later.kind !== 'option') {
    const sign = position.optionType === 'call' ? 1 : -1;
    const units = position.quantity * position.multiplier;
    const settledAt = (spot: number): number => units * Math.max(0, sign * (spot - position.strike));
    return ok(settledParts(taylor.value, names.to.spot, settledAt, slices));
  }
  const [marketNow, marketLater] = [
    from.optionMarketOf(names.from, position.expiryKey),
    to.optionMarketOf(names.to, later.expiryKey),
  ];
  const expiry = expiryOf(names.to, later);
  if (!marketNow.ok) return marketNow;
  if (!marketLater.ok) return marketLater;
  const volAfter = volOfPosition(later, expiry!);
  if (!volAfter.ok) return volAfter;
  const parts = expansion(
    {
      taylor: taylor.value,
      spotAfter: names.to.spot,
      volAfter: volAfter.value,
      yearsPassed,
      earlier: from.curveOf(names.from),
      later: to.curveOf(names.to),
    },
    compared,
  );
  const carried = optionWithCarry(position, marketNow.value, taylor.value.vol, marketLater.value);
  return carried.ok ? ok({ ...parts, carry: parts.carry + carried.value - taylor.value.value }) : carried;
}

/** A curve with its own volatilities and spot, and another's rates and yields by time. */
const withCarryOf = (curve: TermCurve, other: TermCurve): TermCurve => ({
  volAt: curve.volAt,
  forwardAt: (time) => (curve.forwardAt(0) * other.forwardAt(time)) / other.forwardAt(0),
  discountAt: other.discountAt,
});

/** What a fixed contract pays at a level, for the quantity held. */
function paidAt(position: ForwardStartPosition, spot: number): number {
  const fixing = { fixedStrike: position.fixedStrike ?? spot };
  const paid = settlementPayoff({ payoff: position.payoff, fixing, secondFixing: spot });
  return paid.ok ? position.quantity * position.amount * paid.value : 0;
}

/** Decay of a contract whose strike was fixed on the way, from its whole period to what is left of it. */
function decaySinceFixing(
  before: ScenarioPosition,
  after: ScenarioPosition,
  worth: number,
  curve: TermCurve,
  view: MarketView,
): number {
  if (before.kind !== 'forward-start' || after.kind !== 'forward-start') return 0;
  if (before.fixedStrike !== null || after.fixedStrike === null) return 0;
  const { asOf } = view.book;
  const now = valueForwardStart(asOf, after, curve);
  const days = daysBetween(after.firstReferenceDate, after.secondReferenceDate);
  const whole = { ...after, secondReferenceDate: addDays(asOf, days) };
  const atFixing = now.ok ? valueForwardStart(asOf, whole, curve, now.value.vol?.value) : now;
  return atFixing.ok ? worth - atFixing.value.value : 0;
}

/** Days that realize what was implied, and leave the rest at the volatility it had. */
function decayOfRealized(
  before: RealizedVolPosition,
  after: ScenarioPosition,
  taylor: Taylor,
  curve: TermCurve,
  view: MarketView,
): number {
  if (after.kind !== 'realized-vol' || after === before) return 0;
  if (after.progress?.observationsDone === before.progress?.observationsDone) return 0;
  const rolled = valueRealizedVol(view.book.asOf, after, curve, taylor.vol);
  return rolled.ok ? rolled.value.value - taylor.value : 0;
}

function contractParts(
  position: ForwardStartPosition | RealizedVolPosition,
  later: ScenarioPosition,
  names: { readonly from: NameMarket; readonly to: NameMarket },
  compared: Compared,
): Result<MoneyParts, string> {
  const { from, to, slices, yearsPassed } = compared;
  const taylor = contractTaylor(position, names.from, from);
  if (!taylor.ok) return taylor;
  const [curveNow, curveLater] = [from.curveOf(names.from), to.curveOf(names.to)];
  // The contract as the earlier market expected it to come to the later day, at the spot found there.
  const expected = rolledPosition(position, {
    from: from.book,
    asOf: to.book.asOf,
    shock: { ...noShock, realized: { move: 'ignored', vol: null } },
    before: new Map([[names.from.symbol, names.from]]),
    after: new Map([[names.to.symbol, names.to]]),
  });
  const asExpected = yearsPassed > 0 ? expected : later;
  const [worth, expectedWorth] = [valuePosition(later, to), valuePosition(asExpected, to)];
  if (!worth.ok) return worth;
  if (!expectedWorth.ok) return expectedWorth;
  const fixings = worth.value.value - expectedWorth.value.value;
  if (asExpected.kind === 'settled' && position.kind === 'forward-start') {
    const delta = taylor.value.delta * (names.to.spot - names.from.spot);
    const rest = expectedWorth.value.value - taylor.value.value - delta;
    if (position.fixedStrike === null) return ok({ ...noParts(slices), delta, fixings: fixings + rest });
    const settled = settledParts(taylor.value, names.to.spot, (spot) => paidAt(position, spot), slices);
    return ok({ ...settled, fixings: settled.fixings + fixings });
  }
  const volAfter =
    asExpected.kind === 'forward-start' || asExpected.kind === 'realized-vol'
      ? contractTaylor(asExpected, names.to, to)
      : null;
  if (volAfter?.ok === false) return volAfter;
  const parts = expansion(
    {
      taylor:
        position.kind === 'realized-vol' && yearsPassed > 0
          ? // Days that pass are observations: what they bring beyond the expected is under fixings.
            { ...taylor.value, delta: 0, gamma: 0, vanna: 0 }
          : taylor.value,
      spotAfter: names.to.spot,
      volAfter: volAfter === null || volAfter.value.volTo === 0 ? null : volAfter.value.vol,
      yearsPassed,
      earlier: curveNow,
      later: curveLater,
    },
    compared,
  );
  const theta =
    position.kind === 'realized-vol'
      ? { theta: decayOfRealized(position, asExpected, taylor.value, curveLater, to), carry: 0 }
      : parts;
  const sinceFixing = decaySinceFixing(position, asExpected, expectedWorth.value.value, curveLater, to);
  const moved = withCarryOf(curveNow, curveLater);
  const carried =
    position.kind === 'forward-start'
      ? valueForwardStart(from.book.asOf, position, moved, taylor.value.vol)
      : valueRealizedVol(from.book.asOf, position, moved, taylor.value.vol);
  if (!carried.ok) return fail(carried.error);
  const carry = theta.carry + carried.value.value - taylor.value.value;
  return ok({ ...parts, theta: theta.theta + sinceFixing, carry, fixings });
}

/**
 * The parts of what a position held throughout has made, from its derivatives in the earlier market; not
 * part of them is the residual.
 *
 * @param later the same contract in the later book, or what it settled into, for the earlier quantity
 *
 * Source: math §12. Proof: test/unit/quant/scenario/explain.test.ts
 */
export function explainHeld(
  position: ScenarioPosition,
  later: ScenarioPosition,
  compared: Compared,
): Result<MoneyParts, string> {
  const { from, to, slices } = compared;
  if (position.kind === 'cash') return ok(noParts(slices));
  const names = { from: from.nameOf(position.symbol), to: to.nameOf(position.symbol) };
  if (names.from === undefined || names.to === undefined)
    return fail(`${position.symbol} has no market in one of the two books.`);
  const both = { from: names.from, to: names.to };
  const move = both.to.spot - both.from.spot;
  switch (position.kind) {
    case 'stock': {
      const received = later.kind === 'stock' ? later.dividendsReceived - position.dividendsReceived : 0;
      return ok({ ...noParts(slices), delta: position.quantity * move, carry: received });
    }
    case 'settled':
      return ok({ ...noParts(slices), delta: position.shares * move });
    case 'future': {
      const [was, is] = [valuePosition(position, from), valuePosition(later, to)];
      if (!was.ok) return was;
      if (!is.ok) return is;
      const delta = (was.value.deltaDollar * move) / both.from.spot;
      return ok({ ...noParts(slices), delta, carry: is.value.value - was.value.value - delta });
    }
    case 'option':
      return optionParts(position, later, both, compared);
    case 'forward-start':
    case 'realized-vol':
      return contractParts(position, later, both, compared);
  }
}

export const yearsPassed = (from: ScenarioBook, to: ScenarioBook): number => yearsBetween(from.asOf, to.asOf);
