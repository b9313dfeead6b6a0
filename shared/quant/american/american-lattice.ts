/**
 * Cash dividends in one explicit pass: the value on an even grid in the log of the underlier that drifts
 * with it, so that a step of time is a mean under five fixed weights which match the first five moments of
 * the normal law. Errors fall with the fourth power of the node's distance; kinks are smoothed to keep that.
 *
 * Exercise that is due between ex-dates too is taken at every step; two counts of steps, one twice the
 * other, are extrapolated to exercise at any time.
 *
 * Source: Kreiss, Thomée and Widlund (1970) for the kinks; Geske and Johnson (1984), J. Finance 39, for the
 *         extrapolation. math §4.
 * Proof:  test/reference/quant/american.test.ts (71 cash-dividend cases),
 *         test/property/quant/american-lattice.test.ts (against finite differences)
 */
import type { GridOption, GridValue } from './american-grid.ts';
import { smoothKink } from './american-kink.ts';

export interface LatticeSize {
  /** Distance of two nodes, in deviations of the whole life. */
  readonly spacing: number;
  /** Most variance of a step, in squares of a node's distance; ⅓ … 1 keeps every weight positive. */
  readonly mostVariance: number;
  /** Steps between two events are a multiple of this. */
  readonly multiple: number;
  /** The volatility that sets the nodes, so that a bumped option stays on them. */
  readonly reachVol: number;
}

/** Deviations of the underlier, from now to each moment, that the grid reaches. */
const reachInDeviations = 5.5;
/** Deviations of the whole life above which the nodes move no further apart. */
const widestSpacing = 0.8;
/** Exercise that would earn no more than this share of the strike is never due: rounding would decide it. */
const leastIncome = 1e-9;
/** Nodes beyond the reach: what the greeks at the spot need. */
const margin = 2;
/** Dividends so large that they reach over more nodes are left to finite differences. */
const mostNodes = 1500;
/** Nodes below the boundary of exercise whose values the next step reads. */
const kept = 5;
/** The spot never falls below this share of itself by its dividends, for the reach. */
const leastRest = 0.2;

/** Whether exercise is due, where it is due, on one side of one boundary, so that the lattice may be used. */
export function latticeSuits(option: GridOption, size: LatticeSize): boolean {
  const { rate, dividendYield, american } = option;
  return (!american || (rate >= 0 && dividendYield >= 0)) && layoutOf(option, size).count <= mostNodes;
}

/** Whether exercise may be worth it between ex-dates: then the lattice is to be extrapolated. */
export function exercisedBetween(option: GridOption): boolean {
  const { american, sign, rate, dividendYield, timeToExpiry } = option;
  return american && (sign < 0 ? rate : dividendYield) * timeToExpiry > leastIncome;
}

/** With steps of full and of half length: what exercise gains by being free in time falls with the step. */
export function extrapolatedLatticeValue(option: GridOption, size: LatticeSize): GridValue {
  const coarse = latticeValue(option, size);
  const fine = latticeValue(option, { ...size, mostVariance: 0.5 * size.mostVariance, multiple: 2 });
  const limit = (name: keyof GridValue): number => 2 * fine[name] - coarse[name];
  const { sign, spot, strike } = option;
  return {
    price: Math.max(limit('price'), sign * (spot - strike)),
    deltaSpot: limit('deltaSpot'),
    gammaSpot: limit('gammaSpot'),
    thetaPerYear: limit('thetaPerYear'),
  };
}

interface Layout {
  readonly underlier: number;
  readonly stride: number;
  /** Index of the node at the underlier now, and how many there are. */
  readonly center: number;
  readonly count: number;
}

function layoutOf(option: GridOption, size: LatticeSize): Layout {
  const { spot, timeToExpiry, dividends, dividendModel } = option;
  const deviation = size.reachVol * Math.sqrt(timeToExpiry);
  const stride = Math.min(size.spacing * deviation, widestSpacing * size.spacing);
  const escrowed = dividendModel === 'escrowed';
  const paid = escrowed ? 0 : dividends.reduce((sum, { amount }) => sum + amount, 0);
  const wide = Math.ceil((reachInDeviations * deviation) / stride) + margin;
  const low = wide + Math.ceil(extraReach(paid, spot) / stride);
  return {
    underlier: escrowed ? spot - escrowAt(option, 0, false) : spot,
    stride,
    center: low + margin,
    count: low + wide + 1 + 2 * margin,
  };
}

