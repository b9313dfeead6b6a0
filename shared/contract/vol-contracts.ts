import { z } from 'zod';
import { contractState } from './contract-state.ts';
import { finite, isoDate, mutation, symbolName } from './define.ts';

export const realizedVolTerms = z.object({
  contractId: z.string().min(1).max(60),
  underlying: symbolName,
  kind: z.enum(['monthly', 'quarterly', 'annual', 'custom']),
  startDate: isoDate,
  endDate: isoDate,
  estimator: z
    .enum(['zeroMean', 'sampleMean', 'highLow', 'parkinson', 'garmanKlass', 'rogersSatchell'])
    .default('zeroMean'),
  returns: z.enum(['log', 'simple']).default('log'),
  periodsPerYear: z.number().min(245).max(262).default(252),
  multiplier: finite.default(100_000),
  months: finite,
  /** Decimal: 0.0001 is 0.01 %. */
  tick: finite.default(0.0001),
  quantity: finite,
  tradeVol: finite.nullable().default(null),
});
export type RealizedVolTerms = z.infer<typeof realizedVolTerms>;

export const realizedVolValue = z.object({
  terms: realizedVolTerms,
  state: contractState,
  stateNote: z.string(),
  observationsDone: z.number(),
  observationsExpected: z.number(),
  realizedVol: finite.nullable(),
  remainingVol: finite.nullable(),
  remainingVolSource: z.string(),
  fairVol: finite.nullable(),
  /** Remaining volatility at which the trade breaks even. */
  breakEvenRemainingVol: finite.nullable(),
  /** One contract, account currency. */
  contractValue: finite.nullable(),
  tickValue: finite,
  value: finite.nullable(),
  profit: finite.nullable(),
  profitTicks: finite.nullable(),
  vegaPerVolPoint: finite.nullable(),
  observations: z.array(
    z.object({
      date: isoDate,
      mark: finite.nullable(),
      return: finite.nullable(),
      squared: finite.nullable(),
      runningVol: finite.nullable(),
      status: z.enum(['ok', 'missing', 'expected']),
    }),
  ),
  warnings: z.array(z.string()),
  reason: z.string().nullable(),
});
export type RealizedVolValue = z.infer<typeof realizedVolValue>;

export const volContractCommands = {
  'contracts.addRealizedVol': mutation({
    input: realizedVolTerms,
    output: z.object({ contractId: z.string() }),
  }),
};
