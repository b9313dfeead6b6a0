import { z } from 'zod';
import { trackingBasket } from '../../shared/quant/basket/basket.ts';
import { solveHedge } from '../../shared/quant/hedge/solve.ts';
import { ok } from '../../shared/result.ts';
import { aboveZero, amount, calc, number, zeroOrMore } from './define-calc.ts';

const symbol = z.string().min(1);
const objective = z.enum(['netDelta', 'credit', 'score']);
const price = amount.positive();
const factor = z.number().min(-1e15).max(1e15);
const byName = z.record(symbol, number);

export const selectionCalcs = {
  hedge: calc(
    {
      basket: z.array(z.object({ symbol, shares: amount, spot: price, beta: factor.default(1) })),
      calls: z.array(
        z.object({
          id: symbol,
          symbol,
          bid: amount,
          delta: factor,
          score: factor.default(0),
          limit: amount.nullish(),
        }),
      ),
      puts: z.array(
        z.object({
          id: symbol,
          ask: amount,
          delta: factor,
          strike: price.optional(),
          limit: amount.nullish(),
        }),
      ),
      indexLevel: price,
      multiplier: price.default(100),
      indexMultiplier: price.default(100),
      overwrite: amount.default(1),
      coverage: amount.default(1),
      coverageBy: z.enum(['indexLevel', 'strike']).default('indexLevel'),
      minCredit: factor.default(0),
      netDeltaLimit: zeroOrMore.optional(),
      oneStrikePerName: z.boolean().default(false),
      maxLegs: z.number().int().nonnegative().optional(),
      objective: z
        .union(
          [objective.transform((one) => [one]), z.array(objective).min(1)],
          'must name netDelta, credit or score',
        )
        .default(['netDelta']),
      timeLimitSeconds: aboveZero.default(20),
    },
    async (input) => {
      // The solver's module is large: read only when it is asked for.
      const { loadHighs } = await import('../compute/highs.ts');
      const solved = solveHedge(input, await loadHighs());
      if (!solved.ok) return solved;
      const { status, gap, contracts, conflict, ...totals } = solved.value;
      return ok(
        status === 'infeasible'
          ? { status, gap, contracts, conflict }
          : { status, gap, contracts, ...totals },
      );
    },
  ),

  trackingBasket: calc(
    {
      index: z.array(number),
      stocks: z.record(symbol, z.array(number)),
      maxNames: z.number().int().positive().optional(),
      minR2: number.optional(),
      indexWeights: byName.optional(),
      indexSize: aboveZero.optional(),
      maxNameShare: number.optional(),
      maxWeightOverlap: number.optional(),
      vols: byName.optional(),
      indexVol: zeroOrMore.optional(),
      minVolDifferential: number.optional(),
      volDifferentialShare: zeroOrMore.default(1),
      minBasketVolSpread: number.optional(),
      lock: z.array(symbol).default([]),
      exclude: z.array(symbol).default([]),
    },
    (input) => {
      const built = trackingBasket(input);
      if (!built.ok) return built;
      const { names, weights, rSquared, swaps, proof, leftOut } = built.value;
      return ok({ names, weights, rSquared, swaps, proof, leftOut });
    },
  ),
};
