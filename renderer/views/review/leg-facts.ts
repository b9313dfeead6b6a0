import type { HedgeLeg } from '../../../shared/contract/hedge.ts';
import type { Fact } from '../../components/Facts.tsx';
import {
  decimal,
  instant,
  integer,
  money,
  none,
  price,
  signedDecimal,
  signedPercent,
  volPercent,
} from '../../format.ts';

const orNone = (value: number | null): string => (value === null ? none : price(value));

/** A leg in numbers: its quote, its greeks in money, its scores. */
export function legFacts(leg: HedgeLeg, currency: string): readonly Fact[] {
  const { quote } = leg;
  const units = (leg.side === 'sell' ? -1 : 1) * leg.quantity * leg.multiplier;
  const of = `× ${integer(leg.quantity)} contracts × ${integer(leg.multiplier)}`;
  return [
    { label: 'Bid', value: orNone(quote.bid), tip: quote.source },
    { label: 'Ask', value: orNone(quote.ask), tip: quote.source },
    { label: 'Mark', value: orNone(quote.mark) },
    {
      label: 'IV',
      value: volPercent(quote.vol),
      unit: '%',
      tip: quote.vol === null ? 'The quote has no implied volatility' : 'Implied volatility at the mark',
    },
    { label: 'Open interest', value: integer(leg.openInterest), unit: 'contracts' },
    { label: 'Quoted', value: instant(quote.quotedAt), tip: quote.source },
    {
      label: 'Δ',
      value: signedDecimal(leg.delta, 3),
      tip: 'Of one option, long, per unit of the underlying',
    },
    {
      label: 'Vega',
      value: money(leg.vegaPerVolPoint * units),
      unit: 'per vol pt',
      tip: `Of the leg in ${currency}: ${decimal(leg.vegaPerVolPoint, 4)} ${of}`,
    },
    {
      label: 'Theta',
      value: money(leg.thetaPerDay * units),
      unit: 'per day',
      tip: `Of the leg in ${currency}: ${decimal(leg.thetaPerDay, 4)} ${of}`,
    },
    {
      label: 'Skew premium',
      value: signedPercent(leg.skewPremium, 1),
      unit: '%',
      tip: 'What its volatility stands above at the money',
    },
    { label: 'IV ÷ HV', value: decimal(leg.impliedToHistorical, 2) },
    {
      label: 'Score',
      value: leg.score === null ? none : `${signedDecimal(leg.score, 2)}, rank ${integer(leg.rank)}`,
      tip:
        leg.score === null
          ? 'Puts and legs named by hand have no score'
          : 'The two sets balanced; rank among all candidates',
    },
  ];
}
