import { fail, ok } from '../../result.ts';
import type { Result } from '../../result.ts';
import type { Vol, Years } from '../../units.ts';
import { vegaBySlice } from './exposure.ts';
import type { BookExposure, VegaSpan } from './exposure.ts';
import { priceAfterFixing, priceBeforeFixing } from './forward-start.ts';
import type { ForwardStartFailure } from './forward-start-terms.ts';
import { leastSquares } from '../math/numeric.ts';
import { reasoned } from '../reasoned.ts';
import type { Reasoned } from '../reasoned.ts';
import { gammaDollar1Pct as dollarGamma1Pct, perVolPoint } from '../risk-units.ts';
import type { PricedSlice } from './slices.ts';

/** A contract that can be traded against the book: what one of it adds. */
export interface HedgeContract {
  readonly contract: string;
  readonly startTime: Years;
  readonly endTime: Years;
  /** Per contract, account currency, to the volatility of its own period. */
  readonly vegaPerVolPoint: number;
  readonly gammaDollar1Pct: number;
}

/**
 * One relative forward-start straddle over a period; where the period has begun it is struck at the money now.
 *
 * @param terms.amount    account currency paid per 1.00 of payoff
 * @param terms.carryFactor, terms.discountFactor default 1
 * Source: math §10. Proof: test/unit/quant/exposure.test.ts
 */
export function straddleOfPeriod(terms: {
  readonly contract: string;
  readonly startTime: Years;
  readonly endTime: Years;
  readonly vol: Vol;
  readonly amount: number;
  readonly carryFactor?: number | undefined;
  readonly discountFactor?: number | undefined;
}): Result<HedgeContract, ForwardStartFailure> {
  const { contract, startTime, endTime, vol, amount, carryFactor = 1, discountFactor = 1 } = terms;
  const payoff = { optionType: 'straddle', family: 'relative', power: 1 } as const;
  const priced =
    startTime > 0
      ? priceBeforeFixing({
          payoff,
          market: { timeToStart: startTime, timeToEnd: endTime, vol, carryFactor, discountFactor },
        })
      : priceAfterFixing({
          payoff,
          market: { firstFixing: 1, forward: carryFactor, timeToEnd: endTime, vol, discountFactor },
        });
  if (!priced.ok) return priced;
  const { vegaPerVol, gammaForward } = priced.value;
  return ok({
    contract,
    startTime,
    endTime,
    vegaPerVolPoint: perVolPoint(amount * vegaPerVol),
    gammaDollar1Pct: dollarGamma1Pct(amount * gammaForward, carryFactor),
  });
}

export interface HedgeNumber {
  readonly contract: string;
  readonly startTime: Years;
  readonly endTime: Years;
  /** Contracts, signed, that bring every slice's vega to its target together. */
  readonly byVega: number;
  /** Contracts that alone bring the gamma to its target; null for a contract without gamma. */
  readonly byGamma: number | null;
  /** byGamma less byVega, as the near-term relation makes small; null without gamma. */
  readonly difference: number | null;
  readonly whole: number;
}

export interface HedgeNumbers {
  readonly numbers: readonly HedgeNumber[];
  /** Vega less target by slice, after the whole contracts. */
  readonly leftVegaPerVolPoint: readonly number[];
  readonly leftGammaDollar1Pct: number;
}

/**
 * Contracts that bring the vega of every slice, and with it the near-term gamma, to a target.
 *
 * The exact numbers solve the slices' equations; where contracts are fewer than slices, by least squares,
 * and what cannot be reached is left over. Whole numbers start from their rounding and step by one contract
 * as long as the sum of squared left-overs falls.
 *
 * @param hedge.targetVegaPerVolPoint one a slice; absent: zero everywhere
 * @param hedge.targetGammaDollar1Pct default 0
 * Failures: `invalid-input` where there is no contract, more contracts than slices, or two of them act alike
 * Source: math §10 (hedge numbers). Proof: test/unit/quant/exposure.test.ts
 */
export function hedgeNumbers(hedge: {
  readonly slices: readonly PricedSlice[];
  readonly exposure: BookExposure;
  readonly contracts: readonly HedgeContract[];
  readonly targetVegaPerVolPoint?: readonly number[] | undefined;
  readonly targetGammaDollar1Pct?: number | undefined;
}): Result<HedgeNumbers, Reasoned<'invalid-input'>> {
  const { slices, exposure, contracts, targetGammaDollar1Pct = 0 } = hedge;
  const targets = hedge.targetVegaPerVolPoint ?? slices.map(() => 0);
  if (targets.length !== slices.length) {
    return invalid(`${targets.length} targets for ${slices.length} slices`);
  }
  if (contracts.length === 0) return invalid('there is no contract to hedge with');
  if (contracts.length > slices.length) {
    return invalid(`${contracts.length} contracts cannot be told apart by ${slices.length} slices`);
  }
  const columns = contracts.map((contract) => {
    const span: VegaSpan = { ...contract, vegaPerVol: contract.vegaPerVolPoint };
    return vegaBySlice(slices, span).vegas;
  });
  const open = exposure.slices.map((slice, j) => slice.vegaPerVolPoint - targets[j]!);
  const solved = leastSquares({
    rows: slices.map((_, j) => columns.map((column) => column[j]!)),
    targets: open.map((vega) => -vega),
  });
  if (!solved.ok) return invalid('two contracts act on the same slices, or one has no vega in any');
  const whole = wholeNumbers(solved.value, columns, open);
  const openGamma = exposure.totals.gammaDollar1Pct - targetGammaDollar1Pct;
  return ok({
    numbers: contracts.map(({ contract, startTime, endTime, gammaDollar1Pct }, i): HedgeNumber => {
      const byVega = solved.value[i]!;
      const byGamma = gammaDollar1Pct === 0 ? null : -openGamma / gammaDollar1Pct;
      const difference = byGamma === null ? null : byGamma - byVega;
      return { contract, startTime, endTime, byVega, byGamma, difference, whole: whole[i]! };
    }),
    leftVegaPerVolPoint: leftOver(open, columns, whole),
    leftGammaDollar1Pct: contracts.reduce(
      (sum, contract, i) => sum + whole[i]! * contract.gammaDollar1Pct,
      openGamma,
    ),
  });
}

const invalid = (reason: string): { readonly ok: false; readonly error: Reasoned<'invalid-input'> } =>
  fail(reasoned('invalid-input', { reason }));

const leftOver = (
  open: readonly number[],
  columns: readonly (readonly number[])[],
  counts: readonly number[],
): readonly number[] =>
  open.map((vega, j) => columns.reduce((sum, column, i) => sum + counts[i]! * column[j]!, vega));

function wholeNumbers(
  exact: readonly number[],
  columns: readonly (readonly number[])[],
  open: readonly number[],
): readonly number[] {
  const counts = exact.map((count) => Math.round(count) + 0);
  const size = (): number => leftOver(open, columns, counts).reduce((sum, left) => sum + left * left, 0);
  let best = size();
  for (let improved = true; improved;) {
    improved = false;
    for (let i = 0; i < counts.length; i++) {
      for (const step of [1, -1]) {
        counts[i]! += step;
        const now = size();
        if (now < best) {
          best = now;
          improved = true;
        } else counts[i]! -= step;
      }
    }
  }
  return counts;
}
