import { regularSessions } from '../../calendar.ts';
import { addDays, daysPerYear, yearsBetween } from '../../dates.ts';
import type { IsoDate } from '../../dates.ts';
import type { Vol } from '../../units.ts';
import { settlementPayoff } from '../contracts/forward-start-settlement.ts';
import { roundToTick } from '../contracts/vol-contract.ts';
import { inDecimals, inPercent } from '../words.ts';
import { forwardVol } from '../surface/surface.ts';
import type {
  ForwardStartPosition,
  ListedOptionPosition,
  NameMarket,
  RealizedVolPosition,
  ScenarioBook,
  ScenarioPosition,
  SettledPosition,
} from './book.ts';
import type { Shock } from './shock.ts';
import { leastTime } from './shock-market.ts';
import { ownVolAfter } from './smile-layers.ts';
import { termCurve } from './term-curve.ts';

/** What carrying a position over the days needs. */
export interface RollContext {
  readonly from: ScenarioBook;
  readonly asOf: IsoDate;
  readonly shock: Shock;
  readonly before: ReadonlyMap<string, NameMarket>;
  readonly after: ReadonlyMap<string, NameMarket>;
}

const settled = (
  position: ScenarioPosition,
  was: SettledPosition['was'],
  outcome: Pick<SettledPosition, 'cash' | 'shares' | 'note'>,
): SettledPosition => {
  const { positionId, book, symbol, label, quantity } = position;
  return { kind: 'settled', positionId, book, symbol, label, quantity, was, ...outcome };
};

/** Money or shares that an option leaves at a level. */
export function settledOption(position: ListedOptionPosition, spot: number, date: IsoDate): SettledPosition {
  const { optionType, strike, quantity, multiplier, delivery } = position;
  const sign = optionType === 'call' ? 1 : -1;
  const units = quantity * multiplier;
  const inMoney = sign * (spot - strike) > 0;
  const at = `at ${inDecimals(spot, 2)}`;
  if (!inMoney)
    return settled(position, 'option', { cash: 0, shares: 0, note: `Expires worthless on ${date} ${at}.` });
  if (delivery === 'cash')
    return settled(position, 'option', {
      cash: units * sign * (spot - strike),
      shares: 0,
      note: `Settles in cash on ${date} ${at}.`,
    });
  return settled(position, 'option', {
    cash: -sign * units * strike,
    shares: sign * units,
    note: `Exercised on ${date} ${at}: ${sign * units > 0 ? 'shares received' : 'shares delivered'}.`,
  });
}

function rolledOption(position: ListedOptionPosition, context: RollContext): ScenarioPosition {
  const [before, after] = [context.before.get(position.symbol), context.after.get(position.symbol)];
  const old = before?.expiries.find(({ key }) => key === position.expiryKey);
  if (before === undefined || after === undefined || old === undefined) return position;
  const now = after.expiries.find(({ key }) => key === position.expiryKey);
  if (now === undefined) return settledOption(position, after.spot, old.expiry);
  if (position.vol === null) return position;
  return { ...position, vol: ownVolAfter(old, now, position.strike, position.vol) };
}

function rolledForwardStart(position: ForwardStartPosition, context: RollContext): ScenarioPosition {
  const name = context.after.get(position.symbol);
  if (name === undefined || position.secondReferenceDate <= context.from.asOf) return position;
  const { payoff } = position;
  const passes = (date: IsoDate): boolean => date <= context.asOf && context.asOf > context.from.asOf;
  if (!passes(position.firstReferenceDate)) return position;
  const fixedStrike =
    position.fixedStrike ?? (payoff.strikeMultiplier ?? 1) * name.spot + (payoff.strikeOffset ?? 0);
  if (!passes(position.secondReferenceDate)) return { ...position, fixedStrike };
  const paid = settlementPayoff({ payoff, fixing: { fixedStrike }, secondFixing: name.spot });
  if (!paid.ok) return position;
  return settled(position, 'forward-start', {
    cash: position.quantity * position.amount * paid.value,
    shares: 0,
    note: `Settles on ${position.secondReferenceDate} at ${inDecimals(name.spot, 2)} against ${inDecimals(fixedStrike, 2)}.`,
  });
}

/** What a move within one session adds to each estimator, as a share of its square. */
const shareOfMove: Readonly<Record<RealizedVolPosition['estimator'], number>> = {
  zeroMean: 1,
  sampleMean: 1,
  highLow: 1,
  parkinson: 1 / (4 * Math.LN2),
  // ½(h/l)² − (2 ln 2 − 1)(c/o)² of a day that only rises or only falls
  garmanKlass: 0.5 - (2 * Math.LN2 - 1),
  rogersSatchell: 0,
  yangZhang: 1,
};

/** Annualized variance, over all observations, of a move that falls into one of them. */
export function varianceOfMove(position: RealizedVolPosition, move: number): number {
  if (position.progress === null || move === 0) return 0;
  const { estimator, periodsPerYear, progress } = position;
  return (shareOfMove[estimator] * periodsPerYear * move * move) / progress.observationsExpected;
}

