import { calendarYears } from '../../../../shared/calendar.ts';
import type { RealizedVolTerms, RealizedVolValue } from '../../../../shared/contract/vol-contracts.ts';
import { yearsBetween, type IsoDate } from '../../../../shared/dates.ts';
import { failure, sentenceOf, type Failure } from '../../../../shared/failure.ts';
import { perVolPoint } from '../../../../shared/quant/risk-units.ts';
import { forwardVol } from '../../../../shared/quant/surface/surface.ts';
import {
  observeVolContract,
  type VolContractObservations,
} from '../../../../shared/quant/contracts/vol-contract-observations.ts';
import {
  breakEvenRemainingVol,
  contractValue,
  markVolContract,
  volContractProfit,
  type PeriodProgress,
} from '../../../../shared/quant/contracts/vol-contract.ts';
import { inPercent } from '../../../../shared/quant/words.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Vol } from '../../../../shared/units.ts';
import type { Readers, StoredRealizedVol } from '../../../store/index.ts';
import type { TermStructure } from '../market/term-structure.ts';
import { nameOf } from './forward-start-rules.ts';
import { observationWindow } from './realized-vol-window.ts';

/** Every observation of a contract up to a day, from the stored prices and the marks told. */
export const observationsOf = (
  read: Readers,
  terms: RealizedVolTerms,
  asOf: IsoDate,
): VolContractObservations => observeVolContract(observationWindow(read, terms, asOf));

/** Why the observations of a contract say nothing. */
export function observationFailure(terms: RealizedVolTerms, observations: VolContractObservations): Failure {
  const { realized, rows, missing } = observations;
  if (realized.ok)
    return failure('invalid-input', nameOf(terms.contractId), { reason: 'its period holds no session' });
  const due = rows.filter(({ status }) => status !== 'expected').length;
  const asOf = rows.findLast(({ status }) => status !== 'expected')?.date ?? terms.startDate;
  return missing > 0 && missing >= due - 1 && rows[0]?.status === 'missing'
    ? failure('missing-prices', terms.underlying, { have: 0, asOf, need: due })
    : failure(realized.error.code, terms.underlying, realized.error.detail);
}

/** The performance bond of a quantity, by its side; null where none was agreed. */
export function bondOf({ quantity, longBond, shortBond }: RealizedVolTerms): number | null {
  const one = quantity < 0 ? shortBond : longBond;
  return one === null ? null : one * Math.abs(quantity);
}

/** Volatility of what is left of a period: to its end once it has begun, forward over it before. */
export function remainingVolOf(
  terms: RealizedVolTerms,
  asOf: IsoDate,
  structure: TermStructure,
): Result<Vol, string> {
  const [start, end] = [yearsBetween(asOf, terms.startDate), yearsBetween(asOf, terms.endDate)];
  const far = structure.volAt(Math.max(end, 0));
  const near = start > 0 ? structure.volAt(start) : 0;
  if (far === null || near === null)
    return fail(structure.reason ?? `${terms.underlying} has no volatility for these dates.`);
  if (start <= 0) return ok(far);
  const slice = forwardVol({ nearVol: near, nearTime: start, farVol: far, farTime: end });
  return slice.ok ? slice : fail(sentenceOf(failure(slice.error.code, terms.contractId, slice.error.detail)));
}

/** Where the period stands; null where a session is missing, so that nothing honest can be said. */
export function progressOf(observations: VolContractObservations): PeriodProgress | null {
  const { realized, observationsDone, observationsExpected } = observations;
  if (!realized.ok || observationsExpected === 0) return null;
  return { observationsDone, observationsExpected, realizedVol: realized.value?.vol ?? 0 };
}

