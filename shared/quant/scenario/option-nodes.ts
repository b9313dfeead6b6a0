import type { IsoDate } from '../../dates.ts';
import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { GreeksColumns } from '../european/black-columns.ts';
import type { GreeksTable } from '../european/ordinary-greeks.ts';
import { dollarDelta, gammaDollar1Pct, perCalendarDay, perVolPoint } from '../risk-units.ts';
import { boundaryFamily, familyTerms, servesVol } from './boundary-family.ts';
import type { Exercising } from './boundary-family.ts';
import { addPremium, boundaryRoom, setBoundary } from './boundary-premium.ts';
import type { BoundaryAt } from './boundary-premium.ts';
import type { ExpiryMarket, ListedOptionPosition, NameMarket } from './book.ts';
import { cannotValue, optionMarket, valueOption, volOfPosition } from './option-value.ts';
import type { OptionMarket, UnitValue } from './option-value.ts';
import type { Measures } from './result.ts';
import { settledOption } from './roll.ts';
import { leastVol, logStrikeBefore, volAtStrike, volThrough } from './smile-layers.ts';
import type { SmileLayer } from './smile-layers.ts';

/** Measures of one position at every node. */
export type NodeColumns = { readonly [Member in keyof Measures]: Float64Array };

export const nodeColumns = (count: number): NodeColumns => ({
  value: new Float64Array(count),
  deltaDollar: new Float64Array(count),
  gammaDollar1Pct: new Float64Array(count),
  vegaPerVolPoint: new Float64Array(count),
  thetaPerDay: new Float64Array(count),
});

/** The kernel that prices columns: of the core, or WebAssembly lanes in its place. */
export type GreeksKernel = (table: GreeksTable) => void;

/** One node of an expiry: its market there, or null once it has settled. */
interface ExpiryNode {
  readonly spot: number;
  readonly market: OptionMarket | null;
  /** The newest layer; null where nothing moves the smile. */
  readonly layer: SmileLayer | null;
  /** Nodes of one class take a strike's volatility from the same strike of the smile before. */
  readonly smileClass: number;
  readonly put: Exercising | null;
  readonly call: Exercising | null;
}

/** All nodes of one expiry, laid out for its options. */
export interface ExpiryNodes {
  readonly before: ExpiryMarket;
  readonly nodes: readonly ExpiryNode[];
  readonly classes: readonly (SmileLayer | null)[];
  readonly forwards: Float64Array;
  readonly times: Float64Array;
  readonly discountFactors: Float64Array;
  /** No tilt and no moved surface anywhere: volatilities follow from the columns below. */
  readonly isPlain: boolean;
  readonly growth: Float64Array;
  readonly shift: Float64Array;
  readonly addedVariance: Float64Array;
  readonly factor: Float64Array;
  readonly american: boolean;
  /** Cash dividends, which take the general pricer. */
  readonly cash: boolean;
}

/**
 * An expiry over all nodes.
 *
 * @param after the name's market at each node, with the day it stands on
 */
