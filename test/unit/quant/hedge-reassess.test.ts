import { describe, expect, it } from 'vitest';
import { blackGreeks } from '../../../shared/quant/european/black.ts';
import { certainDelta } from '../../../shared/quant/hedge/certain-delta.ts';
import { expectedDividend } from '../../../shared/quant/hedge/expected-dividend.ts';
import {
  reassessHedge,
  usualReassessRules,
  type HeldHedge,
  type HeldLeg,
  type ReassessRuleName,
  type ReassessRules,
} from '../../../shared/quant/hedge/reassess.ts';

const call = (changes: Partial<HeldLeg> = {}): HeldLeg => ({
  leg: 'ACME 2026-12-18 105 C',
  symbol: 'ACME',
  side: 'sold',
  optionType: 'call',
  strike: 105,
  expiry: '2026-12-18',
  daysToExpiry: 28,
  quantity: 4,
  multiplier: 100,
  openPrice: 2,
  mark: 1.5,
  delta: 0.3,
  vol: 0.3,
  historicalVol: 0.25,
  impliedToHistoricalThen: null,
  spot: 100,
  beta: 1,
  isIndex: false,
  canExerciseEarly: true,
  nextDividend: null,
  ...changes,
});
const put = (changes: Partial<HeldLeg> = {}): HeldLeg =>
  call({
    leg: 'MERI 2026-12-18 4900 P',
    symbol: 'MERI',
    side: 'bought',
    optionType: 'put',
    strike: 4900,
    quantity: 2,
    openPrice: 60,
    mark: 55,
    delta: -0.3,
    spot: 5000,
    isIndex: true,
    canExerciseEarly: false,
    ...changes,
  });
const hedge = (legs: readonly HeldLeg[], changes: Partial<HeldHedge> = {}): HeldHedge => ({
  legs,
  notional: 1_000_000,
  netDelta: 20_000,
  tradeDate: '2026-11-02',
  indexLevel: 5000,
  indexLevelThen: 4950,
  votes: 'wait',
  votesThen: 'reverse',
  rSquared: 0.9,
  rSquaredThen: 0.92,
  ...changes,
});
const look = (held: HeldHedge, changes: Partial<ReassessRules> = {}) =>
  reassessHedge(held, { ...usualReassessRules, ...changes });
const unfiredReason = (found: ReturnType<typeof look>, rule: ReassessRuleName) =>
  found.unfired.find((one) => one.rule === rule)?.reason ?? 'fired';

