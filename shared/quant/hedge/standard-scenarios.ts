import type { Exercise, Fraction, OptionType, Vol, Years } from '../../units.ts';
import { americanPrice } from '../american/american.ts';
import { blackPrice } from '../european/black.ts';

/** What an option is valued from again. Prices per unit. */
export interface OptionBasis {
  readonly underlyingPrice: number;
  readonly forward: number;
  readonly discountFactor: number;
  readonly timeToExpiry: Years;
  readonly vol: Vol;
  readonly exercise: Exercise;
}

/** A position that a scenario values anew; `option` absent for the underlying itself. */
export interface ScenarioPosition {
  /** Shares, or contracts × multiplier; negative when sold. */
  readonly units: number;
  readonly price: number;
  /** To what the scenario moves. */
  readonly beta: number;
  readonly option?: (OptionBasis & { readonly optionType: OptionType; readonly strike: number }) | null;
}

/** A move of the index, and a shift of every volatility, decimal. */
export interface ScenarioShock {
  readonly spotMove: Fraction;
  readonly volShift: Vol;
}

export interface ScenarioGrid {
  readonly spotMoves: readonly Fraction[];
  readonly volShifts: readonly number[];
  /** Profit (+) or loss (−), money: a row a volatility shift, a column a spot move. */
  readonly profit: readonly (readonly number[])[];
  readonly worst: { readonly spotMove: Fraction; readonly volShift: number; readonly profit: number };
}

/** The scenarios that every package is shown under: index −20 % to +20 %, volatilities −5 to +15 points. */
export const standardScenarios = {
  spotMoves: [-0.2, -0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2],
  volShifts: [-0.05, 0, 0.05, 0.15],
} as const;

/** A price cannot fall below this share of itself, whatever the beta, nor a volatility below its least. */
const leastPriceShare = 0.02;
const leastVol = 0.01;

/**
 * Value of an option per unit once its underlying moved and its volatility shifted: Black on the forward for
 * European exercise, the desk's American price with rate and yield held otherwise. The strike keeps its
 * volatility; no time passes.
 *
 * @returns null where the American price refuses its terms
 * Source: math §3, §4, §12. Proof: test/unit/quant/hedge-standard-scenarios.test.ts
 */
export function valueUnder(
  option: OptionBasis & { readonly optionType: OptionType; readonly strike: number },
  moved: { readonly spotMove: Fraction; readonly volShift: number },
): number | null {
  const { underlyingPrice, forward, discountFactor, timeToExpiry, exercise, optionType, strike } = option;
  const scale = Math.max(leastPriceShare, 1 + moved.spotMove);
  const vol = moved.volShift === 0 ? option.vol : Math.max(leastVol, option.vol + moved.volShift);
  const terms = { optionType, strike, timeToExpiry, vol };
  if (exercise === 'european' || timeToExpiry <= 0) {
    const value = blackPrice({ ...terms, forward: forward * scale, discountFactor });
    return exercise === 'european'
      ? value
      : Math.max(value, intrinsicOf(optionType, strike, underlyingPrice * scale));
  }
  const rate = -Math.log(discountFactor) / timeToExpiry;
  const dividendYield = rate - Math.log(forward / underlyingPrice) / timeToExpiry;
  const priced = americanPrice({
    ...terms,
    spot: underlyingPrice * scale,
    rate,
    dividendYield,
    accuracy: 'fast',
  });
  return priced.ok ? priced.value : null;
}

const intrinsicOf = (optionType: OptionType, strike: number, spot: number): number =>
  Math.max(0, optionType === 'call' ? spot - strike : strike - spot);

/**
 * Profit of positions under every pair of a spot move and a volatility shift, each option valued again in
 * full. A name moves by its beta times the index's move.
 *
 * @returns the grid, and positions left out because they cannot be valued (by their place in the input)
 * Source: features F14; math §12. Proof: test/unit/quant/hedge-standard-scenarios.test.ts
 */
export function scenarioGrid(request: {
  readonly positions: readonly ScenarioPosition[];
  readonly spotMoves?: readonly Fraction[];
  readonly volShifts?: readonly number[];
}): ScenarioGrid & { readonly left: readonly number[] } {
  const { positions } = request;
  const { spotMoves = standardScenarios.spotMoves, volShifts = standardScenarios.volShifts } = request;
  const profit = volShifts.map(() => spotMoves.map(() => 0));
  const left: number[] = [];
  positions.forEach(({ units, price, beta, option }, at) => {
    if (option === undefined) {
      for (const row of profit)
        spotMoves.forEach((move, j) => {
          row[j]! += units * price * (Math.max(leastPriceShare, 1 + beta * move) - 1);
        });
      return;
    }
    const now = option === null ? null : valueUnder(option, { spotMove: 0, volShift: 0 });
    const values = volShifts.map((volShift) =>
      spotMoves.map((move) =>
        option === null ? null : valueUnder(option, { spotMove: beta * move, volShift }),
      ),
    );
    if (now === null || values.some((row) => row.some((value) => value === null))) {
      left.push(at);
      return;
    }
    values.forEach((row, i) => {
      row.forEach((value, j) => {
        profit[i]![j]! += units * (value! - now);
      });
    });
  });
  let worst = { spotMove: 0, volShift: 0, profit: 0 };
  profit.forEach((row, i) => {
    row.forEach((sum, j) => {
      if (sum < worst.profit) worst = { spotMove: spotMoves[j]!, volShift: volShifts[i]!, profit: sum };
    });
  });
  return { spotMoves, volShifts, profit, worst, left };
}
