import type { IsoDate } from '../../dates.ts';
import type { Vol } from '../../units.ts';
import {
  observeVolContract,
  type ContractEstimator,
  type ObservationFailure,
  type ObservationTerms,
  type OwnObservation,
  type SessionPrice,
} from './vol-contract-observations.ts';
import { contractValue, roundToTick, type VolContractSize } from './vol-contract.ts';

/** Estimators a contract can be settled by, in the order they are compared. */
export const contractEstimators = [
  'zeroMean',
  'sampleMean',
  'highLow',
  'parkinson',
  'garmanKlass',
  'rogersSatchell',
] as const satisfies readonly ContractEstimator[];

export interface EstimatorRow {
  readonly estimator: (typeof contractEstimators)[number];
  /** Of the observations up to the day; null with a failure, or before the first. */
  readonly vol: Vol | null;
  readonly failure: ObservationFailure | null;
  /** Against the contract's own estimator, both rounded to the tick; null where either has none. */
  readonly differenceTicks: number | null;
  /** The same in money, of the signed quantity. */
  readonly difference: number | null;
}

/**
 * What each estimator makes of the same observations, and what a settlement by it would differ by.
 *
 * Source: math §6, §11. Proof: test/unit/quant/vol-contract-comparison.test.ts
 */
export function compareEstimators(contract: {
  readonly terms: ObservationTerms;
  readonly size: VolContractSize;
  readonly quantity: number;
  readonly sessions: readonly IsoDate[];
  readonly prices: ReadonlyMap<IsoDate, SessionPrice>;
  readonly own?: ReadonlyMap<string, OwnObservation> | undefined;
  readonly asOf: IsoDate;
}): readonly EstimatorRow[] {
  const { terms, size, quantity } = contract;
  const volBy = (estimator: ContractEstimator) =>
    observeVolContract({ ...contract, terms: { ...terms, estimator } }).realized;
  const agreed = volBy(terms.estimator);
  const agreedVol = agreed.ok ? (agreed.value?.vol ?? null) : null;
  const { tickValue } = contractValue({ ...size, vol: 0 });
  return contractEstimators.map((estimator): EstimatorRow => {
    const found = estimator === terms.estimator ? agreed : volBy(estimator);
    const vol = found.ok ? (found.value?.vol ?? null) : null;
    const failure = found.ok ? null : found.error;
    if (vol === null || agreedVol === null)
      return { estimator, vol, failure, differenceTicks: null, difference: null };
    const ticks = (roundToTick(vol, size.tick) - roundToTick(agreedVol, size.tick)) / size.tick;
    const differenceTicks = Math.round(ticks) + 0; // no negative zero
    return {
      estimator,
      vol,
      failure,
      differenceTicks,
      difference: quantity * differenceTicks * tickValue + 0,
    };
  });
}
