import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { GreeksColumns } from '../european/black-columns.ts';
import type { GreeksTable } from '../european/ordinary-greeks.ts';
import { dollarDelta, gammaDollar1Pct, perCalendarDay, perVolPoint } from '../risk-units.ts';
import { servesVol } from './boundary-family.ts';
import { addPremium, boundaryRoom, setBoundary } from './boundary-premium.ts';
import type { BoundaryAt } from './boundary-premium.ts';
import type { ListedOptionPosition } from './book.ts';
import { cashRow, isSameRow } from './cash-rows.ts';
import type { ExpiryNodes } from './expiry-nodes.ts';
import { cannotValue, valueOption, volOfPosition } from './option-value.ts';
import type { UnitValue } from './option-value.ts';
import type { Measures } from './result.ts';
import { leastVol, logStrikeBefore, volAtStrike, volThrough } from './smile-layers.ts';

/** Measures at every node. */
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

const greeksColumns = (count: number): GreeksColumns => ({
  price: new Float64Array(count),
  deltaForward: new Float64Array(count),
  gammaForward: new Float64Array(count),
  vegaPerVol: new Float64Array(count),
  thetaPerYear: new Float64Array(count),
});

/** European options of one expiry and family added up, against the forward: turned into money once for all. */
export type ForwardSums = GreeksColumns;
export const forwardSums = greeksColumns;

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
  into: greeksColumns(count),
  boundary: boundaryRoom(),
  unit: { price: 0, deltaSpot: 0, gammaSpot: 0, vegaPerVol: 0, thetaPerYear: 0 },
});

/** Writes the option's volatility at each node to `room.vols`; a sentence where it has none. */
function writeVols(position: ListedOptionPosition, expiry: ExpiryNodes, room: OptionRoom): string | null {
  const { strike } = position;
  const { before, count, layers, moved, classOf, classes, isPlain } = expiry;
  const { growth, shift, addedVariance, factor } = expiry;
  const { vols } = room;
  const found = volOfPosition(position, before);
  if (!found.ok) return found.error;
  const own = found.value;
  const smile = volAtStrike(before, strike);
  const offset = smile === null || position.vol === null ? 0 : position.vol - smile;
  const logStrike = Math.log(strike);
  const starts = classes.map((layer) => {
    if (smile === null) return own;
    if (layer === null) return smile;
    return volAtStrike(before, Math.exp(logStrikeBefore(layer, logStrike))) ?? smile;
  });
  if (expiry.isSimple && classes.length === 1) {
    const start = starts[0]!;
    // Comparisons written out: the library's maximum also minds signs of zero and what is no number.
    for (let at = 0; at < count; at++) {
      let vol = start * growth[at]! + shift[at]!;
      vol = (vol < leastVol ? leastVol : vol) + offset;
      vols[at] = moved[at] === 0 ? own : vol < leastVol ? leastVol : vol;
    }
    return null;
  }
  for (let at = 0; at < count; at++) {
    if (moved[at] === 0) {
      vols[at] = own;
      continue;
    }
    const start = starts[classOf[at]!]!;
    if (!isPlain) {
      vols[at] = Math.max(leastVol, volThrough(layers[at]!, logStrike, start) + offset);
      continue;
    }
    let vol = Math.max(start * growth[at]! + shift[at]!, leastVol);
    const added = addedVariance[at]!;
    if (added !== 0) vol = Math.sqrt(Math.max(vol * vol + added, leastVol * leastVol));
    vols[at] = Math.max(leastVol, Math.max(vol * factor[at]!, leastVol) + offset);
  }
  return null;
}

/** What an option that has settled is worth: its payoff, with the delta of the shares it left. */
function writeSettled(position: ListedOptionPosition, expiry: ExpiryNodes, into: GreeksColumns): void {
  const { strike, optionType, delivery } = position;
  const sign = optionType === 'call' ? 1 : -1;
  for (let at = 0; at < expiry.count; at++) {
    if (expiry.settled[at] === 0) continue;
    const gain = sign * (expiry.spots[at]! - strike);
    into.price[at] = Math.max(0, gain);
    into.deltaForward[at] = gain > 0 && delivery === 'physical' ? sign : 0;
    into.gammaForward[at] = 0;
    into.vegaPerVol[at] = 0;
    into.thetaPerYear[at] = 0;
  }
}