/** The volatility that the market of the start expects over the days that pass inside the period. */
function expectedVol(position: RealizedVolPosition, name: NameMarket, context: RollContext): Vol | null {
  const { asOf } = context.from;
  const { volAt } = termCurve(asOf, name);
  const start = Math.max(0, yearsBetween(asOf, position.startDate));
  const end = yearsBetween(asOf, context.asOf < position.endDate ? context.asOf : position.endDate);
  if (!(end > start)) return volAt(Math.max(end, 1 / daysPerYear));
  const [near, far] = [start > 0 ? volAt(start) : 0, volAt(end)];
  if (near === null || far === null) return null;
  const vol = forwardVol({ nearVol: near, nearTime: start, farVol: far, farTime: end });
  return vol.ok ? vol.value : null;
}

function rolledRealizedVol(position: RealizedVolPosition, context: RollContext): ScenarioPosition {
  const { progress, sessionsLeft } = position;
  const [before, after] = [context.before.get(position.symbol), context.after.get(position.symbol)];
  if (progress === null || before === undefined || after === undefined) return position;
  const { asOf, shock, from } = context;
  const move = shock.realized.move === 'ignored' ? 0 : Math.log(after.spot / before.spot);
  const pending = position.pendingReturn ?? 0;
  const begun = position.startDate <= from.asOf;
  const passed = sessionsLeft.filter((date) => date <= asOf).length;
  if (passed === 0) {
    if (!begun || move === 0 || sessionsLeft.length === 0) return position;
    return { ...position, pendingReturn: pending + move };
  }
  const vol = shock.realized.vol ?? expectedVol(position, before, context);
  if (vol === null)
    return {
      ...position,
      progress: null,
      progressReason: `${position.symbol} has no volatility for the days that pass.`,
    };
  let moves = 0;
  if (shock.realized.move === 'spread') {
    const span = { calendar: before.calendar, from: addDays(from.asOf, 1), to: asOf };
    const each = move / Math.max(1, regularSessions(span).length);
    // What waited for the next observation falls into the first one.
    moves = varianceOfMove(position, each + pending) + (passed - 1) * varianceOfMove(position, each);
  } else moves = begun ? varianceOfMove(position, move + pending) : 0;
  const { observationsDone, observationsExpected, realizedVol } = progress;
  const done = observationsDone + passed;
  const sum = observationsDone * realizedVol ** 2 + passed * vol ** 2 + moves * observationsExpected;
  const now = { observationsDone: done, observationsExpected, realizedVol: Math.sqrt(sum / done) };
  if (done < observationsExpected && asOf < position.endDate)
    return { ...position, progress: now, sessionsLeft: sessionsLeft.slice(passed), pendingReturn: 0 };
  const final = roundToTick(now.realizedVol, position.tick);
  return settled(position, 'realized-vol', {
    cash: position.quantity * position.multiplier * position.months * final,
    shares: 0,
    note: `Settles on ${position.endDate} at ${inPercent(final, 2)}.`,
  });
}

/**
 * A position after the days of a shock, at the scenario's spot: expiries settle into cash or shares, strikes
 * are fixed, observations accrue, dividends are received. Nothing passed gives it back.
 *
 * Limits: the spot stands at the scenario's level from the first moment on; money received earns no interest;
 * American options are held to expiry.
 * Source: math §10, §11, §12. Proof: test/unit/quant/scenario/roll.test.ts
 */
export function rolledPosition(position: ScenarioPosition, context: RollContext): ScenarioPosition {
  switch (position.kind) {
    case 'stock': {
      const { asOf, shock, from } = context;
      const name = context.before.get(position.symbol);
      if (name === undefined || asOf === from.asOf) return position;
      const paid = name.dividends
        .filter(({ exDate }) => exDate > from.asOf && exDate <= asOf)
        .reduce((sum, { amount }) => sum + amount * (1 + shock.dividendChange), 0);
      return paid === 0
        ? position
        : { ...position, dividendsReceived: position.dividendsReceived + paid * position.quantity };
    }
    case 'future': {
      const passed = context.shock.daysForward / daysPerYear;
      const timeToExpiry = position.timeToExpiry - passed;
      const name = context.after.get(position.symbol);
      if (name === undefined || passed === 0) return position;
      if (timeToExpiry > leastTime) return { ...position, timeToExpiry };
      return settled(position, 'future', {
        cash: position.quantity * position.multiplier * (name.spot - position.referencePrice),
        shares: 0,
        note: `Settles on ${position.expiry} at ${inDecimals(name.spot, 2)}.`,
      });
    }
    case 'option':
      return rolledOption(position, context);
    case 'forward-start':
      return rolledForwardStart(position, context);
    case 'realized-vol':
      return rolledRealizedVol(position, context);
    case 'cash':
    case 'settled':
      return position;
  }
}
