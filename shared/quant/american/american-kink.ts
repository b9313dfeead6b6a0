/**
 * A kink between the nodes of an even grid, smoothed so that a step of fourth order stays one.
 *
 * The positive part of a cubic through the kink is replaced by its mean under a spline of six cells that
 * leaves every cubic as it is; away from the kink nothing changes.
 *
 * Source: Kreiss, Thomée and Widlund (1970), Comm. Pure Appl. Math. 23. math §4.
 * Proof:  test/unit/quant/american-lattice.test.ts
 */

/** Nodes on either side of the kink that change. */
const reach = 3;
/** Fourth central difference less a sixth of the sixth, by shifts −3 … 3. */
const shifts = [-1 / 6, 2, -13 / 2, 28 / 3, -13 / 2, 2, -1 / 6] as const;

/**
 * What smoothing adds at a node `y` cells beyond the kink to the positive part of
 * first·y + second·y²/2 + third·y³/6.
 */
function addedAt(y: number, first: number, second: number, third: number): number {
  if (y <= -reach || y >= reach) return 0;
  let sum = 0;
  for (let k = -reach; k <= reach; k++) {
    const z = y + k;
    if (z <= 0) continue;
    const cube = z * z * z;
    const fifth = cube * z * z;
    sum += shifts[k + reach]! * fifth * (first / 120 + (z * second) / 720 + (z * z * third) / 5040);
  }
  return y > 0 ? sum - y * (first + 0.5 * y * (second + (y * third) / 3)) : sum;
}

/**
 * Adds the smoothing of max(0, first·y + second·y²/2 + third·y³/6) with y = direction·(index − kink).
 */
export function smoothKink(
  values: Float64Array,
  kink: number,
  direction: number,
  first: number,
  second: number,
  third: number,
): void {
  const from = Math.max(Math.ceil(kink) - reach, 0);
  const to = Math.min(Math.floor(kink) + reach, values.length - 1);
  for (let j = from; j <= to; j++)
    values[j] = values[j]! + addedAt(direction * (j - kink), first, second, third);
}

/** A step from 0 to 1 at 0, smoothed in the same way, `y` cells beyond it. */
export function smoothedStep(y: number): number {
  if (y <= -reach) return 0;
  if (y >= reach) return 1;
  let sum = 0;
  for (let k = -reach; k <= reach; k++) {
    const z = y + k;
    if (z > 0) sum += shifts[k + reach]! * z * z * z * z;
  }
  return sum / 24;
}
