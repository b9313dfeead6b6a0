import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../../../shared/failure.ts';
import { chooseRoll, type RollQuote, type RollRules } from '../../../shared/quant/hedge/roll.ts';
import { valueOf } from '../../support/service.ts';

const quote = (days: number, strike: number, bid: number, ask: number, delta: number): RollQuote => ({
  contract: `ACME ${days} ${strike}`,
  optionType: 'call',
  expiry: '2027-01-15',
  days,
  strike,
  bid,
  ask,
  delta,
  openInterest: 100,
});
const held = quote(5, 100, 2, 2.2, 0.55);
const chain = [
  held,
  quote(33, 100, 4, 4.3, 0.52),
  quote(33, 105, 2.5, 2.7, 0.36),
  quote(33, 98, 5.1, 5.4, 0.56),
  quote(61, 100, 5.5, 5.9, 0.53),
];
const rules: RollRules = { keep: 'strike', targetDays: 30, creditOnly: true, minCredit: 0, spreadShare: 0 };

describe('chooseRoll', () => {
  it('keeps the strike at the expiry nearest the target and counts the credit across both markets', () => {
    const { best, others } = valueOf(chooseRoll({ held, side: 'sold', candidates: chain, rules }));
    expect(best).toMatchObject({ to: { days: 33, strike: 100 }, strikeChange: 0, daysAdded: 28 });
    expect(best.credit).toBeCloseTo(4 - 2.2, 12);
    expect(others.map(({ to }) => to.days)).toEqual([61]);
  });

  it('keeps the delta instead, at another strike', () => {
    const { best } = valueOf(
      chooseRoll({ held, side: 'sold', candidates: chain, rules: { ...rules, keep: 'delta' } }),
    );
    expect(best.to.strike).toBe(98);
    expect(best.deltaChange).toBeCloseTo(0.01, 12);
  });

  it('passes over what is too thin, and takes the more liquid of deltas as good as each other', () => {
    const thin = { ...quote(33, 98, 1, 9, 0.56), contract: 'THIN' };
    const near = { ...quote(33, 99, 4.6, 4.8, 0.542), contract: 'NEAR', openInterest: 5 };
    const busy = { ...quote(33, 97, 5.6, 5.9, 0.565), contract: 'BUSY', openInterest: 900 };
    const { best, reason } = valueOf(
      chooseRoll({
        held,
        side: 'sold',
        candidates: [held, thin, near, busy],
        rules: { ...rules, keep: 'delta', maxSpreadFraction: 0.6, minOpenInterest: 1 },
      }),
    );
    expect(best.to.contract).toBe('BUSY');
    expect(reason).toMatch(/1 too thin was passed over/);
    const none = chooseRoll({
      held,
      side: 'sold',
      candidates: [held, near],
      rules: { ...rules, minOpenInterest: 10, keep: 'delta' },
    });
    expect(none.ok ? '' : sentenceOf(none.error)).toMatch(/1 later contracts are too thin/);
  });

  it('goes to a later expiry where only that brings the credit, and says so', () => {
    const { best, reason } = valueOf(
      chooseRoll({ held, side: 'sold', candidates: chain, rules: { ...rules, minCredit: 2.5 } }),
    );
    expect(best.to.days).toBe(61);
    expect(reason).toMatch(/1 nearer the target brings no credit/);
  });

  it('pays to roll what was bought, and refuses to where only a credit will do', () => {
    const refused = chooseRoll({ held, side: 'bought', candidates: chain, rules });
    expect(refused.ok ? '' : sentenceOf(refused.error)).toMatch(/the best is -2\.30 into ACME 33 100/);
    const { best } = valueOf(
      chooseRoll({ held, side: 'bought', candidates: chain, rules: { ...rules, creditOnly: false } }),
    );
    expect(best.credit).toBeCloseTo(2 - 4.3, 12);
  });

  it('says what is missing where there is no market or nothing later', () => {
    const unquoted = chooseRoll({ held: { ...held, ask: null }, side: 'sold', candidates: chain, rules });
    expect(unquoted.ok ? '' : sentenceOf(unquoted.error)).toMatch(/no market on both sides/);
    const alone = chooseRoll({ held, side: 'sold', candidates: [held], rules });
    expect(alone.ok ? '' : sentenceOf(alone.error)).toMatch(/strike 100\.00 on both sides/);
  });
});
