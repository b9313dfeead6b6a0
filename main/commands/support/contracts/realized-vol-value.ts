import { calendarYears, regularSessions, sessionOnOrBefore } from '../../../../shared/calendar.ts';
import type { RealizedVolTerms, RealizedVolValue } from '../../../../shared/contract/vol-contracts.ts';
import { yearsBetween, type IsoDate } from '../../../../shared/dates.ts';
import { failure, sentenceOf } from '../../../../shared/failure.ts';
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
import type { DailyPriceColumns, Readers, StoredRealizedVol } from '../../../store/index.ts';
import { adjustedBars, calendarOfSymbol } from '../market/prices.ts';
import type { TermStructure } from '../market/term-structure.ts';

type Bars = ReadonlyMap<IsoDate, Omit<ReturnType<typeof adjustedBars>[number], 'date'>>;
const barsOfPrices = new WeakMap<DailyPriceColumns, Bars>();

/** Adjusted bars by date. Kept as long as the prices read: the contracts of a name share them. */
function barsByDate(prices: DailyPriceColumns): Bars {
  const known = barsOfPrices.get(prices);
  if (known !== undefined) return known;
  const bars = new Map(adjustedBars(prices).map(({ date, ...bar }) => [date, bar]));
  barsOfPrices.set(prices, bars);
  return bars;
}

/** Every observation of a contract up to a day, from the stored prices. */
export function observationsOf(
  read: Readers,
  terms: RealizedVolTerms,
  asOf: IsoDate,
): VolContractObservations {
  const calendar = calendarOfSymbol(read, terms.underlying);
  const base = sessionOnOrBefore(calendar, terms.startDate);
  const sessions = regularSessions({ calendar, from: base, to: terms.endDate });
  const prices = barsByDate(read.prices.upTo(terms.underlying, asOf));
  return observeVolContract({ terms, sessions, prices, asOf });
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
  const lastKnown = Number(terms.endDate.slice(0, 4)) > calendarYears.last;
  const base = {
    terms,
    state: state as RealizedVolValue['state'],
    stateNote: notes[state],
    observationsDone,
    observationsExpected,
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
    observations: observations.rows.map((row) => ({ ...row })),
    warnings: [
      ...observations.warnings,
      ...(lastKnown
        ? [`Holidays after ${calendarYears.last} are not known: the count of observations may be off.`]
        : []),
    ],
    reason: null,
  };
  if (progress === null) {
    const { realized } = observations;
    const reason = realized.ok
      ? 'The period holds no session.'
      : sentenceOf(failure(realized.error.code, terms.underlying, realized.error.detail));
    return { ...base, reason };
  }
  if (!remaining.ok) return { ...base, reason: remaining.error };
  const { fairVol, perRemainingVol } = markVolContract({ progress, remainingVol: remaining.value });
  const { value } = contractValue({ ...size, vol: fairVol });
  const profit =
    terms.tradeVol === null
      ? null
      : volContractProfit({ ...size, quantity: terms.quantity, tradeVol: terms.tradeVol, vol: fairVol });
  return {
    ...base,
    fairVol,
    breakEvenRemainingVol:
      terms.tradeVol === null ? null : breakEvenRemainingVol({ progress, settlementVol: terms.tradeVol }),
    contractValue: value,
    value: value * terms.quantity,
    profit: profit?.profit ?? null,
    profitTicks: profit?.profitTicks ?? null,
    vegaPerVolPoint: perVolPoint(terms.multiplier * terms.months * terms.quantity * perRemainingVol),
  };
}