describe('reassessHedge', () => {
  it('keeps a quiet hedge, and each rule says with its number why it did not fire', () => {
    const found = look(hedge([call(), put()]));
    expect(found.actions.map(({ action, rule }) => `${action} ${rule}`)).toEqual(['keep none', 'keep none']);
    expect(found.fired).toEqual([]);
    expect(Object.fromEntries(found.unfired.map(({ rule, reason }) => [rule, reason]))).toEqual({
      'early-exercise':
        'No call sold is in the money: the nearest is ACME 2026-12-18 105 C at a spot of 100.00.',
      'days-to-expiry': 'The nearest expiry is 2026-12-18 in 28 days (ACME 2026-12-18 105 C), more than 7.',
      'premium-captured': 'At most 25.0% of a premium is earned (ACME 2026-12-18 105 C), less than 80%.',
      'net-delta': 'Net delta is 20,000, 2.00% of the notional, within 5.00% on either side.',
      'implied-to-historical':
        'The lowest implied over historical volatility is 1.20 (ACME 2026-12-18 105 C), not below 1.00.',
      'index-move': 'The index moved 1.0% since 2026-11-02 (4,950.00 to 5,000.00), less than 5.0%.',
      'dispersion-votes':
        'The dispersion votes are for neither side and were for buying the index and selling the names: they have not turned against the hedge.',
      tracking: "The basket's r² against the index is 0.900 and was 0.920: a drop of 0.020, less than 0.100.",
    });
  });

  it('rolls an in-the-money call whose time value is below its next dividend, not one above it', () => {
    const dividend = { exDate: '2026-12-04', amount: 0.6 };
    const inMoney = call({ strike: 95, mark: 5.4, nextDividend: dividend });
    const [action] = look(hedge([inMoney])).actions;
    expect(action).toMatchObject({ action: 'roll', rule: 'early-exercise', threshold: 0.6, trade: 4 });
    expect(action?.value).toBeCloseTo(0.4, 12);
    const safe = look(hedge([call({ strike: 95, mark: 5.7, nextDividend: dividend })]));
    expect(safe.actions[0]?.action).toBe('keep');
    expect(unfiredReason(safe, 'early-exercise')).toMatch(/least time value is 0.70 .* dividend of 0.60/);
    const european = look(hedge([{ ...inMoney, canExerciseEarly: false }]));
    expect(european.actions[0]?.action).toBe('keep');
  });

  it('rolls an in-the-money call with nearly no time value though no dividend comes', () => {
    const deep = look(hedge([call({ strike: 70, mark: 30.05, openPrice: 30 })]));
    expect(deep.actions[0]).toMatchObject({ action: 'roll', rule: 'early-exercise', threshold: 0.1 });
  });

  it('near expiry lets a far call expire, rolls a near one and the protection', () => {
    const found = look(
      hedge([
        call({ leg: 'far', daysToExpiry: 5, delta: 0.04, openPrice: null }),
        call({ leg: 'near', daysToExpiry: 7, delta: 0.3 }),
        put({ leg: 'put', daysToExpiry: 3 }),
        call({ leg: 'gone', daysToExpiry: -1, delta: null, mark: null }),
        call({ leg: 'later', daysToExpiry: 8 }),
      ]),
    );
    expect(found.actions.map(({ leg, action }) => `${leg} ${action}`)).toEqual([
      'far let-expire',
      'near roll',
      'put roll',
      'gone let-expire',
      'later keep',
    ]);
    expect(found.actions[3]?.reason).toMatch(/expired on 2026-12-18/);
  });

  it('rolls what has earned its premium', () => {
    expect(look(hedge([call({ mark: 0.4 })])).actions[0]).toMatchObject({
      action: 'roll',
      rule: 'premium-captured',
      value: 0.8,
      threshold: 0.8,
    });
    expect(look(hedge([call({ mark: 0.41 })])).actions[0]?.action).toBe('keep');
  });

  it('buys puts where the book is too long, enough to come back under the limit', () => {
    // Each put moves −0.3 × 5000 × 100 = −150,000; 200,000 over the limit need two.
    const found = look(hedge([call(), put()], { netDelta: 250_000 }));
    expect(found.actions.map(({ action, trade }) => [action, trade])).toEqual([
      ['keep', null],
      ['trade-part', 2],
    ]);
    expect(found.fired[0]?.reason).toMatch(/25\.00% of the notional, over 5\.00%/);
  });

  it('buys calls back where the book is too short and one put would carry it past the other side', () => {
    // Each call bought back adds 0.3 × 100 × 100 = 3,000; 6,000 over the limit need two.
    const found = look(hedge([put(), call()], { netDelta: -56_000 }));
    expect(found.actions.map(({ action, trade }) => [action, trade])).toEqual([
      ['keep', null],
      ['trade-part', 2],
    ]);
    // Far too short, the leg that moves most comes first: one put, −150,000, and there the book is right.
    const far = look(hedge([put(), call()], { netDelta: -190_000 }));
    expect(far.actions.map(({ trade }) => trade)).toEqual([-1, null]);
  });

  it('reduces what is no longer dear', () => {
    expect(look(hedge([call({ vol: 0.2 })])).actions[0]).toMatchObject({
      action: 'trade-part',
      rule: 'implied-to-historical',
      value: 0.8,
      trade: 2,
    });
  });

  it('keeps what was below the ratio when it was sold, and says so', () => {
    const skewed = look(hedge([call({ vol: 0.2, impliedToHistoricalThen: 0.9 })]));
    expect(skewed.actions[0]?.action).toBe('keep');
    expect(unfiredReason(skewed, 'implied-to-historical')).toBe(
      'No leg came back under 1.00. 1 below it was so when sold.',
    );
    const fallen = look(hedge([call({ vol: 0.2, impliedToHistoricalThen: 1.1 })]));
    expect(fallen.actions[0]?.rule).toBe('implied-to-historical');
  });

  it('moves protection after a rally and takes part of its gain after a fall', () => {
    expect(look(hedge([put()], { indexLevel: 5247 })).actions[0]).toMatchObject({
      action: 'roll',
      rule: 'index-move',
    });
    expect(look(hedge([put()], { indexLevel: 4600 })).actions[0]).toMatchObject({
      action: 'trade-part',
      trade: -1,
    });
  });

  it('reduces what is sold on the names when the votes turn, not when they were so at the trade', () => {
    const turned = look(hedge([call(), put()], { votes: 'dispersion' }));
    expect(turned.actions.map(({ rule }) => rule)).toEqual(['dispersion-votes', 'none']);
    const always = look(hedge([call()], { votes: 'dispersion', votesThen: 'dispersion' }));
    expect(always.actions[0]?.action).toBe('keep');
  });

  it('reduces protection that no longer follows the basket', () => {
    const found = look(hedge([call(), put()], { rSquared: 0.8 }));
    expect(found.actions.map(({ rule }) => rule)).toEqual(['none', 'tracking']);
  });

  it('lets the most pressing rule decide and names the others', () => {
    const [action] = look(hedge([call({ daysToExpiry: 2, delta: 0.02, mark: 0.05, vol: 0.2 })])).actions;
    expect(action).toMatchObject({
      action: 'let-expire',
      rule: 'days-to-expiry',
      alsoFired: ['premium-captured', 'implied-to-historical'],
    });
  });

  it('says what is not known and what is switched off', () => {
    const blind = look(
      hedge([call({ mark: null, delta: null, vol: null })], {
        netDelta: null,
        votes: null,
        rSquared: null,
        tradeDate: null,
      }),
    );
    expect(blind.fired).toEqual([]);
    for (const rule of [
      'early-exercise',
      'premium-captured',
      'net-delta',
      'implied-to-historical',
      'index-move',
      'dispersion-votes',
      'tracking',
    ] as const) {
      expect(unfiredReason(blind, rule), rule).toMatch(/^Cannot be told: /);
    }
    const off = look(hedge([call({ mark: 0.1 })]), { capturedShare: null });
    expect(unfiredReason(off, 'premium-captured')).toBe('Switched off.');
  });
});

