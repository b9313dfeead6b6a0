import { addDays, daysPerYear } from '../../dates.ts';
import type { IsoDate } from '../../dates.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import { reasoned } from '../reasoned.ts';
import type { DatedDividend, ExpiryMarket, NameMarket, ScenarioBook } from './book.ts';
import { carriedExpiry } from './carry.ts';
import { shockCorrelation } from './correlation-shock.ts';
import type { ScenarioFailure } from './operations.ts';
import type { Shock, SmileRule } from './shock.ts';
import { isNothing } from './smile-layers.ts';
import type { SmileLayer } from './smile-layers.ts';
import { shockedSpots } from './spot-shock.ts';
import { termCurve } from './term-curve.ts';
import { sliceVariance, volMoveAt, volShocksOn } from './vol-shock.ts';

export interface ShockedMarket {
  readonly asOf: IsoDate;
  readonly names: readonly NameMarket[];
  readonly notes: readonly string[];
}

/** An expiry with no more left than this has settled; a second, in years. */
export const leastTime = 1 / (daysPerYear * 86_400);

const invalid = (reason: string): { readonly ok: false; readonly error: ScenarioFailure } =>
  fail(reasoned('invalid-input', { reason }));

export function faultOfShock(shock: Shock): string | null {
  const { daysForward, rateShift, yieldShift, dividendChange, smileRule, realized, vol, correlation } = shock;
  if (!Number.isInteger(daysForward) || daysForward < 0)
    return `the days forward are ${daysForward} and must be a whole number, 0 or more`;
  for (const [name, value] of Object.entries({ rateShift, yieldShift, dividendChange }))
    if (!Number.isFinite(value)) return `${name} is ${value}`;
  if (dividendChange < -1) return `dividends cannot change by ${dividendChange}`;
  if (smileRule.kind === 'skewStickiness' && !Number.isFinite(smileRule.ratio))
    return `the skew stickiness is ${smileRule.ratio}`;
  if (realized.vol !== null && !(realized.vol >= 0 && Number.isFinite(realized.vol)))
    return `the realized volatility is ${realized.vol}`;
  for (const one of vol) {
    if (one.kind === 'surface') {
      const cells = one.times.length * one.standardMoneyness.length;
      if (cells === 0 || one.changes.length !== cells || !one.changes.every(Number.isFinite))
        return `the moved surface of ${one.symbol} has ${one.changes.length} changes for ${cells} cells`;
    } else if (!Number.isFinite(one.change)) return `a change of volatility is ${one.change}`;
    else if (one.kind === 'relative' && !(one.change > -1))
      return `volatility cannot change by ${one.change} of itself`;
    else if (one.kind === 'slice' && !(one.fromDays >= 0 && one.toDays > one.fromDays))
      return `a slice runs from day ${one.fromDays} to day ${one.toDays}`;
  }
  const wrong = correlation.find(({ change }) => !Number.isFinite(change.correlation));
  return wrong === undefined ? null : `a correlation is ${wrong.change.correlation}`;
}

const stickinessOf = (rule: SmileRule): number =>
  rule.kind === 'stickyStrike' ? 1 : rule.kind === 'stickyDelta' ? 0 : rule.ratio;

interface Stage {
  readonly book: ScenarioBook;
  readonly shock: Shock;
  readonly asOf: IsoDate;
  /** Spots by symbol after the move. */
  readonly spots: ReadonlyMap<string, number>;
}

function dividendsAfter(name: NameMarket, { asOf, shock }: Stage): readonly DatedDividend[] {
  const { daysForward, dividendChange } = shock;
  if (daysForward === 0 && dividendChange === 0) return name.dividends;
  return name.dividends
    .filter(({ exDate }) => daysForward === 0 || exDate > asOf)
    .map((one) => (dividendChange === 0 ? one : { ...one, amount: one.amount * (1 + dividendChange) }));
}

