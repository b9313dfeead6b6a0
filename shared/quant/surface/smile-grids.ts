import { butterflyAt, totalVarianceAt } from './smile-shape.ts';
import type { SmileShape, Wing } from './smile-shape.ts';

/** Points between two knots of a correction at which g is checked, the knots besides. */
const pointsBetweenKnots = 4;
const sharesOfParabola = [0.3, 0.7, 1 - 1e-9] as const;
/** Eight are promised; the fit's own deviation may be a little more than the quotes'. */
const checkedDeviations = 8.5;

/**
 * Where butterflies are checked, ascending: 250 points within three deviations of the money, 250 out to
 * eight deviations or to the quotes, whichever is further, and through the knots of a correction, where its
 * curvature turns.
 */
export function butterflyGrid(
  atmDeviation: number,
  lowest: number,
  highest: number,
  knots: readonly number[],
): Float64Array {
  const reach = checkedDeviations * atmDeviation;
  const low = Math.min(-reach, 1.1 * lowest);
  const high = Math.max(reach, 1.1 * highest);
  const near = 3 * atmDeviation;
  const points: number[] = [];
  for (let i = 0; i < 125; i += 1) {
    points.push(low + ((-near - low) * i) / 125);
    points.push(high - ((high - near) * i) / 125);
  }
  for (let i = 0; i < 250; i += 1) points.push(-near + (2 * near * i) / 249);
  pushKnots(knots, points);
  return Float64Array.from(points).sort();
}

function pushKnots(knots: readonly number[], points: number[]): void {
  for (const [i, knot] of knots.entries()) {
    const next = knots[i + 1];
    if (next === undefined) points.push(knot);
    else
      for (let j = 0; j <= pointsBetweenKnots; j += 1)
        points.push(knot + ((next - knot) * j) / (pointsBetweenKnots + 1));
  }
}

/** Along each parabola of a wing: its beginning, two points within and the last before the next. */
function pushWing(wing: Wing | null, points: number[]): void {
  if (wing === null) return;
  for (const [i, from] of wing.k.entries()) {
    points.push(from);
    const to = wing.k[i + 1];
    if (to !== undefined) for (const share of sharesOfParabola) points.push(from + share * (to - from));
  }
}

/** Steps of a quarter of σ on either side of the vertex of an SVI: a sharp one lies between a grid's points. */
const vertexSteps = 16;

/** Points between a grid's end and the reach of a curve whose own deviation is more than its quotes'. */
const pointsBeyond = 80;

/**
 * Where else g is checked once the curve is known: the vertex of its SVI within a grid's ends, and beyond
 * them out to eight of its own deviations.
 */
export function ownPoints(shape: SmileShape, grid: Float64Array): Float64Array {
  const [low, high] = [grid[0]!, grid.at(-1)!];
  const points: number[] = [];
  if (shape.b !== 0)
    for (let i = -vertexSteps; i <= vertexSteps; i += 1) {
      const k = shape.m + (shape.sigma * i) / 4;
      if (k >= low && k <= high) points.push(k);
    }
  const reach = checkedDeviations * Math.sqrt(Math.max(0, totalVarianceAt(shape, 0)));
  for (const [end, own] of [
    [low, -reach],
    [high, reach],
  ] as const)
    if (Math.abs(own) > Math.abs(end))
      for (let i = 1; i <= pointsBeyond; i += 1) points.push(end + ((own - end) * i) / pointsBeyond);
  return Float64Array.from(points);
}

/** Where the pieces of a curve meet, and points within each: a grid may step over a narrow one. */
function pushBreaks(shape: SmileShape, points: number[]): void {
  pushKnots(shape.knots, points);
  pushWing(shape.wings?.left ?? null, points);
  pushWing(shape.wings?.right ?? null, points);
  for (const floor of shape.floors ?? []) pushBreaks(floor, points);
}

/** A grid and the places where the pieces of a curve meet. */
export function withBreaks(shape: SmileShape, grid: Float64Array): Float64Array {
  const points = [...grid, ...ownPoints(shape, grid)];
  pushBreaks(shape, points);
  return Float64Array.from(points).sort();
}

const surfacePoints = 500;

/**
 * Log-strikes at which expiries are compared, ascending: out to eight deviations of each, and through all
 * places where their pieces meet.
 */
export function surfaceGrid(shapes: readonly SmileShape[]): Float64Array {
  const points: number[] = [];
  for (const shape of shapes) {
    const most = checkedDeviations * Math.sqrt(Math.max(0, totalVarianceAt(shape, 0)));
    for (let i = 0; i < surfacePoints; i += 1) points.push(most * ((2 * i) / (surfacePoints - 1) - 1));
    pushBreaks(shape, points);
  }
  return Float64Array.from(points).sort();
}

/** A join is looked at in so many steps of the grid's. */
const stepsOfJoin = 24;

/**
 * A grid with more points where a curve and a floor are joined: between two points of the grid that lie on
 * different sides of the join, or in it.
 */
export function joinedGrid(
  own: SmileShape,
  floors: readonly SmileShape[],
  blend: number,
  grid: Float64Array,
): Float64Array {
  const points = [...grid];
  for (const floor of floors) {
    let before = 0;
    for (const [i, k] of grid.entries()) {
      const distance = Math.log(totalVarianceAt(floor, k) / totalVarianceAt(own, k));
      const zone = distance >= blend ? 1 : distance <= -blend ? -1 : 0;
      if (i > 0 && (zone === 0 || zone !== before)) {
        const from = grid[i - 1]!;
        for (let j = 1; j < stepsOfJoin; j += 1) points.push(from + ((k - from) * j) / stepsOfJoin);
      }
      before = zone;
    }
  }
  return Float64Array.from(points).sort();
}

/** The least g over a grid. */
export function lowestButterfly(shape: SmileShape, grid: Float64Array): number {
  let lowest = Infinity;
  for (const k of grid) {
    const g = butterflyAt(shape, k);
    if (g < lowest) lowest = g;
  }
  return lowest;
}

/** Whether g is at least `least` on all of a grid; stops at the first point where it is not. */
export function holdsButterfly(shape: SmileShape, grid: Float64Array, least: number): boolean {
  for (const k of grid) if (!(butterflyAt(shape, k) >= least)) return false;
  return true;
}
