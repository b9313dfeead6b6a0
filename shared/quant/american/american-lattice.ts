/**
 * Cash dividends in one explicit pass: the value on an even grid in the log of the underlier that drifts
 * with it, so that a step of time is a mean under five fixed weights which match the first five moments of
 * the normal law. Errors fall with the fourth power of the node's distance; kinks are smoothed to keep that.
 *
 * Exercise that is due between ex-dates too is not taken step by step but as the income it brings from then
 * on, beyond a boundary placed between the nodes: rate on the strike for a put, yield for a call. What is left
 * is the beginning of the boundary, an error that falls evenly; two spacings are extrapolated.
 *
 * Source: Kreiss, Thomée and Widlund (1970) for the kinks; Kim (1990), RFS 3, for exercise as income. math §4.
 * Proof:  test/reference/quant/american.test.ts (71 cash-dividend cases),
 *         test/property/quant/american-lattice.test.ts (against finite differences)
 */
import { escrowAt, exercisedBetween, latticeLayout } from './american-lattice-layout.ts';
import type { Layout, LatticeSize } from './american-lattice-layout.ts';
import type { GridOption, GridValue } from './american-grid.ts';
import { smoothedStep, smoothKink } from './american-kink.ts';

/** The error of a boundary between nodes falls with about this power of the spacing. */
const boundaryOrder = 2.75;
/** Share of a step's income by which value and exercise differ at the boundary: half of a half. */
const atBoundary = 0.25;
/** Nodes on the exercised side of the boundary that a step computes; beyond them exercise is certain. */
const beyond = 8;
const kept = 4;

/** With half the spacing too: what is left of an error that falls evenly is taken out. */
export function extrapolatedLatticeValue(option: GridOption, size: LatticeSize): GridValue {
  const coarse = latticeValue(option, size);
  const fine = latticeValue(option, { ...size, spacing: 0.5 * size.spacing });
  const { sign, spot, strike } = option;
  const intrinsic = sign * (spot - strike);
  if (fine.price === intrinsic) return fine;
  const limit = (name: keyof GridValue): number =>
    fine[name] + (fine[name] - coarse[name]) / (2 ** boundaryOrder - 1);
  return {
    price: Math.max(limit('price'), intrinsic),
    deltaSpot: limit('deltaSpot'),
    gammaSpot: limit('gammaSpot'),
    thetaPerYear: limit('thetaPerYear'),
  };
}

/** Value and greeks at the spot. */
export function latticeValue(option: GridOption, size: LatticeSize): GridValue {
  const { spot, strike, timeToExpiry, vol, rate, dividendYield, sign } = option;
  const layout = latticeLayout(option, size);
  const { underlier, stride, center, direction } = layout;
  const lattice = createLattice(option, size, layout);
  lattice.setPayoff();
  const { dividends } = option;
  for (let i = dividends.length - 1; i >= 0; i--) {
    const { timeToExDate, amount } = dividends[i]!;
    if (timeToExDate === timeToExpiry) continue;
    lattice.marchTo(timeToExDate);
    lattice.crossExDate(amount);
  }
  lattice.marchTo(0);
  const v = lattice.values;
  const value = v[center]!;
  const intrinsic = sign * (spot - strike);
  if (option.american && (value <= intrinsic + 1e-12 * strike || lattice.isExercised(center)))
    return { price: intrinsic, deltaSpot: sign, gammaSpot: 0, thetaPerYear: 0 };
  const near = v[center + 1]! - v[center - 1]!;
  const slope = (direction * (8 * near - (v[center + 2]! - v[center - 2]!))) / (12 * stride);
  const ring = v[center + 1]! + v[center - 1]!;
  const curvature = (16 * ring - (v[center + 2]! + v[center - 2]!) - 30 * value) / (12 * stride * stride);
  const delta = slope / underlier;
  const gamma = (curvature - slope) / (underlier * underlier);
  const drift = (rate - dividendYield) * underlier * delta;
  const escrow = spot - underlier;
  return {
    price: value,
    deltaSpot: delta,
    gammaSpot: gamma,
    thetaPerYear:
      rate * value - drift - 0.5 * vol * vol * underlier * underlier * gamma - rate * escrow * delta,
  };
}

/** Room for the nodes, kept between calls; every value read is written before. */
let values = new Float64Array(0);
let scratch = new Float64Array(0);
let bases = new Float64Array(0);

