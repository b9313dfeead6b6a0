import type { HedgeLeg, Suggestion } from '../../shared/contract/hedge.ts';
import { acceptedLegs, orderReference, plainPrice, plainStrike } from './accepted-legs.ts';

const columns = [
  'Action',
  'Quantity',
  'Symbol',
  'SecType',
  'LastTradingDayOrContractMonth',
  'Strike',
  'Right',
  'Exchange',
  'Currency',
  'TimeInForce',
  'OrderType',
  'LmtPrice',
  'BasketTag',
  'Account',
  'OrderRef',
  'Multiplier',
] as const;

const compactDate = (isoDate: string): string => isoDate.replaceAll('-', '');

/** Keeps a field a field: ASCII, no separators, no line breaks, nothing a spreadsheet would run. */
const field = (text: string): string =>
  text
    .replace(/[^\x20-\x7e]/g, '')
    .replace(/[",;]/g, ' ')
    .replace(/^[=+\-@]+/, '')
    .trim();

const rowOf = (suggestion: Suggestion, leg: HedgeLeg): readonly string[] => [
  leg.side === 'sell' ? 'SELL' : 'BUY',
  String(leg.quantity),
  field(leg.symbol),
  'OPT',
  compactDate(leg.expiry),
  plainStrike(leg.strike),
  leg.type === 'call' ? 'C' : 'P',
  'SMART',
  field(suggestion.proposal.currency),
  'DAY',
  'LMT',
  plainPrice(leg.price),
  field(suggestion.proposal.basket),
  '',
  orderReference(suggestion),
  String(leg.multiplier),
];

/**
 * IBKR BasketTrader CSV: one limit order a leg, ASCII, CRLF, dates yyyymmdd, `.` as the decimal sign.
 * The account is left empty: it is chosen where the basket is loaded.
 */
export function basketTraderCsv(suggestion: Suggestion): string {
  const rows = acceptedLegs(suggestion).map((leg) => rowOf(suggestion, leg).join(','));
  return [columns.join(','), ...rows, ''].join('\r\n');
}