export function expiryNodes(
  before: ExpiryMarket,
  after: readonly { readonly asOf: IsoDate; readonly name: NameMarket }[],
): ExpiryNodes {
  const count = after.length;
  const families = new Map<string, Exercising>();
  const classes: (SmileLayer | null)[] = [];
  const classKeys = new Map<string, number>();
  const columns = (): Float64Array => new Float64Array(count);
  const [forwards, times, discountFactors] = [columns(), columns(), columns()];
  const [growth, shift, addedVariance, factor] = [columns(), columns(), columns(), columns()];
  const familyAt = (sign: number, market: OptionMarket): Exercising => {
    const { rate, dividendYield } = familyTerms(sign, market);
    const key = `${rate}|${dividendYield}|${market.timeToExpiry}`;
    const known = families.get(key);
    if (known !== undefined) return known;
    const made = boundaryFamily(sign, market);
    families.set(key, made);
    return made;
  };
  let isPlain = true;
  let [american, cash] = [false, false];
  const nodes = after.map(({ asOf, name }, at): ExpiryNode => {
    const expiry = name.expiries.find(({ key }) => key === before.key);
    if (expiry === undefined) {
      factor[at] = 1;
      growth[at] = 1;
      forwards[at] = name.spot;
      discountFactors[at] = 1;
      return { spot: name.spot, market: null, layer: null, smileClass: -1, put: null, call: null };
    }
    const market = optionMarket(asOf, name, expiry);
    const layer = expiry.layers.length > before.layers.length ? expiry.layers.at(-1)! : null;
    forwards[at] = market.forward;
    times[at] = market.timeToExpiry;
    discountFactors[at] = market.discountFactor;
    growth[at] = 1 + (layer?.relative ?? 0);
    shift[at] = layer?.shift ?? 0;
    addedVariance[at] = layer?.addedVariance ?? 0;
    factor[at] = layer?.factor ?? 1;
    if (layer !== null && (layer.tilt !== 0 || layer.surface !== null)) isPlain = false;
    const classKey =
      layer === null || layer.stickiness === 1
        ? 'strike'
        : `${layer.stickiness}|${layer.forwardAfter}|${layer.timeAfter}`;
    let smileClass = classKeys.get(classKey);
    if (smileClass === undefined) {
      smileClass = classes.length;
      classKeys.set(classKey, smileClass);
      classes.push(layer);
    }
    const isAmerican = market.exercise === 'american';
    if (isAmerican) american = true;
    if (isAmerican && market.dividends.length > 0) cash = true;
    return {
      spot: name.spot,
      market,
      layer,
      smileClass,
      put: isAmerican ? familyAt(-1, market) : null,
      call: isAmerican ? familyAt(1, market) : null,
    };
  });
  return {
    before,
    nodes,
    classes,
    forwards,
    times,
    discountFactors,
    isPlain,
    growth,
    shift,
    addedVariance,
    factor,
    american,
    cash,
  };
}

const noValue: UnitValue = { price: 0, deltaSpot: 0, gammaSpot: 0, vegaPerVol: 0, thetaPerYear: 0 };

/** Room for one option's nodes, used again for the next. */
export interface OptionRoom {
  readonly signs: Int8Array;
  readonly strikes: Float64Array;
  readonly vols: Float64Array;
  readonly into: GreeksColumns;
  readonly boundary: BoundaryAt;
  readonly unit: { -readonly [Member in keyof UnitValue]: number };
}

export const optionRoom = (count: number): OptionRoom => ({
  signs: new Int8Array(count),
  strikes: new Float64Array(count),
  vols: new Float64Array(count),
  into: {
    price: new Float64Array(count),
    deltaForward: new Float64Array(count),
    gammaForward: new Float64Array(count),
    vegaPerVol: new Float64Array(count),
    thetaPerYear: new Float64Array(count),
  },
  boundary: boundaryRoom(),
  unit: { ...noValue },
});

/** Writes the option's volatility at each node to `room.vols`; a sentence where it has none. */
function writeVols(position: ListedOptionPosition, expiry: ExpiryNodes, room: OptionRoom): string | null {
  const { strike } = position;
  const { before, nodes, classes, isPlain, growth, shift, addedVariance, factor } = expiry;
  const own = volOfPosition(position, before);
  if (!own.ok) return own.error;
  const smile = volAtStrike(before, strike);
  const offset = smile === null || position.vol === null ? 0 : position.vol - smile;
  const logStrike = Math.log(strike);
  const starts = classes.map((layer) => {
    if (smile === null) return own.value;
    if (layer === null || layer.stickiness === 1) return smile;
    return volAtStrike(before, Math.exp(logStrikeBefore(layer, logStrike))) ?? smile;
  });
  for (let at = 0; at < nodes.length; at++) {
    const { layer, smileClass } = nodes[at]!;
    if (layer === null) {
      room.vols[at] = own.value;
      continue;
    }
    const start = starts[smileClass]!;
    if (!isPlain) {
      room.vols[at] = Math.max(leastVol, volThrough(layer, logStrike, start) + offset);
      continue;
    }
    let vol = Math.max(start * growth[at]! + shift[at]!, leastVol);
    const added = addedVariance[at]!;
    if (added !== 0) vol = Math.sqrt(Math.max(vol * vol + added, leastVol * leastVol));
    room.vols[at] = Math.max(leastVol, Math.max(vol * factor[at]!, leastVol) + offset);
  }
  return null;
}