/** Prices the option at every node as a European one, against the forward, into `room.into`. */
function writeEuropean(
  position: ListedOptionPosition,
  expiry: ExpiryNodes,
  room: OptionRoom,
  greeks: GreeksKernel,
): void {
  const { forwards, times, discountFactors, count } = expiry;
  room.signs.fill(position.optionType === 'call' ? 1 : -1);
  room.strikes.fill(position.strike);
  greeks({
    count,
    optionTypes: room.signs,
    strikes: room.strikes,
    vols: room.vols,
    into: room.into,
    forwards,
    times,
    discountFactors,
  });
  if (expiry.anySettled) writeSettled(position, expiry, room.into);
}

const beyond = (position: ListedOptionPosition): Result<never, string> =>
  fail(cannotValue(position.label, 'its value is beyond the largest number'));

/**
 * Adds a European option at every node, for the quantity held, to the sums of its expiry.
 *
 * @returns a sentence where some node cannot be valued; nothing is then added
 * Proof: test/unit/quant/scenario/grid.test.ts (every node against `revalue`)
 */
export function addEuropean(request: {
  readonly position: ListedOptionPosition;
  readonly expiry: ExpiryNodes;
  readonly greeks: GreeksKernel;
  readonly room: OptionRoom;
  readonly sums: ForwardSums;
}): Result<true, string> {
  const { position, expiry, greeks, room, sums } = request;
  const noVol = writeVols(position, expiry, room);
  if (noVol !== null) return fail(noVol);
  writeEuropean(position, expiry, room, greeks);
  const { price, deltaForward, gammaForward, vegaPerVol, thetaPerYear } = room.into;
  const { count } = expiry;
  let check = 0;
  for (let at = 0; at < count; at++) check += price[at]!;
  if (!Number.isFinite(check)) return beyond(position);
  const units = position.quantity * position.multiplier;
  const {
    price: value,
    deltaForward: delta,
    gammaForward: gamma,
    vegaPerVol: vega,
    thetaPerYear: theta,
  } = sums;
  for (let at = 0; at < count; at++) {
    value[at]! += units * price[at]!;
    delta[at]! += units * deltaForward[at]!;
    gamma[at]! += units * gammaForward[at]!;
    vega[at]! += units * vegaPerVol[at]!;
    theta[at]! += units * thetaPerYear[at]!;
  }
  return ok(true);
}

/** Sums against the forward, in money against the spot. */
export function inSpotMoney(sums: ForwardSums, expiry: ExpiryNodes, into: NodeColumns): void {
  const { spots, forwardPerSpot, rates, carries, count } = expiry;
  for (let at = 0; at < count; at++) {
    const [spot, slope] = [spots[at]!, forwardPerSpot[at]!];
    const delta = dollarDelta(sums.deltaForward[at]! * slope, spot);
    const value = sums.price[at]!;
    into.value[at] = value;
    into.deltaDollar[at] = delta;
    into.gammaDollar1Pct[at] = gammaDollar1Pct(sums.gammaForward[at]! * slope * slope, spot);
    into.vegaPerVolPoint[at] = perVolPoint(sums.vegaPerVol[at]!);
    // The forward runs to the spot by its carry while the discounting unwinds.
    into.thetaPerDay[at] = perCalendarDay(sums.thetaPerYear[at]! - carries[at]! * delta + rates[at]! * value);
  }
}

/** One unit's value into the columns, for the units held. */
function write(into: NodeColumns, at: number, units: number, spot: number, unit: UnitValue): void {
  into.value[at] = units * unit.price;
  into.deltaDollar[at] = dollarDelta(units * unit.deltaSpot, spot);
  into.gammaDollar1Pct[at] = gammaDollar1Pct(units * unit.gammaSpot, spot);
  into.vegaPerVolPoint[at] = perVolPoint(units * unit.vegaPerVol);
  into.thetaPerDay[at] = perCalendarDay(units * unit.thetaPerYear);
}