describe('certainDelta', () => {
  const option = {
    optionType: 'put',
    strike: 100,
    timeToExpiry: 0.04,
    historicalVol: 0.2,
    mark: null,
  } as const;
  it('is 0 or ±1 beyond three standard deviations (12 % here), and unknown within', () => {
    expect(certainDelta({ ...option, spot: 88 })).toBe(-1);
    expect(certainDelta({ ...option, spot: 89 })).toBeNull();
    expect(certainDelta({ ...option, spot: 89, mark: 11.05 })).toBe(-1);
    expect(certainDelta({ ...option, spot: 89, mark: 11.2 })).toBeNull();
    expect(certainDelta({ ...option, spot: 113 })).toBe(0);
    expect(certainDelta({ ...option, spot: 113, optionType: 'call' })).toBe(1);
  });

  it('is what Black gives there, to 0.002', () => {
    for (const optionType of ['call', 'put'] as const) {
      for (const spot of [85, 88, 113, 120]) {
        const delta = blackGreeks({
          optionType,
          forward: spot,
          strike: 100,
          timeToExpiry: 0.04,
          vol: 0.2,
        }).deltaForward;
        expect(Math.abs((certainDelta({ ...option, optionType, spot }) ?? 9) - delta)).toBeLessThan(0.002);
      }
    }
  });
});

describe('expectedDividend', () => {
  const past = [
    { exDate: '2026-02-06', amount: 0.5 },
    { exDate: '2026-05-08', amount: 0.5 },
    { exDate: '2026-08-07', amount: 0.55 },
  ];
  it('comes the median interval after the last, of its amount', () => {
    expect(expectedDividend({ past, asOf: '2026-09-01' })).toEqual({ exDate: '2026-11-06', amount: 0.55 });
  });
  it('is due tomorrow where it is late, and is none where the payer fell silent or paid once', () => {
    expect(expectedDividend({ past, asOf: '2026-11-10' })?.exDate).toBe('2026-11-11');
    expect(expectedDividend({ past, asOf: '2027-03-01' })).toBeNull();
    expect(expectedDividend({ past: past.slice(0, 1), asOf: '2026-02-10' })).toBeNull();
  });
});