/** One unit's value into the columns, for the units held. */
function write(into: NodeColumns, at: number, units: number, spot: number, unit: UnitValue): void {
  into.value[at] = units * unit.price;
  into.deltaDollar[at] = dollarDelta(units * unit.deltaSpot, spot);
  into.gammaDollar1Pct[at] = gammaDollar1Pct(units * unit.gammaSpot, spot);
  into.vegaPerVolPoint[at] = perVolPoint(units * unit.vegaPerVol);
  into.thetaPerDay[at] = perCalendarDay(units * unit.thetaPerYear);
}

/**
 * One option at every node, for the quantity held: full pricing, European by the column kernel, American by
 * it plus the early-exercise premium of its family.
 *
 * @param order nodes such that neighbors share a volatility where they can
 * @returns a sentence where some node cannot be valued; `into` is then to be ignored
 *
 * Proof: test/unit/quant/scenario/grid.test.ts (every node against `revalue`)
 */
export function valueOptionNodes(request: {
  readonly position: ListedOptionPosition;
  readonly expiry: ExpiryNodes;
  readonly order: Int32Array;
  readonly greeks: GreeksKernel;
  readonly room: OptionRoom;
  readonly into: NodeColumns;
}): Result<true, string> {
  const { position, expiry, order, greeks, room, into } = request;
  const { nodes } = expiry;
  const count = nodes.length;
  const noVol = writeVols(position, expiry, room);
  if (noVol !== null) return fail(noVol);
  const { optionType, strike, quantity, multiplier } = position;
  const sign = optionType === 'call' ? 1 : -1;
  const units = quantity * multiplier;
  const { vols } = room;
  if (!expiry.cash) {
    room.signs.fill(sign);
    room.strikes.fill(strike);
    const { forwards, times, discountFactors } = expiry;
    const table = { count, optionTypes: room.signs, strikes: room.strikes, vols, into: room.into };
    greeks({ ...table, forwards, times, discountFactors });
  }
  const { price, deltaForward, gammaForward, vegaPerVol, thetaPerYear } = room.into;
  for (let index = 0; index < count; index++) {
    const at = order[index]!;
    const { spot, market, put, call } = nodes[at]!;
    if (market === null) {
      const settled = settledOption(position, spot, '');
      write(into, at, 1, spot, {
        ...noValue,
        price: settled.cash + settled.shares * spot,
        deltaSpot: settled.shares,
      });
      continue;
    }
    const vol = vols[at]!;
    const family = sign < 0 ? put : call;
    const general =
      expiry.cash || family === 'other' || (family !== null && family !== 'never' && !servesVol(family, vol));
    if (general) {
      const unit = valueOption(market, { optionType, strike, vol });
      if (!unit.ok) return fail(cannotValue(position.label, unit.error));
      write(into, at, units, spot, unit.value);
      continue;
    }
    const { forwardPerSpot, rate, dividendYield } = market;
    const carry = rate - dividendYield;
    const { unit } = room;
    unit.price = price[at]!;
    unit.deltaSpot = deltaForward[at]! * forwardPerSpot;
    unit.gammaSpot = gammaForward[at]! * forwardPerSpot * forwardPerSpot;
    unit.vegaPerVol = vegaPerVol[at]!;
    unit.thetaPerYear = thetaPerYear[at]! - carry * spot * unit.deltaSpot + rate * unit.price;
    if (family !== null && family !== 'never') {
      setBoundary(room.boundary, family, vol);
      addPremium(unit, room.boundary, { sign, spot, strike, rate, carry, vol });
    }
    write(into, at, units, spot, unit);
    if (!Number.isFinite(unit.price))
      return fail(cannotValue(position.label, 'its value is beyond the largest number'));
  }
  return ok(true);
}
