import { inCents } from '../risk-units.ts';
import type { ScenarioBook, ScenarioPosition } from './book.ts';
import { explainHeld, noParts, yearsPassed } from './explain-position.ts';
import type { Compared, MoneyParts } from './explain-position.ts';
import type { Explain, Trade } from './operations.ts';
import type { ExplainParts, GroupExplain, NotValued, PositionExplain, SliceVega } from './result.ts';
import { familyOf, marketView, valuePosition } from './value-position.ts';
import { sliceDates, slicesFrom } from './vega-slices.ts';
import type { Slice } from './vega-slices.ts';

const nothing: ExplainParts = {
  delta: 0,
  gamma: 0,
  vega: 0,
  theta: 0,
  vanna: 0,
  volga: 0,
  carry: 0,
  trades: 0,
  fixings: 0,
  residual: 0,
  total: 0,
};

const plus = (a: ExplainParts, b: ExplainParts): ExplainParts => ({
  delta: a.delta + b.delta,
  gamma: a.gamma + b.gamma,
  vega: a.vega + b.vega,
  theta: a.theta + b.theta,
  vanna: a.vanna + b.vanna,
  volga: a.volga + b.volga,
  carry: a.carry + b.carry,
  trades: a.trades + b.trades,
  fixings: a.fixings + b.fixings,
  residual: a.residual + b.residual,
  total: a.total + b.total,
});

const summed = (all: readonly ExplainParts[]): ExplainParts => all.reduce(plus, nothing);

function grouped(
  all: readonly PositionExplain[],
  groupOf: (one: PositionExplain) => string,
): readonly GroupExplain[] {
  const groups = new Map<string, ExplainParts>();
  for (const one of all) {
    const group = groupOf(one);
    groups.set(group, plus(groups.get(group) ?? nothing, one));
  }
  return [...groups].map(([group, parts]) => ({ group, ...parts }));
}

/** The same contract, whatever its quantity; an id used again for another contract is a trade. */
function isSameContract(a: ScenarioPosition, b: ScenarioPosition): boolean {
  if (a.symbol !== b.symbol) return false;
  if (b.kind === 'settled' && a.kind !== 'settled') return familyOf(a) === familyOf(b);
  if (a.kind === 'option' && b.kind === 'option')
    return a.strike === b.strike && a.optionType === b.optionType && a.expiryKey === b.expiryKey;
  if (a.kind === 'forward-start' && b.kind === 'forward-start')
    return (
      a.firstReferenceDate === b.firstReferenceDate &&
      a.secondReferenceDate === b.secondReferenceDate &&
      JSON.stringify(a.payoff) === JSON.stringify(b.payoff) &&
      a.amount === b.amount
    );
  if (a.kind === 'realized-vol' && b.kind === 'realized-vol')
    return a.startDate === b.startDate && a.endDate === b.endDate && a.estimator === b.estimator;
  return a.kind === b.kind;
}

interface Valued {
  readonly position: ScenarioPosition;
  readonly value: number;
}

/** One position's whole profit in money: what was kept, and what was traded. */
interface Split {
  readonly parts: MoneyParts;
  readonly trades: number;
  readonly valueBefore: number;
  readonly valueAfter: number;
  readonly paid: number;
  /** Nothing was held throughout. */
  readonly isTrade: boolean;
  readonly note: string | null;
}

function splitOf(
  before: Valued | null,
  after: Valued | null,
  trade: Trade | 'value' | null,
  compared: Compared,
): Split | string {
  const none = noParts(compared.slices);
  const paid = trade === null || trade === 'value' ? 0 : trade.paid;
  const untraded = 'No trade is given for this change of size: it counts with its value.';
  if (before !== null && after !== null && isSameContract(before.position, after.position)) {
    const [was, is] = [before.position.quantity, after.position.quantity];
    const kept = is === was || is === 0 ? after.value : (after.value * was) / is;
    if (is === 0 && was !== 0) {
      const trades = -before.value - paid;
      return {
        parts: none,
        trades,
        valueBefore: before.value,
        valueAfter: 0,
        paid,
        isTrade: true,
        note: null,
      };
    }
    const parts = explainHeld(before.position, scaled(after.position, was, is), compared);
    if (!parts.ok) return parts.error;
    const received = trade === 'value' ? 0 : dividendsBetween(before.position, after.position, compared);
    return {
      parts: { ...parts.value, carry: parts.value.carry + received },
      trades: after.value - kept - paid,
      valueBefore: before.value,
      valueAfter: after.value,
      paid: paid - received,
      isTrade: false,
      note:
        was !== is && trade === null
          ? untraded
          : after.position.kind === 'settled' && before.position.kind !== 'settled'
            ? after.position.note
            : null,
    };
  }
  const valueBefore = before?.value ?? 0;
  const valueAfter = after?.value ?? 0;
  return {
    parts: none,
    trades: valueAfter - valueBefore - paid,
    valueBefore,
    valueAfter,
    paid,
    isTrade: true,
    note: trade === null ? untraded : null,
  };
}

/** Dividends that a stock held over its ex-dates has paid out of the book; a shocked book keeps them itself. */
function dividendsBetween(before: ScenarioPosition, after: ScenarioPosition, compared: Compared): number {
  if (before.kind !== 'stock' || after.kind !== 'stock') return 0;
  if (before.dividendsReceived !== after.dividendsReceived) return 0;
  const { from, to } = compared;
  const dividends = from.nameOf(before.symbol)?.dividends ?? [];
  return dividends
    .filter(({ exDate }) => exDate > from.book.asOf && exDate <= to.book.asOf)
    .reduce((sum, { amount }) => sum + amount * before.quantity, 0);
}

