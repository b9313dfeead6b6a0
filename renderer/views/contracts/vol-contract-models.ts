import type { RealizedVolValue } from '../../../shared/contract/vol-contracts.ts';
import type { LineModel } from '../../charts/line-chart.ts';
import type { Fact } from '../../components/Facts.tsx';
import { integer, money, volPercent } from '../../format.ts';
import type { VolTicketSize } from '../../state/contracts.ts';

/** One contract through its period: realized so far, what the rest is worth, and what it must do to break even. */
export function volContractModel(contract: RealizedVolValue, asOf: string | null): LineModel {
  const { terms, observations, fairVol, remainingVol, breakEvenRemainingVol } = contract;
  const seen = observations.filter((row) => row.runningVol !== null);
  const whole = [terms.startDate, terms.endDate];
  const restStart = asOf !== null && asOf > terms.startDate ? asOf : terms.startDate;
  const rest = [restStart, terms.endDate];
  const level = (
    label: string,
    color: number,
    style: 'solid' | 'dashed',
    x: readonly string[],
    vol: number | null,
  ) => (vol === null ? [] : [{ label, color, style, width: 2 as const, x, y: x.map(() => vol) }]);
  return {
    xKind: 'date',
    xTitle: 'Session',
    yTitle: 'Volatility, annualized %',
    formatY: volPercent,
    lines: [
      {
        label: 'Realized so far',
        color: 0,
        x: seen.map((row) => row.date),
        y: seen.map((row) => row.runningVol),
      },
      ...level('Fair, whole period', 2, 'solid', whole, fairVol),
      ...level('Trade', 4, 'dashed', whole, terms.tradeVol),
      ...level('Remaining, implied', 1, 'solid', rest, remainingVol),
      ...level('Break-even of the rest', 3, 'dashed', rest, breakEvenRemainingVol),
    ],
    stretches: [{ from: terms.startDate, to: terms.endDate, label: 'period' }],
    uprights: asOf === null ? [] : [{ x: asOf, label: 'today' }],
  };
}

export function volContractFacts(contract: RealizedVolValue): readonly Fact[] {
  const share =
    contract.observationsExpected === 0
      ? null
      : `${integer(contract.observationsDone)} of ${integer(contract.observationsExpected)}`;
  return [
    {
      label: 'Fair',
      value: volPercent(contract.fairVol),
      unit: '%',
      tone: 'strong',
      tip: contract.reason ?? 'Root mean square of realized and remaining, by sessions',
    },
    { label: 'Trade', value: volPercent(contract.terms.tradeVol), unit: '%', tip: 'Volatility agreed' },
    {
      label: 'Realized',
      value: volPercent(contract.realizedVol),
      unit: '%',
      tip: contract.realizedVol === null ? 'Nothing is realized yet' : 'Locked in: observations so far',
    },
    {
      label: 'Remaining',
      value: volPercent(contract.remainingVol),
      unit: '%',
      tip: contract.remainingVolSource,
    },
    {
      label: 'Break-even of the rest',
      value: volPercent(contract.breakEvenRemainingVol),
      unit: '%',
      tip: 'Remaining volatility at which the trade neither gains nor loses',
    },
    { label: 'Observed', value: share ?? '—', tip: contract.stateNote },
  ];
}

/** What one contract is worth at the trade volatility, and one tick of it. */
export const sizeFacts = (size: VolTicketSize): readonly Fact[] => [
  {
    label: 'Tick value',
    value: money(size.tickValue, 2),
    unit: 'a contract',
    tip: 'Worth of one tick of one contract\n= multiplier × tick × months',
  },
  {
    label: 'Contract value',
    value: money(size.contractValue, 2),
    unit: 'at the trade vol',
    tone: 'strong',
    tip: 'One contract at the volatility agreed\n= multiplier × volatility × months',
  },
];