/** What one held contract is worth on a day, with its observation table. */
export function realizedVolValue(
  contract: StoredRealizedVol,
  asOf: IsoDate,
  structure: TermStructure,
  read: Readers,
): RealizedVolValue {
  const { terms, events } = contract;
  const observations = observationsOf(read, terms, asOf);
  const { observationsDone, observationsExpected } = observations;
  const settled = events.findLast(({ kind }) => kind === 'settled');
  const state =
    settled !== undefined
      ? 'settled'
      : asOf < terms.startDate
        ? 'anticipatory'
        : asOf >= terms.endDate
          ? 'settling'
          : 'live';
  const notes = {
    anticipatory: `The period starts on ${terms.startDate}.`,
    live: `${observationsDone} of ${observationsExpected} observations are in; ends on ${terms.endDate}.`,
    settling: `Ended on ${terms.endDate}: confirm the settlement.`,
    settled: `Settled at ${inPercent(settled?.vol ?? 0, 2)} for ${settled?.amount ?? 0}.`,
  };
  const size = { multiplier: terms.multiplier, months: terms.months, tick: terms.tick };
  const progress = progressOf(observations);
  const remaining =
    state === 'settling' || state === 'settled' ? ok(0) : remainingVolOf(terms, asOf, structure);
  const realizedVol = observations.realized.ok ? (observations.realized.value?.vol ?? null) : null;
  const lines = settled === undefined ? null : read.contracts.settlementLines(terms.contractId);
  const lastKnown = Number(terms.endDate.slice(0, 4)) > calendarYears.last;
  const base = {
    terms,
    state: state as RealizedVolValue['state'],
    stateNote: notes[state],
    observationsDone,
    observationsExpected,
    observationsScheduled: observations.observationsScheduled,
    missing: observations.missing,
    disrupted: observations.disrupted,
    corrected: observations.corrected,
    floorVol: null,
    settledVol: settled?.vol ?? null,
    bond: bondOf(terms),
    realizedVol,
    remainingVol: remaining.ok && state !== 'settling' && state !== 'settled' ? remaining.value : null,
    remainingVolSource: structure.source,
    fairVol: null,
    breakEvenRemainingVol: null,
    contractValue: null,
    tickValue: contractValue({ ...size, vol: 0 }).tickValue,
    value: null,
    profit: null,
    profitTicks: null,
    vegaPerVolPoint: null,
    observations: lines === null ? observations.rows.map((row) => ({ ...row })) : [...lines],
    warnings: [
      ...observations.warnings,
      ...(lastKnown
        ? [`Holidays after ${calendarYears.last} are not known: the count of observations may be off.`]
        : []),
    ],
    reason: null,
  };
  if (settled !== undefined && settled.vol !== null) {
    const { value } = contractValue({ ...size, vol: settled.vol });
    const profit =
      terms.tradeVol === null
        ? null
        : volContractProfit({
            ...size,
            quantity: terms.quantity,
            tradeVol: terms.tradeVol,
            vol: settled.vol,
          });
    return {
      ...base,
      fairVol: settled.vol,
      floorVol: settled.vol,
      contractValue: value,
      value: value * terms.quantity,
      profit: profit?.profit ?? null,
      profitTicks: profit?.profitTicks ?? null,
      vegaPerVolPoint: 0,
    };
  }
  if (progress === null) return { ...base, reason: sentenceOf(observationFailure(terms, observations)) };
  if (!remaining.ok) return { ...base, reason: remaining.error };
  const { fairVol, floorVol, perRemainingVol } = markVolContract({ progress, remainingVol: remaining.value });
  const { value } = contractValue({ ...size, vol: fairVol });
  const profit =
    terms.tradeVol === null
      ? null
      : volContractProfit({ ...size, quantity: terms.quantity, tradeVol: terms.tradeVol, vol: fairVol });
  return {
    ...base,
    fairVol,
    floorVol,
    breakEvenRemainingVol:
      terms.tradeVol === null ? null : breakEvenRemainingVol({ progress, settlementVol: terms.tradeVol }),
    contractValue: value,
    value: value * terms.quantity,
    profit: profit?.profit ?? null,
    profitTicks: profit?.profitTicks ?? null,
    vegaPerVolPoint: perVolPoint(terms.multiplier * terms.months * terms.quantity * perRemainingVol),
  };
}
