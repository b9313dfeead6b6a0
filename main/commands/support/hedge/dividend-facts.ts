import { addDays, type IsoDate } from '../../../../shared/dates.ts';
import { expectedDividend, type DatedDividend } from '../../../../shared/quant/hedge/expected-dividend.ts';
import { inDecimals } from '../../../../shared/quant/words.ts';
import type { Exercise, OptionType } from '../../../../shared/units.ts';
import type { Readers } from '../../../store/index.ts';

/** Days of past dividends that the next is expected from. */
const dividendDays = 800;

/** The next dividend up to a leg's expiry: as told, else expected from past ones. */
export function nextDividend(
  read: Readers,
  { symbol, expiry }: { readonly symbol: string; readonly expiry: IsoDate },
  asOf: IsoDate,
  told: readonly (DatedDividend & { readonly symbol: string })[],
): DatedDividend | null {
  const known = told
    .filter((one) => one.symbol === symbol && one.exDate > asOf)
    .sort((a, b) => (a.exDate < b.exDate ? -1 : 1))[0];
  const prices = read.prices.upTo(symbol, asOf);
  const from = addDays(asOf, -dividendDays);
  const past = prices.date.flatMap((exDate, row) => {
    const amount = prices.dividend[row] ?? 0;
    return exDate >= from && amount > 0 ? [{ exDate, amount }] : [];
  });
  const next = known ?? expectedDividend({ past, asOf });
  return next === null || next.exDate > expiry ? null : { exDate: next.exDate, amount: next.amount };
}

/** Flags of a call that is sold, with a sentence for each. */
export interface AssignmentFacts {
  readonly flags: readonly string[];
  readonly sentences: readonly string[];
}

const none: AssignmentFacts = { flags: [], sentences: [] };

/**
 * Whether a call sold may be assigned before its expiry: a dividend before it, and a time value that is worth
 * less than the dividend. Calls that cannot be exercised early have neither.
 *
 * Source: features F17; math §9. Proof: test/contract/draft.test.ts
 */
export function assignmentFacts(
  read: Readers,
  leg: {
    readonly symbol: string;
    readonly side: 'sell' | 'buy';
    readonly type: OptionType;
    readonly strike: number;
    readonly expiry: IsoDate;
    readonly mark: number | null;
    readonly spot: number | null;
    readonly exercise: Exercise;
  },
  asOf: IsoDate,
): AssignmentFacts {
  if (leg.side !== 'sell' || leg.type !== 'call' || leg.exercise !== 'american') return none;
  const dividend = nextDividend(read, leg, asOf, []);
  if (dividend === null) return none;
  const { exDate, amount } = dividend;
  const flags = [`ex-dividend ${exDate}`];
  const sentences = [`A dividend of ${inDecimals(amount)} is expected on ${exDate}, before it expires.`];
  if (leg.mark !== null && leg.spot !== null && leg.spot > leg.strike) {
    const timeValue = Math.max(0, leg.mark - (leg.spot - leg.strike));
    if (timeValue < amount) {
      flags.push('early assignment');
      sentences.push(
        `It is in the money and its time value of ${inDecimals(timeValue)} is below that dividend: expect it to be assigned the day before.`,
      );
    }
  }
  return { flags, sentences };
}
