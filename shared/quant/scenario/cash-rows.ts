import { gridRow } from '../american/american-grid.ts';
import type { OptionMarket, UnitValue } from './option-value.ts';

/** Of the finite differences; more points in space than one option takes, for the reach over a row of spots. */
const rowSteps = { spaceSteps: 240, timeSteps: 60 };
/** Share of the volatility by which a row is bumped for vega. */
const vegaBump = 0.01;

/** Whether two nodes of an option differ in the spot alone. */
export const isSameRow = (a: OptionMarket, b: OptionMarket): boolean =>
  a.timeToExpiry === b.timeToExpiry &&
  Math.abs(a.rate - b.rate) < 1e-12 &&
  Math.abs(a.dividendYield - b.dividendYield) < 1e-12 &&
  a.dividends.length === b.dividends.length &&
  a.dividends.every(
    ({ timeToExDate, amount }, i) =>
      timeToExDate === b.dividends[i]!.timeToExDate && amount === b.dividends[i]!.amount,
  );

/**
 * An American option with cash dividends at many spots: one solve of its grid gives them all, two more vega.
 *
 * @param option.sign −1 put, +1 call; volatility above what the grid resolves
 *
 * Limits: some 1e-5 of the spot, as `americanGreeks` at its fast setting.
 * Source: math §4, §12. Proof: test/unit/quant/scenario/grid.test.ts
 */
export function cashRow(
  market: OptionMarket,
  option: { readonly sign: number; readonly strike: number; readonly vol: number },
  spots: readonly number[],
): readonly UnitValue[] {
  const { timeToExpiry, rate, dividendYield, dividends } = market;
  const { vol } = option;
  const bump = vegaBump * vol;
  const at = (volatility: number) =>
    gridRow(
      {
        ...option,
        vol: volatility,
        timeToExpiry,
        rate,
        dividendYield,
        dividends,
        dividendModel: 'spotJump',
        american: true,
      },
      spots,
      { ...rowSteps, reachVol: vol },
    );
  const [middle, up, down] = [at(vol), at(vol + bump), at(vol - bump)];
  return middle.map((value, i) => ({
    ...value,
    vegaPerVol: (up[i]!.price - down[i]!.price) / (2 * bump),
  }));
}