/** Nodes run from where exercise is due, low underliers for a put and high ones for a call, to where it is not. */
function createLattice(option: GridOption, size: LatticeSize, layout: Layout) {
  const { sign, strike, vol, rate, dividendYield, american, timeToExpiry, dividends } = option;
  const { underlier, stride, center, count, direction } = layout;
  const escrowed = option.dividendModel === 'escrowed';
  const between = exercisedBetween(option);
  const variance = vol * vol;
  const drift = rate - dividendYield - 0.5 * variance;
  const ratio = Math.exp(direction * stride);
  if (values.length < count) {
    values = new Float64Array(count);
    scratch = new Float64Array(count);
    bases = new Float64Array(count);
  }
  const v = values;
  const base = bases;
  for (let j = 0; j < count; j++) base[j] = underlier * Math.exp(direction * (j - center) * stride);
  let time = timeToExpiry;
  /** Ends of the nodes that hold values. */
  let low = 0;
  let high = 0;
  /** Nodes that the dividends paid before the present stretch add at either end. */
  let extraLow = 0;
  let extraHigh = 0;
  /** Place of the boundary between the nodes; −1 where exercise is not due at all. */
  let edge = -1;

  function setReach(until: number): void {
    const extra = layout.extraBefore(until);
    extraLow = direction > 0 ? extra : 0;
    extraHigh = direction > 0 ? 0 : extra;
  }

  const placeOf = (level: number, growth: number): number =>
    center + (direction * Math.log(level / (underlier * growth))) / stride;
  /** What exercise now brings a year: the yield of the stock and the rate on the strike change sides. */
  const incomeAt = (spot: number): number => sign * (dividendYield * spot - rate * strike);

  /** Exercise that is due just now goes on being due where it brings an income too. */
  function edgeFrom(place: number, growth: number): number {
    const level = (rate * strike) / dividendYield;
    return dividendYield > 0 ? Math.min(place, placeOf(level, growth)) : place;
  }

  function addIncome(weight: number, growth: number, from: number): void {
    if (edge < 0) return;
    const to = Math.min(high, Math.floor(edge) + 3);
    for (let j = from; j <= to; j++)
      v[j] = v[j]! + weight * incomeAt(base[j]! * growth) * smoothedStep(edge - j);
  }

  /** Nodes from `from` on before `to` become exercise, and its income for a time. */
  function setExercised(from: number, to: number, growth: number, reduced: number, weight: number): void {
    for (let j = from; j < to; j++) {
      const spot = base[j]! * growth;
      v[j] = sign * (spot - reduced) + weight * incomeAt(spot);
    }
  }

  /** First node from `from` on where holding is worth more, by a share of the income; and the place before it. */
  function findEdge(from: number, growth: number, reduced: number, weight: number): number {
    const excess = (j: number): number => {
      const spot = base[j]! * growth;
      return v[j]! - sign * (spot - reduced) + weight * incomeAt(spot);
    };
    let j = from;
    let above = excess(j);
    if (above >= 0) return from > low ? from : -1;
    let under = above;
    while (above < 0 && j < high) {
      under = above;
      above = excess(++j);
    }
    if (j - 2 < low || j + 1 > high) return j - 0.5;
    return j - 1 + rootOf(excess(j - 2), under, above, excess(j + 1)).share;
  }

  /** Exercise of a call in the moment before an ex-date, with a kink where it begins. */
  function exerciseBefore(reduced: number, growth: number): number {
    const gain = (j: number): number => base[j]! * growth - reduced - v[j]!;
    let j = low;
    while (j <= high && gain(j) > 0) j++;
    if (j === low) return -1;
    const first = j - 1;
    if (first < low + 1 || j + 1 > high) {
      for (let i = low; i < j; i++) v[i] = base[i]! * growth - reduced;
      return first + 0.5;
    }
    const { share, slope, second, third } = rootOf(gain(first - 1), gain(first), gain(j), gain(j + 1));
    for (let i = low; i < j; i++) v[i] = base[i]! * growth - reduced;
    smoothKink(v, first + share, -1, -slope, second, -third);
    return first + share;
  }

  return {
    values: v,
    isExercised: (node: number): boolean => edge >= node,

    /** A dividend at expiry falls before the payoff, and exercise is possible before it. */
    setPayoff(): void {
      const last = dividends.reduce(
        (sum, { timeToExDate, amount }) => (timeToExDate === timeToExpiry ? sum + amount : sum),
        0,
      );
      const calls = american && sign > 0;
      const kink = strike + (escrowed ? (calls ? -last : 0) : calls ? 0 : last);
      const growth = Math.exp(drift * timeToExpiry);
      setReach(timeToExpiry);
      low = center - layout.wideAt(timeToExpiry) - extraLow;
      high = center + layout.wideAt(timeToExpiry) + extraHigh;
      for (let j = low; j <= high; j++) v[j] = Math.max(sign * (base[j]! * growth - kink), 0);
      const place = placeOf(kink, growth);
      // kink·(e^(y·stride) − 1) in powers of y
      const slope = kink * stride;
      if (place > low + 3 && place < high - 3)
        smoothKink(v, place, direction, slope, slope * stride, slope * stride * stride);
      if (sign < 0 && kink > strike) for (let j = low; j <= high; j++) v[j] = Math.min(v[j]!, strike);
      const isPaid = last > 0 && sign < 0;
      edge = between && !isPaid ? edgeFrom(place, growth) : -1;
    },

    /** Steps back to an earlier time, just after whatever happens then. */
    marchTo(to: number): void {
      const length = time - to;
      if (length <= 0) return;
      const whole = (variance * length) / (stride * stride);
      const steps = Math.max(1, Math.ceil(whole / size.mostVariance));
      const share = whole / steps;
      const step = length / steps;
      const discount = Math.exp(-rate * step);
      const far = (discount * share * (3 * share - 1)) / 24;
      const near = (discount * share * (4 / 3 - share)) / 2;
      const middle = discount - 2 * (near + far);
      const growthOfStep = Math.exp(-drift * step);
      let growth = Math.exp(drift * time);
      if (between) {
        edge = Math.min(edge, high);
        addIncome(0.5 * step, growth, low);
      }
      for (let k = 1; k <= steps; k++) {
        const at = k === steps ? to : time - k * step;
        growth *= growthOfStep;
        // beyond the ends the value is a straight line in the underlier
        const fall = (v[low + 1]! - v[low]!) / ratio;
        v[low - 1] = v[low]! - fall;
        v[low - 2] = v[low]! - fall - fall / ratio;
        const rise = (v[high]! - v[high - 1]!) * ratio;
        v[high + 1] = v[high]! + rise;
        v[high + 2] = v[high]! + rise + rise * ratio;
        const wide = layout.wideAt(at);
        low = Math.max(low, center - wide - extraLow);
        high = Math.min(high, center + wide + extraHigh);
        const start = Math.max(low, Math.floor(edge) - beyond);
        let a = v[start - 2]!;
        let b = v[start - 1]!;
        let c = v[start]!;
        let d = v[start + 1]!;
        for (let j = start; j <= high; j++) {
          const e = v[j + 2]!;
          v[j] = middle * c + near * (b + d) + far * (a + e);
          a = b;
          b = c;
          c = d;
          d = e;
        }
        if (!between) continue;
        const reduced = strike - escrowAt(option, at, false);
        const begins = edge < low;
        const income = k === steps ? 0 : 0.5 * step;
        edge = findEdge(start, growth, reduced, begins ? 0 : atBoundary * step);
        if (edge < 0) continue;
        const certain = Math.floor(edge) + (begins ? 1 : -kept);
        if (begins) setExercised(low, certain, growth, reduced, 0);
        addIncome(begins ? income : income + 0.5 * step, growth, begins ? low : Math.max(start, certain));
        const from = k === steps ? low : Math.max(low, Math.floor(edge) - beyond - 3);
        if (!begins) setExercised(from, certain, growth, reduced, income);
      }
      time = to;
    },

    /** Value just before an ex-date: that of the underlier less the dividend, or of exercise. */
    crossExDate(amount: number): void {
      const growth = Math.exp(drift * time);
      edge = -1;
      if (!escrowed) {
        const left = Math.exp(-rate * (timeToExpiry - time));
        const worthless = sign > 0 ? 0 : strike * (american ? 1 : left);
        const last = direction > 0 ? low : high;
        const lowest = base[last]! * growth;
        for (let j = low; j <= high; j++) {
          const rest = base[j]! * growth - amount;
          if (rest <= 0) scratch[j] = worthless;
          else if (rest < lowest) scratch[j] = worthless + ((v[last]! - worthless) * rest) / lowest;
          else scratch[j] = interpolated(v, low, high, placeOf(rest, growth));
        }
        for (let j = low; j <= high; j++) v[j] = scratch[j]!;
        setReach(time);
        low = Math.max(low, center - layout.wideAt(time) - extraLow);
        high = Math.min(high, center + layout.wideAt(time) + extraHigh);
      }
      if (!american || sign < 0) return;
      const place = exerciseBefore(strike - escrowAt(option, time, true), growth);
      if (between && place >= 0) edge = edgeFrom(place, growth);
    },
  };
}

