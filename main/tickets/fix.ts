import type { HedgeLeg, HedgeProposal, Suggestion } from '../../shared/contract/hedge.ts';
import { conventionsOf } from '../../shared/option-roots.ts';
import { acceptedLegs, orderReference, plainPrice, plainStrike } from './accepted-legs.ts';
import { fixMessage, fixTimestamp, type FixField } from './fix-message.ts';

const compactDate = (isoDate: string): string => isoDate.replaceAll('-', '');
const sideOf = ({ side }: HedgeLeg): number => (side === 'buy' ? 1 : 2);
const orderId = (suggestion: Suggestion, at: number): string =>
  `${orderReference(suggestion)}-${String(at + 1).padStart(3, '0')}`;

/**
 * ISO 10962 as of FIX 4.4: option, call or put, exercise, underlying, delivery, standardized. `X` where the
 * snapshot does not say: whether an index product is an index or a fund is known from its root alone.
 */
export function cfiCode(leg: HedgeLeg, proposal: Pick<HedgeProposal, 'holdings' | 'currency'>): string {
  const [root = leg.symbol] = leg.contract.split(' ');
  const { exercise, adjusted } = conventionsOf(root);
  const isStock = proposal.holdings.some(({ symbol }) => symbol === leg.symbol);
  const isUnitedStates = proposal.currency === 'USD';
  const style =
    exercise !== null
      ? `${exercise === 'european' ? 'E' : 'A'}IC`
      : isStock
        ? `${isUnitedStates ? 'A' : proposal.currency === 'INR' ? 'E' : 'X'}SP`
        : 'XXX';
  return `O${leg.type === 'call' ? 'C' : 'P'}${style}${adjusted ? 'N' : 'S'}`;
}

/** Header fields after the type. Party names are set where the message is sent; the time is the approval's. */
const header = (suggestion: Suggestion): readonly FixField[] => [
  [49, 'VOLDESK'],
  [56, 'BROKER'],
  [34, 1],
  [52, fixTimestamp(suggestion.approvedAt ?? suggestion.createdAt)],
];

/** Calls sold on shares that are held are covered; nothing is said of what is bought. */
const coveredOf = (leg: HedgeLeg, { holdings }: HedgeProposal): number | null =>
  leg.side === 'sell' && leg.type === 'call' && holdings.some(({ symbol }) => symbol === leg.symbol)
    ? 0
    : null;

/** Opens, or closes what is held. */
const positionEffect = ({ effect }: HedgeLeg): string => (effect === 'close' ? 'C' : 'O');

const listOrder = (suggestion: Suggestion, leg: HedgeLeg, at: number): readonly FixField[] => [
  [11, orderId(suggestion, at)],
  [67, at + 1],
  [21, 3],
  [55, leg.symbol],
  [461, cfiCode(leg, suggestion.proposal)],
  [167, 'OPT'],
  [200, compactDate(leg.expiry).slice(0, 6)],
  [541, compactDate(leg.expiry)],
  [201, leg.type === 'put' ? 0 : 1],
  [202, plainStrike(leg.strike)],
  [231, plainStrike(leg.multiplier)],
  [54, sideOf(leg)],
  [60, fixTimestamp(suggestion.approvedAt ?? suggestion.createdAt)],
  [38, leg.quantity],
  [40, 2],
  [44, plainPrice(leg.price)],
  [15, suggestion.proposal.currency],
  [59, 0],
  [77, positionEffect(leg)],
  [203, coveredOf(leg, suggestion.proposal)],
];

/**
 * NewOrderList (35=E): one limit order a leg, day orders, handled by hand. The list waits for ListExecute
 * (433=2), so that a receiver stages it; no bidding (394=3).
 *
 * Source: FIX 4.4, NewOrderList and ListOrdGrp; formats §13. Proof: test/unit/tickets/fix.test.ts
 */
export function fixList(suggestion: Suggestion): string {
  const legs = acceptedLegs(suggestion);
  return fixMessage('E', [
    ...header(suggestion),
    [66, orderReference(suggestion)],
    [394, 3],
    [433, 2],
    [69, 'Staged: do not work before release'],
    [68, legs.length],
    [73, legs.length],
    ...legs.flatMap((leg, at) => listOrder(suggestion, leg, at)),
  ]);
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

const multilegLeg = (
  suggestion: Suggestion,
  leg: HedgeLeg,
  at: number,
  packages: number,
): readonly FixField[] => [
  [600, leg.symbol],
  [608, cfiCode(leg, suggestion.proposal)],
  [609, 'OPT'],
  [610, compactDate(leg.expiry).slice(0, 6)],
  [611, compactDate(leg.expiry)],
  [612, plainStrike(leg.strike)],
  [614, plainStrike(leg.multiplier)],
  [623, leg.quantity / packages],
  [624, sideOf(leg)],
  [687, leg.quantity],
  [564, positionEffect(leg)],
  [565, coveredOf(leg, suggestion.proposal)],
  [654, orderId(suggestion, at)],
  [566, plainPrice(leg.price)],
];

/** A sum of money with its sign, two places. */
const signedPrice = (amount: number): string =>
  `${amount < 0 ? '-' : ''}${plainPrice(Number(Math.abs(amount).toFixed(6)))}`;

/**
 * NewOrderMultileg (35=AB): the whole hedge as one package. OrderQty is the number of packages, the greatest
 * common divisor of the legs; Price is the money of one package (423=3, fixed amount), paid (+) or
 * received (−), as legs of unlike multipliers have no price a unit.
 *
 * Source: FIX 4.4, NewOrderMultileg and LegOrdGrp; formats §13. Proof: test/unit/tickets/fix.test.ts
 */
export function fixMultileg(suggestion: Suggestion): string {
  const legs = acceptedLegs(suggestion);
  const packages = Math.max(
    1,
    legs.reduce((divisor, { quantity }) => commonDivisor(quantity, divisor), 0),
  );
  const money = legs.reduce(
    (sum, leg) => sum + (leg.side === 'buy' ? 1 : -1) * leg.quantity * leg.multiplier * leg.price,
    0,
  );
  return fixMessage('AB', [
    ...header(suggestion),
    [11, orderReference(suggestion)],
    [21, 3],
    [54, 'B'],
    [55, '[N/A]'],
    [167, 'MLEG'],
    [555, legs.length],
    ...legs.flatMap((leg, at) => multilegLeg(suggestion, leg, at, packages)),
    [60, fixTimestamp(suggestion.approvedAt ?? suggestion.createdAt)],
    [38, packages],
    [40, 2],
    [423, 3],
    [44, signedPrice(money / packages)],
    [15, suggestion.proposal.currency],
    [59, 0],
  ]);
}
