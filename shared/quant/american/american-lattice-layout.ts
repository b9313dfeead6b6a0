/** Which nodes a lattice has, and whether one may be used. The parts of american-lattice.ts without values. */
import type { GridOption } from './american-grid.ts';

export interface LatticeSize {
  /** Distance of two nodes, in deviations of the whole life. */
  readonly spacing: number;
  /** Most variance of a step, in squares of a node's distance; ⅓ … 1 keeps every weight positive. */
  readonly mostVariance: number;
  /** The volatility that sets the nodes, so that a bumped option stays on them. */
  readonly reachVol: number;
}

export interface Layout {
  /** The spot, less what its dividends are worth in the escrowed model. */
  readonly underlier: number;
  /** Distance of two nodes in the log of the underlier. */
  readonly stride: number;
  /** +1 where nodes run upward with the underlier (puts), −1 where they run downward (calls). */
  readonly direction: number;
  /** Index of the node at the underlier now, and how many there are. */
  readonly center: number;
  readonly count: number;
  /** Nodes on either side of the center that are reached from now at a time. */
  readonly wideAt: (time: number) => number;
  /** As many more toward low underliers are reached by the dividends before a time. */
  readonly extraBefore: (time: number) => number;
}

/** Deviations of the underlier, from now to each moment, that the grid reaches. */
const reachInDeviations = 5.5;
/** Between these deviations of the whole life the nodes move no further apart; beyond, their number is kept. */
const widestSpacing = 0.8;
const widestLife = 2.4;
/** Exercise that would earn no more than this share of the strike is never due: rounding would decide it. */
const leastIncome = 1e-9;
/** Nodes beyond the reach: what the greeks at the spot need, and a step beyond each end. */
const margin = 2;
/** Dividends so large that they reach over more nodes are left to finite differences. */
const mostNodes = 4000;
/** Dividends that leave less than this share of the spot are left to finite differences too. */
const leastRest = 0.2;

/** Whether exercise is due, where it is due, on one side of one boundary, so that the lattice may be used. */
export function latticeSuits(option: GridOption, size: LatticeSize): boolean {
  const { rate, dividendYield, american, dividendModel, dividends, spot } = option;
  const paid = dividends.reduce((sum, { amount }) => sum + amount, 0);
  if (dividendModel === 'spotJump' && spot - paid < leastRest * spot) return false;
  return (!american || (rate >= 0 && dividendYield >= 0)) && latticeLayout(option, size).count <= mostNodes;
}

/** Whether exercise may be worth it between ex-dates: then the lattice is to be extrapolated. */
export function exercisedBetween(option: GridOption): boolean {
  const { american, sign, rate, dividendYield, timeToExpiry } = option;
  return american && (sign < 0 ? rate : dividendYield) * timeToExpiry > leastIncome;
}

/** What the dividends of the escrowed model still to come are worth at a time, one due then with or without. */
export function escrowAt(option: GridOption, time: number, withDue: boolean): number {
  if (option.dividendModel !== 'escrowed') return 0;
  let sum = 0;
  for (const { timeToExDate, amount } of option.dividends)
    if (timeToExDate > time || (withDue && timeToExDate === time))
      sum += amount * Math.exp(-option.rate * (timeToExDate - time));
  return sum;
}

/** Nodes for all that is reached from the spot, at each time and over the whole life. */
export function latticeLayout(option: GridOption, size: LatticeSize): Layout {
  const { spot, timeToExpiry, dividends, sign } = option;
  const { reachVol, spacing } = size;
  const deviation = reachVol * Math.sqrt(timeToExpiry);
  const stride =
    spacing * Math.max(Math.min(deviation, widestSpacing), (widestSpacing / widestLife) * deviation);
  const escrowed = option.dividendModel === 'escrowed';
  const direction = sign < 0 ? 1 : -1;
  /** Dividends paid before a time widen the grid downward. */
  const extraBefore = (until: number): number => {
    let paid = 0;
    if (!escrowed) for (const { timeToExDate, amount } of dividends) if (timeToExDate < until) paid += amount;
    return Math.ceil(-Math.log(Math.max(1 - paid / spot, leastRest)) / stride);
  };
  const wideAt = (time: number): number =>
    Math.ceil((reachInDeviations * reachVol * Math.sqrt(time)) / stride) + margin;
  const wide = wideAt(timeToExpiry);
  const extra = extraBefore(Infinity);
  const center = wide + (direction > 0 ? extra : 0) + margin;
  return {
    underlier: spot - escrowAt(option, 0, false),
    stride,
    direction,
    center,
    count: 2 * wide + extra + 1 + 2 * margin,
    wideAt,
    extraBefore,
  };
}