/** A future's later row is marked against a later settlement: what was paid between belongs to the profit. */
const sinceReference = (
  before: ScenarioPosition | undefined,
  after: ScenarioPosition | undefined,
): ScenarioPosition | undefined =>
  before?.kind === 'future' && after?.kind === 'future'
    ? { ...after, referencePrice: before.referencePrice }
    : after;

/** The later position for the earlier quantity. */
function scaled(position: ScenarioPosition, was: number, is: number): ScenarioPosition {
  if (was === is || is === 0) return position;
  const by = was / is;
  if (position.kind === 'settled')
    return { ...position, quantity: was, cash: position.cash * by, shares: position.shares * by };
  if (position.kind === 'stock')
    return { ...position, quantity: was, dividendsReceived: position.dividendsReceived * by };
  return { ...position, quantity: was };
}

/** Rounds each part to cents and leaves the exact rest as the residual. */
function inWholeCents(
  split: Split,
  slices: readonly Slice[],
): {
  readonly parts: ExplainParts;
  readonly vegaBySlice: readonly SliceVega[];
  readonly vegaSmile: number;
} {
  const { parts } = split;
  const total = inCents(split.valueAfter) - inCents(split.valueBefore) - inCents(split.paid);
  const vegaBySlice = slices.map((slice, i) => ({ ...slice, vega: inCents(parts.vegaBySlice[i]!) }));
  const vegaSmile = inCents(parts.vegaSmile);
  const rounded = {
    delta: inCents(parts.delta),
    gamma: inCents(parts.gamma),
    vega: vegaBySlice.reduce((sum, { vega }) => sum + vega, vegaSmile),
    theta: inCents(parts.theta),
    vanna: inCents(parts.vanna),
    volga: inCents(parts.volga),
    carry: inCents(parts.carry),
    trades: inCents(split.trades),
    fixings: inCents(parts.fixings),
  };
  // Where all is trade, its rounding is the total's.
  const trades = split.isTrade ? total : rounded.trades;
  const named = Object.values({ ...rounded, trades }).reduce((sum, part) => sum + part, 0);
  return { parts: { ...rounded, trades, residual: total - named, total }, vegaBySlice, vegaSmile };
}

/** Changes of one position added up. */
function tradesById(trades: readonly Trade[]): ReadonlyMap<string, Trade> {
  const byId = new Map<string, Trade>();
  for (const trade of trades) {
    const known = byId.get(trade.positionId);
    byId.set(
      trade.positionId,
      known === undefined
        ? trade
        : { ...trade, quantity: known.quantity + trade.quantity, paid: known.paid + trade.paid },
    );
  }
  return byId;
}

/**
 * Where the difference of two books comes from, position by position: second-order expansion in the earlier
 * market, carry, trades, fixings, and the residual that makes the sum exact.
 *
 * @returns whole cents; at every level the parts and the residual sum to the total exactly
 *
 * Between two dates dividends paid out of the book are carry, and futures count from the earlier settlement.
 *
 * Limits: derivatives are those of the earlier book, so large moves leave a residual; that is what it says.
 * A position without value in either book is in `notValued` and in no sum.
 * Source: math §12, features K2. Proof: test/unit/quant/scenario/explain.test.ts,
 * test/property/quant/scenario.test.ts
 */
export const explain: Explain = ({ from, to, trades, slices: dates }) => {
  const slices = slicesFrom(from.asOf, dates ?? sliceDates(from));
  const compared: Compared = {
    from: marketView(from),
    to: marketView(to),
    slices,
    yearsPassed: yearsPassed(from, to),
  };
  const notValued: NotValued[] = [];
  const valued = (
    position: ScenarioPosition | undefined,
    book: ScenarioBook,
  ): Valued | null | 'not valued' => {
    if (position === undefined) return null;
    const value = valuePosition(position, book === from ? compared.from : compared.to);
    if (value.ok) return { position, value: value.value.value };
    const { positionId, label } = position;
    notValued.push({ positionId, label, reason: value.error });
    return 'not valued';
  };
  const later = new Map(to.positions.map((position) => [position.positionId, position]));
  const earlier = new Map(from.positions.map((position) => [position.positionId, position]));
  const traded = trades === 'value' ? null : tradesById(trades);
  const positions: PositionExplain[] = [];
  for (const id of new Set([...earlier.keys(), ...later.keys()])) {
    const [was, is] = [earlier.get(id), later.get(id)];
    const [before, after] = [valued(was, from), valued(sinceReference(was, is), to)];
    if (before === 'not valued' || after === 'not valued') continue;
    const trade = traded === null ? 'value' : (traded.get(id) ?? null);
    const split = splitOf(before, after, trade, compared);
    const shown = (before ?? after)!.position;
    const { positionId, symbol, label, book } = shown;
    if (typeof split === 'string') {
      notValued.push({ positionId, label, reason: split });
      continue;
    }
    const { parts, vegaBySlice, vegaSmile } = inWholeCents(split, slices);
    const family = familyOf(shown);
    const { note } = split;
    positions.push({ positionId, symbol, label, book, family, ...parts, vegaBySlice, vegaSmile, note });
  }
  positions.sort((a, b) => Math.abs(b.residual) - Math.abs(a.residual));
  return {
    from: from.asOf,
    to: to.asOf,
    total: summed(positions),
    vegaBySlice: slices.map((slice, i) => ({
      ...slice,
      vega: positions.reduce((sum, { vegaBySlice }) => sum + vegaBySlice[i]!.vega, 0),
    })),
    vegaSmile: positions.reduce((sum, { vegaSmile }) => sum + vegaSmile, 0),
    positions,
    byName: grouped(positions, ({ symbol }) => symbol),
    byFamily: grouped(positions, ({ family }) => family),
    byBook: grouped(positions, ({ book }) => book ?? ''),
    notValued,
  };
};
