/**
 * One-dimensional grid in the log of the underlier: a value on it, and how it moves by a step of time
 * or across a dividend. The parts of american-grid.ts that know nothing of options.
 */

export interface GridSolver {
  setPayoff(strike: number, sign: number): void;
  /** Exercise pays sign·(underlier − strike), or nothing. */
  setObstacle(strike: number, sign: number): void;
  /** One implicit step of the time left; theta 1 is Euler, ½ Crank–Nicolson. */
  step(length: number, theta: number, constrained: boolean): void;
  /**
   * Value or exercise, whichever is more. Where they cross inside a cell the cell's mean gain is taken,
   * so that the error stays a smooth function of the grid's step.
   */
  project(): void;
  /**
   * Underlier where exercise begins, on the high side for sign +1 and the low side for −1; null where it
   * is not due at all. Read before `project` value and exercise cross; read after `step` they touch.
   */
  edge(sign: number, crossing: boolean): number | null;
  /** value(underlier) becomes value(underlier − amount); `worthless` is its value at 0. */
  shift(amount: number, worthless: number): void;
  /** Value and its derivatives to the log of the underlier. */
  at(x: number): { readonly value: number; readonly slope: number; readonly curvature: number };
}

export interface GridSetup {
  readonly center: number;
  readonly low: number;
  readonly high: number;
  readonly steps: number;
  readonly concentration: number;
  readonly variance: number;
  readonly rate: number;
  readonly dividendYield: number;
}

const mostPolicyRounds = 30;

export function createGridSolver(setup: GridSetup): GridSolver {
  const { center, rate } = setup;
  const scale = (setup.high - setup.low) / (2 * setup.concentration);
  const below = Math.asinh((setup.low - center) / scale);
  const above = Math.asinh((setup.high - center) / scale);
  const stride = (above - below) / setup.steps;
  const strikeIndex = Math.max(Math.ceil(-below / stride), 2);
  const count = strikeIndex + Math.max(Math.ceil(above / stride), 2) + 1;
  const last = count - 1;
  const xs = new Float64Array(count);
  const underlier = new Float64Array(count);
  for (let j = 0; j < count; j++) {
    xs[j] = center + scale * Math.sinh(stride * (j - strikeIndex));
    underlier[j] = Math.exp(xs[j]!);
  }
  const { lower, middle, upper } = operatorRows(xs, setup);
  const value = new Float64Array(count);
  const known = new Float64Array(count);
  const obstacle = new Float64Array(count);
  const active = new Uint8Array(count);
  const ratio = new Float64Array(count);
  const next = new Float64Array(count);
  const scratch = new Float64Array(count);

  function solve(weight: number): void {
    // (1 − weight·L) next = known, rows in the exercise region replaced by next = obstacle
    let before = 0;
    let beforeRatio = 0;
    for (let j = 0; j < count; j++) {
      if (active[j] === 1) {
        beforeRatio = 0;
        before = obstacle[j]!;
      } else {
        const a = -weight * lower[j]!;
        const pivot = 1 - weight * middle[j]! - a * beforeRatio;
        before = (known[j]! - a * before) / pivot;
        beforeRatio = (-weight * upper[j]!) / pivot;
      }
      ratio[j] = beforeRatio;
      next[j] = before;
    }
    for (let j = last - 1; j >= 0; j--) next[j] = next[j]! - ratio[j]! * next[j + 1]!;
  }

  function reviseActive(weight: number): boolean {
    let changed = false;
    for (let j = 0; j < count; j++) {
      if (active[j] === 0) {
        if (next[j]! < obstacle[j]!) {
          active[j] = 1;
          changed = true;
        }
        continue;
      }
      const left = j > 0 ? lower[j]! * next[j - 1]! : 0;
      const right = j < last ? upper[j]! * next[j + 1]! : 0;
      const held = next[j]! - weight * (left + middle[j]! * next[j]! + right);
      if (held < known[j]! - 1e-14 * Math.abs(known[j]!)) {
        active[j] = 0;
        changed = true;
      }
    }
    return changed;
  }

  function bracketOf(x: number): number {
    const index = strikeIndex + Math.floor(Math.asinh((x - center) / scale) / stride);
    return Math.min(Math.max(index, 1), last - 2);
  }

  return {
    setPayoff(strike, sign) {
      for (let j = 0; j < count; j++) {
        const left = j > 0 ? 0.5 * (xs[j - 1]! + xs[j]!) : xs[j]!;
        const right = j < last ? 0.5 * (xs[j]! + xs[j + 1]!) : xs[j]!;
        value[j] = averagePayoff(sign, strike, left, right, underlier[j]!);
      }
    },
    setObstacle(strike, sign) {
      for (let j = 0; j < count; j++) obstacle[j] = Math.max(sign * (underlier[j]! - strike), 0);
    },
    step(length, theta, constrained) {
      const explicit = (1 - theta) * length;
      for (let j = 0; j < count; j++) {
        const left = j > 0 ? lower[j]! * value[j - 1]! : 0;
        const right = j < last ? upper[j]! * value[j + 1]! : 0;
        known[j] = value[j]! + explicit * (left + middle[j]! * value[j]! + right);
      }
      const weight = theta * length;
      if (!constrained) active.fill(0);
      solve(weight);
      if (constrained)
        for (let round = 0; round < mostPolicyRounds && reviseActive(weight); round++) solve(weight);
      value.set(next);
    },
    project() {
      for (let j = 0; j < count; j++) scratch[j] = obstacle[j]! - value[j]!;
      for (let j = 0; j < count; j++) {
        const gain = scratch[j]!;
        const before = j > 0 ? scratch[j - 1]! : gain;
        const after = j < last ? scratch[j + 1]! : gain;
        const crossing = before > 0 !== gain > 0 || after > 0 !== gain > 0;
        if (!crossing) value[j] = value[j]! + Math.max(gain, 0);
        else
          value[j] =
            value[j]! + 0.5 * (meanGain(gain, 0.5 * (gain + before)) + meanGain(gain, 0.5 * (gain + after)));
      }
    },
    edge(sign, crossing) {
      const start = sign > 0 ? last - 2 : 2;
      const due = (j: number): boolean =>
        obstacle[j]! > 0 && (crossing ? obstacle[j]! > value[j]! : active[j] === 1);
      let j = start;
      while (j > 1 && j < last - 1 && due(j)) j -= sign;
      if (j === start || j <= 1 || j >= last - 1) return null;
      // j is the first point that is held, j + sign the last that is exercised
      const near = Math.max(value[j]! - obstacle[j]!, 0);
      if (crossing) {
        const gain = obstacle[j + sign]! - value[j + sign]!;
        return Math.exp(xs[j]! + ((xs[j + sign]! - xs[j]!) * near) / (near + gain));
      }
      // smooth fit: what is lost by exercise grows with the square of the distance
      const far = Math.max(value[j - sign]! - obstacle[j - sign]!, 0);
      const step = (xs[j]! - xs[j - sign]!) / (Math.sqrt(far) - Math.sqrt(near));
      const reach = step * Math.sqrt(near);
      const widest = xs[j + sign]! - xs[j]!;
      return Math.exp(xs[j]! + (Math.abs(reach) <= Math.abs(widest) ? reach : widest));
    },
    shift(amount, worthless) {
      for (let j = 0; j < count; j++) {
        const rest = underlier[j]! - amount;
        if (rest <= 0) scratch[j] = worthless;
        else if (rest < underlier[0]!)
          scratch[j] = worthless + ((value[0]! - worthless) * rest) / underlier[0]!;
        else scratch[j] = cubic(xs, value, bracketOf(Math.log(rest)), Math.log(rest));
      }
      value.set(scratch);
    },
    at(x) {
      const index = bracketOf(x);
      const slopes = new Float64Array(count);
      const curvatures = new Float64Array(count);
      for (let j = Math.max(index - 1, 1); j <= Math.min(index + 2, last - 1); j++) {
        const hm = xs[j]! - xs[j - 1]!;
        const hp = xs[j + 1]! - xs[j]!;
        const dm = (value[j]! - value[j - 1]!) / hm;
        const dp = (value[j + 1]! - value[j]!) / hp;
        slopes[j] = (hp * dm + hm * dp) / (hm + hp);
        curvatures[j] = (2 * (dp - dm)) / (hm + hp);
      }
      return {
        value: cubic(xs, value, index, x),
        slope: cubic(xs, slopes, index, x),
        curvature: cubic(xs, curvatures, index, x),
      };
    },
  };

  /** Rows of L = ½σ²∂² + (r − q − ½σ²)∂ − r; at both ends the value is linear in the underlier. */
  function operatorRows(x: Float64Array, market: GridSetup) {
    const rows = {
      lower: new Float64Array(count),
      middle: new Float64Array(count),
      upper: new Float64Array(count),
    };
    const half = 0.5 * market.variance;
    const carry = market.rate - market.dividendYield;
    const drift = carry - half;
    for (let j = 1; j < last; j++) {
      const hm = x[j]! - x[j - 1]!;
      const hp = x[j + 1]! - x[j]!;
      // where drift outruns diffusion over a cell, diffusion is raised to keep the rows monotone
      const spread = Math.max(2 * half, Math.abs(drift) * Math.max(hm, hp));
      rows.lower[j] = (spread - drift * hp) / (hm * (hm + hp));
      rows.middle[j] = (drift * (hp - hm) - spread) / (hm * hp) - rate;
      rows.upper[j] = (spread + drift * hm) / (hp * (hm + hp));
    }
    const first = Math.expm1(x[1]! - x[0]!);
    rows.middle[0] = -carry / first - rate;
    rows.upper[0] = carry / first;
    const end = -Math.expm1(x[last - 1]! - x[last]!);
    rows.middle[last] = carry / end - rate;
    rows.lower[last] = -carry / end;
    return rows;
  }
}