function movedName(name: NameMarket, stage: Stage): NameMarket {
  const { book, shock, asOf } = stage;
  const spotAfter = stage.spots.get(name.symbol)!;
  const yearsPassed = shock.daysForward / daysPerYear;
  const dividends = dividendsAfter(name, stage);
  const { rateShift, yieldShift, dividendChange } = shock;
  const carry = {
    asOfBefore: book.asOf,
    asOfAfter: asOf,
    spotAfter,
    yearsPassed,
    rateShift,
    yieldShift,
    dividendChange,
    dividendsAfter: dividends,
  };
  const shocks = volShocksOn(shock.vol, name.symbol, book);
  const stickiness = stickinessOf(shock.smileRule);
  const expiries: ExpiryMarket[] = [];
  for (const expiry of name.expiries) {
    if (expiry.timeToExpiry - yearsPassed <= leastTime) continue;
    const carried = carriedExpiry(name, expiry, carry);
    const { relative, shift, tilt, surface } = volMoveAt(shocks, carried.timeToExpiry);
    // Written out: thousands are made for a grid, and spreading objects costs most of it.
    const layer: SmileLayer = {
      forwardBefore: expiry.forward,
      forwardAfter: carried.forward,
      timeBefore: expiry.timeToExpiry,
      timeAfter: carried.timeToExpiry,
      stickiness,
      relative,
      shift,
      tilt,
      surface,
      addedVariance: 0,
      factor: 1,
    };
    expiries.push({
      key: expiry.key,
      expiry: expiry.expiry,
      settlement: expiry.settlement,
      timeToExpiry: carried.timeToExpiry,
      forward: carried.forward,
      discountFactor: carried.discountFactor,
      smile: expiry.smile,
      smileReason: expiry.smileReason,
      layers: expiry.layers.length === 0 ? [layer] : [...expiry.layers, layer],
    });
  }
  const moved: NameMarket = { ...name, spot: spotAfter, rate: name.rate + rateShift, dividends, expiries };
  if (!shocks.some(({ kind }) => kind === 'slice')) return moved;
  const { volAt } = termCurve(asOf, moved);
  return {
    ...moved,
    expiries: expiries.map((expiry) => {
      const addedVariance = sliceVariance(shocks, volAt, expiry.timeToExpiry);
      const newest = { ...expiry.layers.at(-1)!, addedVariance };
      return { ...expiry, layers: [...expiry.layers.slice(0, -1), newest] };
    }),
  };
}

/** The time that total variance is spread over is kept by the first layer, so a passing day needs one. */
const isNeeded = (layer: SmileLayer): boolean => !isNothing(layer) || layer.timeBefore !== layer.timeAfter;

/** Leaves out layers that change nothing, so that an unmoved market is what it was to the bit. */
function withoutEmptyLayers(name: NameMarket): NameMarket {
  if (name.expiries.every(({ layers }) => isNeeded(layers.at(-1)!))) return name;
  return {
    ...name,
    expiries: name.expiries.map((expiry) =>
      isNeeded(expiry.layers.at(-1)!) ? expiry : { ...expiry, layers: expiry.layers.slice(0, -1) },
    ),
  };
}

/**
 * The market of a book after a shock, in the stated order: spot; date; rates, yields and dividends, which give
 * the forwards; the smile by its rule; volatility; correlation. Expiries that have passed are gone.
 *
 * @returns names in the book's order, and what had to be left out or bounded
 *
 * Failures: `invalid-input` where the shock is none: a spot at 0, an index without variance, days backward.
 * Source: math §12. Proof: test/unit/quant/scenario/shock-market.test.ts
 */
export function shockMarket(request: {
  readonly book: ScenarioBook;
  readonly shock: Shock;
}): Result<ShockedMarket, ScenarioFailure> {
  const { book, shock } = request;
  const fault = faultOfShock(shock);
  if (fault !== null) return invalid(fault);
  const found = shockedSpots(book, shock.spot);
  if (!found.ok) return invalid(found.error.reason);
  const { spots, withoutBeta } = found.value;
  const asOf = shock.daysForward === 0 ? book.asOf : addDays(book.asOf, shock.daysForward);
  const notes: string[] = [];
  if (withoutBeta.length > 0)
    notes.push(`${withoutBeta.join(', ')}: no beta to the index that moves, so no move.`);
  const moved = book.names.map((name) => movedName(name, { book, shock, asOf, spots }));
  for (const name of moved) {
    const bad = name.expiries.find(({ forward }) => !(forward > 0 && Number.isFinite(forward)));
    if (bad !== undefined)
      return invalid(`the forward of ${name.symbol} ${bad.expiry} would be ${bad.forward}`);
  }
  const names = new Map(moved.map((name) => [name.symbol, name]));
  for (const one of shock.correlation) {
    const membership = book.indexes.find(({ index }) => index === one.index);
    if (membership === undefined) return invalid(`${one.index} has no members in this book`);
    const changed = shockCorrelation({ asOf, names, membership, shock: one });
    if (!changed.ok) return invalid(changed.error.reason);
    for (const name of changed.value.changed) names.set(name.symbol, name);
    notes.push(...changed.value.notes);
  }
  return ok({ asOf, names: [...names.values()].map(withoutEmptyLayers), notes });
}
