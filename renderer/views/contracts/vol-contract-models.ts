import type { OutputOf } from '../../../shared/contract/index.ts';
import type { RealizedVolValue } from '../../../shared/contract/vol-contracts.ts';
import type { LineModel } from '../../charts/line-chart.ts';
import type { Fact } from '../../components/Facts.tsx';
import { integer, money, signedDecimal, signedMoney, volPercent } from '../../format.ts';
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

export function volContractFacts(contract: RealizedVolValue, currency: string): readonly Fact[] {
  const { profit } = contract;
  const left = [
    ...(contract.missing > 0 ? [`${integer(contract.missing)} missing`] : []),
    ...(contract.disrupted > 0 ? [`${integer(contract.disrupted)} disrupted`] : []),
    ...(contract.corrected > 0 ? [`${integer(contract.corrected)} corrected`] : []),
  ];
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
    {
      label: 'Locked in',
      value: volPercent(contract.floorVol),
      unit: '% at least',
      tip: contract.reason ?? 'The lowest it can settle at: what is done, if nothing moved any more',
    },
    {
      label: 'Profit',
      value: signedMoney(profit),
      unit: currency,
      tip:
        profit === null
          ? (contract.reason ?? 'No trade volatility was agreed')
          : 'Quantity × ticks × tick value',
      ...(profit === null || profit === 0
        ? {}
        : { tone: profit > 0 ? ('gain' as const) : ('loss' as const) }),
    },
    {
      label: 'in ticks',
      value: signedDecimal(contract.profitTicks, 1),
      unit: `ticks of ${money(contract.tickValue, Number.isInteger(contract.tickValue) ? 0 : 2)}`,
      tip: 'All contracts; a tick is multiplier × tick × months',
    },
    {
      label: 'Bond',
      value: money(contract.bond),
      unit: currency,
      tip:
        contract.bond === null
          ? 'No performance bond was agreed for its side'
          : `To lodge for the quantity ${contract.terms.quantity < 0 ? 'sold' : 'bought'}`,
    },
    {
      label: 'Observed',
      value: share ?? '—',
      ...(left.length === 0 ? {} : { unit: left.join(', '), tone: 'warning' as const }),
      tip: contract.stateNote,
    },
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

/** What a ticket comes to, at its volatility and at the fair one. */
export const quoteFacts = (
  quote: OutputOf<'contracts.quoteRealizedVol'>,
  currency: string,
): readonly Fact[] => [
  {
    label: 'Fair',
    value: volPercent(quote.fairVol),
    unit: '%',
    tone: 'strong',
    tip: `Root mean square of realized and remaining, by observations\nRemaining ${volPercent(quote.remainingVol)} %: ${quote.remainingVolSource}`,
  },
  {
    label: 'Fair value',
    value: money(quote.fairValue, 2),
    unit: `${currency} a contract`,
    tip: 'Multiplier × fair × months',
  },
  {
    label: 'Convexity',
    value: volPercent(quote.convexityAdjustment),
    unit: '%',
    tip: 'Taken off the root of the expected variance; 0 where the switch is off',
  },
  {
    label: 'Tick value',
    value: money(quote.tickValue, 2),
    unit: currency,
    tip: 'One tick of one contract\n= multiplier × tick × months',
  },
  {
    label: 'Edge',
    value: signedDecimal(quote.edgeTicks, 1),
    unit: 'ticks',
    tip: 'What fair stands above the volatility agreed, for the quantity',
  },
  {
    label: 'Edge in money',
    value: signedMoney(quote.edge),
    unit: currency,
    tip: 'Quantity × multiplier × months × (fair − agreed)',
    ...(quote.edge === 0 ? {} : { tone: quote.edge > 0 ? ('gain' as const) : ('loss' as const) }),
  },
  {
    label: 'Break-even rest',
    value: volPercent(quote.breakEvenRemainingVol),
    unit: '%',
    tip:
      quote.breakEvenRemainingVol === null
        ? 'What is realized already lies above the volatility agreed'
        : 'Remaining volatility at which the trade neither gains nor loses',
  },
  {
    label: 'Vega',
    value: signedMoney(quote.vegaPerVolPoint),
    unit: 'per vol pt',
    tip: 'For one point of the remaining volatility',
  },
  {
    label: 'Bond',
    value: money(quote.bond),
    unit: currency,
    tip:
      quote.bond === null ? 'None was given for its side' : 'Performance bond of the quantity, by its side',
  },
  {
    label: 'Observations',
    value: `${integer(quote.observationsDone)} of ${integer(quote.observationsExpected)}`,
    tip: 'Done and expected, by the calendar of the exchange',
  },
];
