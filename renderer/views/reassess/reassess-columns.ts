import type { LegDecision } from '../../../shared/contract/reassess.ts';
import {
  date,
  daysToGo,
  decimal,
  integer,
  money,
  none,
  percent,
  price,
  signedDecimal,
  signedInteger,
  signedMoney,
  strike,
} from '../../format.ts';
import type { ColumnSpec } from '../../grids/column.ts';
import type { ReassessOrder, Roll } from '../../state/reassess.ts';
import { legName } from '../hedge/hedge-columns.ts';
import { isShare, ruleTitle } from './reassess-rules.ts';

const actionTexts: Readonly<Record<LegDecision['action'], string>> = {
  roll: '↻ roll',
  'trade-part': '◐ trade part',
  'let-expire': '⌛ let expire',
  keep: 'keep',
};
export const actionText = (action: LegDecision['action']): string => actionTexts[action];

/** A number that fired or its threshold, in the unit of its rule. */
export function ruleNumber(rule: string, value: number | null): string {
  if (value === null) return none;
  if (isShare(rule)) return `${percent(value, 2)} %`;
  return rule === 'days-to-expiry' ? daysToGo(value) : decimal(value, 2);
}

const sign = (leg: LegDecision): number => (leg.side === 'sold' ? -1 : 1);
const share = (leg: LegDecision): number | null =>
  leg.openPrice === null || leg.openPrice <= 0 || leg.mark === null ? null : 1 - leg.mark / leg.openPrice;

/** The legs of the hedge that is on, with what is proposed and what fired. */
export const reassessColumns = (currency: string): readonly ColumnSpec<LegDecision>[] => [
  {
    key: 'leg',
    header: 'Leg',
    note: { what: 'option held', source: 'positions, or the newest approved suggestion' },
    align: 'left',
    value: (leg) => leg.leg,
    text: legName,
    reason: (leg) => leg.note,
    tones: { strong: () => true, said: () => true },
    pinned: 'left',
    width: 132,
  },
  {
    key: 'expiry',
    header: 'Expiry',
    note: { what: 'last day of the option' },
    value: (leg) => leg.expiry,
    text: (leg) => date(leg.expiry),
    width: 92,
  },
  {
    key: 'days',
    header: 'Days',
    note: { what: 'calendar days to expiry', unit: 'days' },
    value: (leg) => leg.daysToExpiry,
    text: (leg) => integer(leg.daysToExpiry),
    width: 46,
  },
  {
    key: 'quantity',
    header: 'Qty',
    note: { what: 'contracts held; minus is sold', unit: 'contracts' },
    value: (leg) => sign(leg) * leg.quantity,
    text: (leg) => signedInteger(sign(leg) * leg.quantity),
    width: 54,
  },
  {
    key: 'action',
    header: 'Proposed',
    note: { what: 'roll, trade part, let expire or keep, by the first rule that fired on the leg' },
    align: 'left',
    value: (leg) => leg.action,
    text: (leg) => actionText(leg.action),
    reason: (leg) => leg.reason,
    tones: {
      said: () => true,
      warning: (leg) => leg.action !== 'keep',
      strong: (leg) => leg.action !== 'keep',
    },
    width: 100,
  },
  {
    key: 'trade',
    header: 'Trade',
    note: { what: 'contracts to buy (+) or sell (−)', unit: 'contracts' },
    value: (leg) => leg.trade,
    text: (leg) => signedInteger(leg.trade),
    reason: (leg) => (leg.trade === null ? 'Nothing is to be traded.' : null),
    width: 52,
  },
  {
    key: 'rule',
    header: 'Rule',
    note: { what: 'the rule that decided; where several fire the most pressing does' },
    align: 'left',
    value: (leg) => leg.rule,
    text: (leg) => (leg.rule === 'none' ? none : ruleTitle(leg.rule)),
    reason: (leg) =>
      leg.alsoFired.length === 0
        ? leg.reason
        : `${leg.reason}\nAlso fired: ${leg.alsoFired.map(ruleTitle).join(', ')}`,
    tones: { said: () => true },
    width: 118,
  },
  {
    key: 'value',
    header: 'Number',
    note: { what: 'the number that fired, in the unit of its rule' },
    value: (leg) => leg.value,
    text: (leg) => ruleNumber(leg.rule, leg.value),
    reason: (leg) => (leg.value === null ? leg.reason : null),
    tones: { strong: () => true },
    width: 74,
  },
  {
    key: 'threshold',
    header: 'Limit',
    note: { what: 'the threshold it passed, in the unit of its rule' },
    value: (leg) => leg.threshold,
    text: (leg) => ruleNumber(leg.rule, leg.threshold),
    reason: (leg) => (leg.threshold === null ? leg.reason : null),
    width: 70,
  },
  {
    key: 'openPrice',
    header: 'Traded at',
    unit: currency,
    note: { what: 'price it was opened at, per unit' },
    value: (leg) => leg.openPrice,
    text: (leg) => price(leg.openPrice),
    reason: (leg) => (leg.openPrice === null ? 'What it was opened at is not known.' : null),
    width: 98,
  },
  {
    key: 'mark',
    header: 'Now',
    unit: currency,
    note: { what: 'mark of the day, per unit' },
    value: (leg) => leg.mark,
    text: (leg) => price(leg.mark),
    reason: (leg) => (leg.mark === null ? (leg.note ?? 'It has no price today.') : null),
    width: 70,
  },
  {
    key: 'captured',
    header: 'Earned',
    unit: '%',
    note: { what: 'share of the premium of an option sold', formula: '1 − now ÷ traded at' },
    value: (leg) => (leg.side === 'sold' ? share(leg) : null),
    text: (leg) => (leg.side === 'sold' ? percent(share(leg), 1) : none),
    reason: (leg) =>
      leg.side === 'bought'
        ? 'Only of options sold.'
        : share(leg) === null
          ? 'Its opening price or its price today is not known.'
          : null,
    width: 62,
  },
  {
    key: 'delta',
    header: 'Δ',
    note: { what: 'delta of one option, long', unit: 'per unit of the underlying' },
    value: (leg) => leg.delta,
    text: (leg) => signedDecimal(leg.delta, 3),
    reason: (leg) => (leg.delta === null ? (leg.note ?? 'Its delta is not known today.') : null),
    width: 58,
  },
];

