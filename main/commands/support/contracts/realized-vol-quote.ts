import type { OutputOf, ParsedInputOf } from '../../../../shared/contract/index.ts';
import type { IsoDate } from '../../../../shared/dates.ts';
import { failure, type Failure } from '../../../../shared/failure.ts';
import { observeVolContract } from '../../../../shared/quant/contracts/vol-contract-observations.ts';
import {
  breakEvenRemainingVol,
  contractValue,
  markVolContract,
  roundToTick,
  volContractProfit,
} from '../../../../shared/quant/contracts/vol-contract.ts';
import { perVolPoint } from '../../../../shared/quant/risk-units.ts';
import { fail, ok, type Result } from '../../../../shared/result.ts';
import type { Readers } from '../../../store/index.ts';
import type { TermStructure } from '../market/term-structure.ts';
import { nameOf } from './forward-start-rules.ts';
import { checkRealizedVol } from './realized-vol-rules.ts';
import { bondOf, observationFailure, progressOf, remainingVolOf } from './realized-vol-value.ts';
import { observationWindow } from './realized-vol-window.ts';

/** A contract's price before it is entered: fair, and at a volatility or a value of one contract. */
export function quoteRealizedVol(
  asked: ParsedInputOf<'contracts.quoteRealizedVol'>,
  asOf: IsoDate,
  structure: TermStructure,
  read: Readers,
): Result<OutputOf<'contracts.quoteRealizedVol'>> {
  const { terms, convexity, volUncertainty } = asked;
  const name = nameOf(terms.contractId);
  const refuse = (reason: string): Result<never, Failure> => fail(failure('invalid-input', name, { reason }));
  const checked = checkRealizedVol(read, terms);
  if (!checked.ok) return checked;
  if (asked.vol !== undefined && asked.value !== undefined)
    return fail(
      failure('invalid-request', 'contracts.quoteRealizedVol', {
        reason: 'a volatility and a value: give one of the two',
      }),
    );
  if (asOf >= terms.endDate) return refuse(`its period ended on ${terms.endDate}`);
  const observations = observeVolContract(observationWindow(read, terms, asOf, []));
  const progress = progressOf(observations);
  if (progress === null) return fail(observationFailure(terms, observations));
  const remaining = remainingVolOf(terms, asOf, structure);
  if (!remaining.ok) return refuse(remaining.error.replace(/\.$/, ''));
  const mark = markVolContract({ progress, remainingVol: remaining.value, convexity, volUncertainty });
  const { multiplier, months, tick, quantity } = terms;
  const size = { multiplier, months, tick };
  const { fairVol } = mark;
  const vol =
    asked.vol ??
    (asked.value === undefined ? roundToTick(fairVol, tick) : asked.value / (multiplier * months));
  if (!(vol >= 0)) return refuse(`a volatility of ${vol} is below 0`);
  const { value, tickValue } = contractValue({ ...size, vol });
  const edge = volContractProfit({ ...size, quantity, tradeVol: vol, vol: fairVol });
  return ok({
    asOf,
    fairVol,
    fairValue: contractValue({ ...size, vol: fairVol }).value,
    convexityAdjustment: mark.convexityAdjustment,
    remainingVol: remaining.value,
    remainingVolSource: structure.source,
    realizedVol: observations.realized.ok ? (observations.realized.value?.vol ?? null) : null,
    observationsDone: progress.observationsDone,
    observationsExpected: progress.observationsExpected,
    vol,
    value,
    tickValue,
    edgeTicks: edge.profitTicks,
    edge: edge.profit,
    breakEvenRemainingVol: breakEvenRemainingVol({ progress, settlementVol: vol }),
    vegaPerVolPoint: perVolPoint(multiplier * months * quantity * mark.perRemainingVol),
    bond: bondOf(terms),
    warnings: [...observations.warnings],
  });
}