/** Where the cubic through four even points falls to 0 between the middle two, and its derivatives there. */
function rootOf(before: number, from: number, to: number, after: number) {
  const square = 0.5 * (before - 2 * from + to);
  const cube = (after - before + 3 * (from - to)) / 6;
  const line = to - from - square - cube;
  const straight = from / (from - to);
  let share = straight;
  for (let round = 0; round < 3; round++) {
    const miss = from + share * (line + share * (square + share * cube));
    share -= miss / (line + share * (2 * square + 3 * share * cube));
  }
  if (!(share >= 0 && share <= 1)) share = straight;
  const slope = line + share * (2 * square + 3 * share * cube);
  return { share, slope, second: 2 * square + 6 * share * cube, third: 6 * cube };
}

/** Through the six nodes around a place between them. */
function interpolated(v: Float64Array, low: number, high: number, at: number): number {
  const index = Math.min(Math.max(Math.floor(at), low + 2), high - 3);
  const u = at - index;
  const outer = (u + 1) * u * (u - 1) * (u - 2);
  const [p2, p1, m1, m2, m3] = [u + 2, u + 1, u - 1, u - 2, u - 3];
  return (
    (outer * (p2 * v[index + 3]! - m3 * v[index - 2]!)) / 120 +
    (u * m1 * p2 * m3 * (m2 * v[index - 1]! - p1 * v[index + 2]!)) / 24 +
    (p1 * m2 * p2 * m3 * (u * v[index + 1]! - m1 * v[index]!)) / 12
  );
}