/** A roll with what it brings for all contracts. */
export interface RollRow extends Roll {
  readonly isBest: boolean;
  readonly creditMoney: number;
}

export const rollColumns = (currency: string): readonly ColumnSpec<RollRow>[] => [
  {
    key: 'to',
    header: 'Into',
    note: { what: 'strike and type of what replaces it; ★ is the best by target days, then strike or delta' },
    align: 'left',
    value: (row) => row.to.contract,
    text: (row) => `${row.isBest ? '★ ' : ''}${strike(row.to.strike)} ${row.to.optionType}`,
    tones: { strong: () => true },
    width: 106,
  },
  {
    key: 'expiry',
    header: 'Expiry',
    note: { what: 'its last day' },
    value: (row) => row.to.expiry,
    text: (row) => date(row.to.expiry),
    width: 92,
  },
  {
    key: 'days',
    header: 'Days',
    note: { what: 'calendar days to its expiry', unit: 'days' },
    value: (row) => row.to.days,
    text: (row) => integer(row.to.days),
    width: 46,
  },
  {
    key: 'daysAdded',
    header: '+ days',
    note: { what: 'days more than what is held', unit: 'days' },
    value: (row) => row.daysAdded,
    text: (row) => signedInteger(row.daysAdded),
    width: 56,
  },
  {
    key: 'close',
    header: 'Close at',
    unit: currency,
    note: { what: 'price at which what is held is closed, per unit' },
    value: (row) => row.closePrice,
    text: (row) => price(row.closePrice),
    width: 88,
  },
  {
    key: 'open',
    header: 'Open at',
    unit: currency,
    note: { what: 'price at which the new one is opened, per unit' },
    value: (row) => row.openPrice,
    text: (row) => price(row.openPrice),
    width: 88,
  },
  {
    key: 'credit',
    header: 'Credit',
    unit: currency,
    note: { what: 'received (+) or paid (−), per unit' },
    value: (row) => row.credit,
    text: (row) => signedDecimal(row.credit, 2),
    tones: { gain: (row) => row.credit > 0, loss: (row) => row.credit < 0, strong: () => true },
    width: 72,
  },
  {
    key: 'money',
    header: 'In all',
    unit: currency,
    note: { what: 'credit of all contracts', formula: 'credit × contracts × multiplier' },
    value: (row) => row.creditMoney,
    text: (row) => signedMoney(row.creditMoney),
    width: 78,
  },
  {
    key: 'deltaChange',
    header: 'Δ change',
    note: { what: 'delta of one new option less that of the one held', unit: 'per unit of the underlying' },
    value: (row) => row.deltaChange,
    text: (row) => signedDecimal(row.deltaChange, 3),
    reason: (row) => (row.deltaChange === null ? 'One of the two has no delta today.' : null),
    width: 70,
  },
  {
    key: 'openInterest',
    header: 'OI',
    note: { what: 'open interest of the new one', unit: 'contracts' },
    value: (row) => row.to.openInterest,
    text: (row) => integer(row.to.openInterest),
    reason: (row) => (row.to.openInterest === null ? 'The source gives none.' : null),
    width: 60,
  },
];

/** One line on what is on its way to review. */
export function orderText(order: ReassessOrder, currency: string): string {
  const { leg } = order;
  if (order.kind === 'trade')
    return `${order.trade > 0 ? 'Buy' : 'Sell'} ${integer(Math.abs(order.trade))} ${legName(leg)}`;
  const { roll, quantity } = order;
  const credit = roll.credit * quantity * leg.multiplier;
  return `Roll ${integer(quantity)} ${legName(leg)} to ${date(roll.to.expiry)}${
    roll.strikeChange === 0 ? '' : ` ${strike(roll.to.strike)}`
  }: ${signedMoney(credit)} ${currency}`;
}

/** Money that all rolls on their way bring in. */
export const orderCredit = (orders: readonly ReassessOrder[]): string =>
  money(
    orders.reduce(
      (sum, order) =>
        order.kind === 'roll' ? sum + order.roll.credit * order.quantity * order.leg.multiplier : sum,
      0,
    ),
  );
