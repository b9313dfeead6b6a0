import type { IsoDate } from '../../dates.ts';
import type { Failure } from '../../failure.ts';
import { failure } from '../../failure.ts';
import { fail, ok, type Result } from '../../result.ts';
import type { OptionType } from '../../units.ts';
import { inDecimals } from '../words.ts';

/** An option as the chain quotes it today. Prices per unit; delta of one long option. */
export interface RollQuote {
  readonly contract: string;
  readonly optionType: OptionType;
  readonly expiry: IsoDate;
  readonly days: number;
  readonly strike: number;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly delta: number | null;
  readonly openInterest: number | null;
}

export interface RollRules {
  /** What stays: the strike, or today's delta. */
  readonly keep: 'strike' | 'delta';
  /** Calendar days to the new expiry that are looked for. */
  readonly targetDays: number;
  /** Only rolls that bring in at least `minCredit`. */
  readonly creditOnly: boolean;
  /** Per unit, underlier currency. */
  readonly minCredit: number;
  /** 0 trades at the far sides of the market, 0.5 at mid. */
  readonly spreadShare: number;
  /** Of what is rolled into, contracts; default 0. */
  readonly minOpenInterest?: number;
  /** Of what is rolled into, (ask − bid) / mid; absent: any. */
  readonly maxSpreadFraction?: number;
}

/** Deltas this near to one another are as good; the more liquid one is taken. */
const deltaStep = 0.02;

export interface Roll {
  readonly from: RollQuote;
  readonly to: RollQuote;
  /** Price at which the held option is closed and the new one opened. */
  readonly closePrice: number;
  readonly openPrice: number;
  /** Per unit: received (+) or paid (−). */
  readonly credit: number;
  readonly strikeChange: number;
  readonly deltaChange: number | null;
  readonly daysAdded: number;
  readonly isCredit: boolean;
}

export interface RollChoice {
  readonly best: Roll;
  /** The next best, in order. */
  readonly others: readonly Roll[];
  readonly reason: string;
}

const tradedAt = (quote: RollQuote, side: 'sell' | 'buy', spreadShare: number): number | null => {
  const { bid, ask } = quote;
  if (bid === null || ask === null || ask <= 0 || bid > ask || (side === 'sell' && bid <= 0)) return null;
  const given = spreadShare * (ask - bid);
  return side === 'sell' ? bid + given : ask - given;
};

/**
 * The contract that replaces one held: the same type, a later expiry as near the target as can be, and in
 * it the same strike or the delta nearest today's. With `creditOnly`, the nearest such contract that brings
 * money in; expiries are gone through by their distance from the target.
 *
 * @param request.side        how the held option stands: a sold one is bought back and sold again later
 * @param request.candidates  options of the same underlying, any expiry
 * Failures: `no-candidates`: what is held has no market, nothing later is quoted, or nothing gives the credit.
 * Source: features G4; math §9. Proof: test/unit/quant/hedge-roll.test.ts
 */
export function chooseRoll(request: {
  readonly held: RollQuote;
  readonly side: 'sold' | 'bought';
  readonly candidates: readonly RollQuote[];
  readonly rules: RollRules;
}): Result<RollChoice, Failure> {
  const { held, side, candidates, rules } = request;
  const none = (reason: string) => fail(failure('no-candidates', `The roll of ${held.contract}`, { reason }));
  const [closing, opening] = side === 'sold' ? (['buy', 'sell'] as const) : (['sell', 'buy'] as const);
  const closePrice = tradedAt(held, closing, rules.spreadShare);
  if (closePrice === null) return none('it has no market on both sides today');
  if (rules.keep === 'delta' && held.delta === null) return none('its delta is not known today');

  const distance = (quote: RollQuote): number =>
    rules.keep === 'strike'
      ? Math.abs(quote.strike - held.strike)
      : Math.floor(Math.abs((quote.delta ?? Infinity) - (held.delta ?? 0)) / deltaStep);
  const isLiquid = ({ bid, ask, openInterest }: RollQuote): boolean =>
    (openInterest ?? 0) >= (rules.minOpenInterest ?? 0) &&
    (rules.maxSpreadFraction === undefined ||
      bid === null ||
      ask === null ||
      (ask - bid) / ((ask + bid) / 2) <= rules.maxSpreadFraction + 1e-12);
  const later = candidates.filter(
    (quote) =>
      quote.optionType === held.optionType &&
      quote.days > held.days &&
      (rules.keep === 'delta' ? quote.delta !== null : quote.strike === held.strike),
  );
  const liquid = later.filter(isLiquid);
  const thin = later.length - liquid.length;
  const rolls = liquid
    .flatMap((to): Roll[] => {
      const openPrice = tradedAt(to, opening, rules.spreadShare);
      if (openPrice === null) return [];
      const credit = side === 'sold' ? openPrice - closePrice : closePrice - openPrice;
      return [
        {
          from: held,
          to,
          closePrice,
          openPrice,
          credit,
          strikeChange: to.strike - held.strike,
          deltaChange: to.delta === null || held.delta === null ? null : to.delta - held.delta,
          daysAdded: to.days - held.days,
          isCredit: credit >= rules.minCredit && credit > 0,
        },
      ];
    })
    .sort(
      (a, b) =>
        Math.abs(a.to.days - rules.targetDays) - Math.abs(b.to.days - rules.targetDays) ||
        distance(a.to) - distance(b.to) ||
        (b.to.openInterest ?? 0) - (a.to.openInterest ?? 0) ||
        (a.to.contract < b.to.contract ? -1 : 1),
    );
  if (rolls.length === 0 && thin > 0)
    return none(`${thin} later contracts are too thin: loosen the spread or the open interest asked for`);
  if (rolls.length === 0) {
    return none(
      rules.keep === 'strike'
        ? `no later expiry quotes the strike ${inDecimals(held.strike)} on both sides; try the same delta`
        : 'no later expiry is quoted on both sides',
    );
  }
  const allowed = rules.creditOnly ? rolls.filter(({ isCredit }) => isCredit) : rolls;
  const [best, ...others] = allowed;
  if (best === undefined) {
    const most = rolls.reduce((a, b) => (b.credit > a.credit ? b : a));
    return none(
      `none of ${rolls.length} rolls brings in ${inDecimals(Math.max(rules.minCredit, 0))} or more a unit; the best is ${inDecimals(most.credit)} into ${most.to.contract}`,
    );
  }
  const kept =
    rules.keep === 'strike'
      ? `the same strike ${inDecimals(held.strike)}`
      : `delta ${inDecimals(best.to.delta ?? 0, 3)} against ${inDecimals(held.delta ?? 0, 3)}`;
  const passed = rules.creditOnly ? rolls.indexOf(best) : 0;
  const thinner = thin > 0 ? ` ${thin} too thin ${thin === 1 ? 'was' : 'were'} passed over.` : '';
  const instead =
    passed > 0 ? ` ${passed} nearer the target ${passed === 1 ? 'brings' : 'bring'} no credit.` : '';
  return ok({
    best,
    others: others.slice(0, 4),
    reason: `${best.to.days} days to expiry against ${rules.targetDays} wanted, ${kept}, ${best.credit >= 0 ? 'credit' : 'debit'} ${inDecimals(Math.abs(best.credit))} a unit.${instead}${thinner}`,
  });
}