const extraReach = (paid: number, spot: number): number => -Math.log(Math.max(1 - paid / spot, leastRest));

/** What the dividends of the escrowed model still to come are worth at a time, one due then with or without. */
function escrowAt(option: GridOption, time: number, withDue: boolean): number {
  if (option.dividendModel !== 'escrowed') return 0;
  let sum = 0;
  for (const { timeToExDate, amount } of option.dividends)
    if (timeToExDate > time || (withDue && timeToExDate === time))
      sum += amount * Math.exp(-option.rate * (timeToExDate - time));
  return sum;
}

/** Value and greeks at the spot. */
export function latticeValue(option: GridOption, size: LatticeSize): GridValue {
  const { spot, strike, timeToExpiry, vol, rate, dividendYield, sign } = option;
  const layout = layoutOf(option, size);
  const { underlier, stride, center } = layout;
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
  if (option.american && value <= intrinsic + 1e-12 * strike)
    return { price: intrinsic, deltaSpot: sign, gammaSpot: 0, thetaPerYear: 0 };
  const near = v[center + 1]! - v[center - 1]!;
  const slope = (8 * near - (v[center + 2]! - v[center - 2]!)) / (12 * stride);
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

function createLattice(option: GridOption, size: LatticeSize, layout: Layout) {
  const { sign, strike, vol, rate, dividendYield, american, timeToExpiry, spot, dividends } = option;
  const { underlier, stride, center, count } = layout;
  const escrowed = option.dividendModel === 'escrowed';
  const between = exercisedBetween(option);
  const variance = vol * vol;
  const drift = rate - dividendYield - 0.5 * variance;
  const down = Math.exp(-stride);
  const up = 1 / down;
  if (values.length < count) {
    values = new Float64Array(count);
    scratch = new Float64Array(count);
    bases = new Float64Array(count);
  }
  const v = values;
  const base = bases;
  for (let j = 0; j < count; j++) base[j] = underlier * Math.exp((j - center) * stride);
  let time = timeToExpiry;
  /** Ends of the nodes that hold values, and the last exercised one of a put. */
  let low = 0;
  let high = 0;
  let exercised = 0;
  let extraNodes = 0;

  const wideAt = (at: number): number =>
    Math.ceil((reachInDeviations * size.reachVol * Math.sqrt(at)) / stride) + margin;

  /** Dividends paid before a stretch that ends at `until` widen the grid downward. */
  function setExtra(until: number): void {
    let paid = 0;
    if (!escrowed)
      for (const dividend of dividends) if (dividend.timeToExDate < until) paid += dividend.amount;
    extraNodes = Math.ceil(extraReach(paid, spot) / stride);
  }

  /** A put's exercised nodes lie below all others, a call's above. */
  function exercise(reduced: number, growth: number, start: number): void {
    if (sign < 0) {
      let j = start;
      for (; j <= high; j++) {
        const gain = reduced - base[j]! * growth;
        if (gain < v[j]!) break;
        v[j] = gain;
      }
      exercised = j - 1;
      for (j = Math.max(low, exercised - kept); j < start; j++) v[j] = reduced - base[j]! * growth;
    } else {
      for (let j = high; j >= low; j--) {
        const gain = base[j]! * growth - reduced;
        if (gain < v[j]!) break;
        v[j] = gain;
      }
    }
  }

  /** Exercise of a call in the moment before an ex-date, with a kink where it begins. */
  function exerciseBefore(reduced: number, growth: number): void {
    const gain = (j: number): number => base[j]! * growth - reduced - v[j]!;
    let j = high;
    while (j >= low && gain(j) > 0) j--;
    if (j === high || j < low + 2 || j > high - 3) {
      exercise(reduced, growth, low);
      return;
    }
    const [before, from, to, after] = [gain(j - 1), gain(j), gain(j + 1), gain(j + 2)];
    const second = 0.5 * (before - 2 * from + to);
    const third = (after - before + 3 * (from - to)) / 6;
    const first = to - from - second - third;
    let share = from / (from - to);
    for (let round = 0; round < 3; round++) {
      const miss = from + share * (first + share * (second + share * third));
      share -= miss / (first + share * (2 * second + 3 * share * third));
    }
    if (!(share >= 0 && share <= 1)) share = from / (from - to);
    for (let i = j + 1; i <= high; i++) v[i] = base[i]! * growth - reduced;
    const slope = first + share * (2 * second + 3 * share * third);
    smoothKink(v, j + share, 1, slope, 2 * second + 6 * share * third, 6 * third);
  }

  return {
    values: v,

    /** A dividend at expiry falls before the payoff, and exercise is possible before it. */
    setPayoff(): void {
      const last = dividends.reduce(
        (sum, { timeToExDate, amount }) => (timeToExDate === timeToExpiry ? sum + amount : sum),
        0,
      );
      const calls = american && sign > 0;
      const kink = strike + (escrowed ? (calls ? -last : 0) : calls ? 0 : last);
      const growth = Math.exp(drift * timeToExpiry);
      setExtra(timeToExpiry);
      low = Math.max(center - wideAt(timeToExpiry) - extraNodes, margin);
      high = center + wideAt(timeToExpiry);
      exercised = low - 1;
      for (let j = low; j <= high; j++) v[j] = Math.max(sign * (base[j]! * growth - kink), 0);
      const at = center + Math.log(kink / (underlier * growth)) / stride;
      // kink·(e^(y·stride) − 1) in powers of y
      const slope = kink * stride;
      if (at > low + 3 && at < high - 3) {
        smoothKink(v, at, 1, slope, slope * stride, slope * stride * stride);
      }
      if (sign < 0 && kink > strike) for (let j = low; j <= high; j++) v[j] = Math.min(v[j]!, strike);
    },

    /** Steps back to an earlier time, just after whatever happens then. */
    marchTo(to: number): void {
      const length = time - to;
      if (length <= 0) return;
      const whole = (variance * length) / (stride * stride);
      const steps = size.multiple * Math.max(1, Math.ceil(whole / (size.mostVariance * size.multiple)));
      const share = whole / steps;
      const step = length / steps;
      const discount = Math.exp(-rate * step);
      const far = (discount * share * (3 * share - 1)) / 24;
      const near = (discount * share * (4 / 3 - share)) / 2;
      const middle = discount - 2 * (near + far);
      const growthOfStep = Math.exp(-drift * step);
      let growth = Math.exp(drift * time);
      for (let k = 1; k <= steps; k++) {
        const at = k === steps ? to : time - k * step;
        growth *= growthOfStep;
        // beyond the ends the value is a straight line in the underlier
        const fall = (v[low + 1]! - v[low]!) * down;
        v[low - 1] = v[low]! - fall;
        v[low - 2] = v[low]! - fall - fall * down;
        const rise = (v[high]! - v[high - 1]!) * up;
        v[high + 1] = v[high]! + rise;
        v[high + 2] = v[high]! + rise + rise * up;
        const wide = wideAt(at);
        low = Math.max(low, center - wide - extraNodes);
        high = Math.min(high, center + wide);
        // where all five nodes were exercised, exercise is due again
        const start = between && sign < 0 ? Math.max(low, exercised - 1) : low;
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
        if (between) exercise(strike - escrowAt(option, at, false), growth, start);
      }
      time = to;
    },

    /** Value just before an ex-date: that of the underlier less the dividend, or of exercise. */
    crossExDate(amount: number): void {
      const growth = Math.exp(drift * time);
      for (let j = low; j < exercised - kept; j++)
        v[j] = strike - escrowAt(option, time, false) - base[j]! * growth;
      exercised = low - 1;
      if (!escrowed) {
        const left = Math.exp(-rate * (timeToExpiry - time));
        const worthless = sign > 0 ? 0 : strike * (american ? 1 : left);
        const lowest = base[low]! * growth;
        for (let j = low; j <= high; j++) {
          const rest = base[j]! * growth - amount;
          if (rest <= 0) scratch[j] = worthless;
          else if (rest < lowest) scratch[j] = worthless + ((v[low]! - worthless) * rest) / lowest;
          else scratch[j] = interpolated(v, low, high, low + Math.log(rest / lowest) / stride);
        }
        for (let j = low; j <= high; j++) v[j] = scratch[j]!;
        setExtra(time);
        low = Math.max(low, center - wideAt(time) - extraNodes);
        exercised = low - 1;
      }
      if (american && sign > 0) exerciseBefore(strike - escrowAt(option, time, true), growth);
    },
  };
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