/** Mean of the payoff over a cell of the log grid; away from the strike the payoff itself. */
function averagePayoff(sign: number, strike: number, left: number, right: number, at: number): number {
  const kink = Math.log(strike);
  if (!(left < kink && kink < right)) return Math.max(sign * (at - strike), 0);
  const [from, to] = sign > 0 ? [kink, right] : [left, kink];
  return (sign * (Math.exp(to) - Math.exp(from) - strike * (to - from))) / (right - left);
}

/** Mean of the positive part of a straight line between two values. */
function meanGain(a: number, b: number): number {
  if (a > 0 && b > 0) return 0.5 * (a + b);
  const top = Math.max(a, b);
  return top > 0 ? (0.5 * top * top) / Math.abs(a - b) : 0;
}

/** Cubic through the four points around the interval that starts at `index`. */
function cubic(xs: Float64Array, ys: Float64Array, index: number, x: number): number {
  const [a, b, c, d] = [xs[index - 1]!, xs[index]!, xs[index + 1]!, xs[index + 2]!];
  return (
    (ys[index - 1]! * (x - b) * (x - c) * (x - d)) / ((a - b) * (a - c) * (a - d)) +
    (ys[index]! * (x - a) * (x - c) * (x - d)) / ((b - a) * (b - c) * (b - d)) +
    (ys[index + 1]! * (x - a) * (x - b) * (x - d)) / ((c - a) * (c - b) * (c - d)) +
    (ys[index + 2]! * (x - a) * (x - b) * (x - c)) / ((d - a) * (d - b) * (d - c))
  );
}