/** Below this deviation the general pricer has the payoff of the path without noise. */
const leastRowDeviation = 1e-3;

/** Writes the nodes that differ from the one at `order[from]` in the spot alone; gives where they end. */
function writeCashRow(request: AmericanRequest, from: number): number {
  const { position, expiry, order, room, into } = request;
  const { american, spots } = expiry;
  const first = american[order[from]!]!.market!;
  const vol = room.vols[order[from]!]!;
  let to = from;
  const row: number[] = [];
  for (; to < expiry.count; to++) {
    const at = order[to]!;
    const { market } = american[at]!;
    if (market === null || room.vols[at] !== vol || !isSameRow(first, market)) break;
    row.push(at);
  }
  const sign = position.optionType === 'call' ? 1 : -1;
  const units = position.quantity * position.multiplier;
  const values = cashRow(
    first,
    { sign, strike: position.strike, vol },
    row.map((at) => spots[at]!),
  );
  for (const [i, at] of row.entries()) write(into, at, units, spots[at]!, values[i]!);
  return to;
}

interface AmericanRequest {
  readonly position: ListedOptionPosition;
  readonly expiry: ExpiryNodes;
  readonly order: Int32Array;
  readonly greeks: GreeksKernel;
  readonly room: OptionRoom;
  readonly into: NodeColumns;
}

/**
 * One American option at every node, for the quantity held: the European price of the column kernel plus the
 * early-exercise premium of its family.
 *
 * @param order nodes such that neighbors share a volatility where they can
 * @returns a sentence where some node cannot be valued; `into` is then to be ignored
 * Proof: test/unit/quant/scenario/grid.test.ts (every node against `revalue`)
 */
export function writeAmerican(request: AmericanRequest): Result<true, string> {
  const { position, expiry, order, greeks, room, into } = request;
  const noVol = writeVols(position, expiry, room);
  if (noVol !== null) return fail(noVol);
  const { optionType, strike } = position;
  const sign = optionType === 'call' ? 1 : -1;
  const units = position.quantity * position.multiplier;
  const { vols, unit } = room;
  writeEuropean(position, expiry, room, greeks);
  const { price, deltaForward, gammaForward, vegaPerVol, thetaPerYear } = room.into;
  const { american, spots, forwardPerSpot, rates, carries } = expiry;
  for (let index = 0; index < expiry.count; index++) {
    const at = order[index]!;
    const spot = spots[at]!;
    const vol = vols[at]!;
    const { market, [optionType]: family } = american[at]!;
    const byFamily = typeof family === 'object' && servesVol(family, vol);
    if (
      market !== null &&
      market.dividends.length > 0 &&
      vol * Math.sqrt(market.timeToExpiry) > leastRowDeviation
    ) {
      index = writeCashRow(request, index) - 1;
      continue;
    }
    if (market !== null && (market.dividends.length > 0 || (family !== 'never' && !byFamily))) {
      const general = valueOption(market, { optionType, strike, vol });
      if (!general.ok) return fail(cannotValue(position.label, general.error));
      write(into, at, units, spot, general.value);
      continue;
    }
    const [slope, rate, carry] = [forwardPerSpot[at]!, rates[at]!, carries[at]!];
    unit.price = price[at]!;
    unit.deltaSpot = deltaForward[at]! * slope;
    unit.gammaSpot = gammaForward[at]! * slope * slope;
    unit.vegaPerVol = vegaPerVol[at]!;
    unit.thetaPerYear = thetaPerYear[at]! - carry * spot * unit.deltaSpot + rate * unit.price;
    if (byFamily) {
      setBoundary(room.boundary, family, vol);
      addPremium(unit, room.boundary, { sign, spot, strike, rate, carry, vol });
    }
    if (!Number.isFinite(unit.price)) return beyond(position);
    write(into, at, units, spot, unit);
  }
  return ok(true);
}
