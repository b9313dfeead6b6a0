import { describe, expect, test } from 'vitest';
import { draftLegsOf, reassessRulesFrom } from '../../../renderer/state/reassess.ts';
import { effectRows, flaggedLegs, frontierModel } from '../../../renderer/views/hedge/hedge-models.ts';
import { ruleLines, thresholdLabel } from '../../../renderer/views/reassess/reassess-rules.ts';
import {
  checkCells,
  legRows,
  settingText,
  totalRows,
} from '../../../renderer/views/review/compare-models.ts';
import { legChoices } from '../../../renderer/views/review/leg-chain-columns.ts';
import { keyName } from '../../../renderer/views/review/use-keys.ts';
import { ruleNumber } from '../../../renderer/views/reassess/reassess-columns.ts';
import type { HedgeReassessment, LegDecision } from '../../../shared/contract/reassess.ts';
import { usualReassessRules } from '../../../shared/quant/hedge/reassess.ts';
import { ruleOrder } from '../../../shared/quant/hedge/reassess-rules.ts';
import { leg, suggestionWith } from '../../support/suggestion.ts';

const held: LegDecision = {
  leg: 'ACME 2026-12-18 105 C',
  action: 'roll',
  rule: 'days-to-expiry',
  reason: 'It expires in 5 days, 7 or fewer.',
  value: 5,
  threshold: 7,
  trade: 3,
  alsoFired: [],
  symbol: 'ACME',
  side: 'sold',
  type: 'call',
  expiry: '2026-12-18',
  strike: 105,
  quantity: 3,
  multiplier: 100,
  daysToExpiry: 5,
  openPrice: 1.25,
  mark: 0.4,
  delta: 0.2,
  note: null,
};
const quote = {
  contract: held.leg,
  optionType: 'call',
  expiry: held.expiry,
  days: 5,
  strike: 105,
  bid: 0.35,
  ask: 0.45,
  delta: 0.2,
  openInterest: 10,
} as const;
const roll = {
  from: quote,
  to: { ...quote, contract: 'ACME 2027-01-15 110 C', strike: 110, days: 33, expiry: '2027-01-15' },
  closePrice: 0.45,
  openPrice: 0.95,
  credit: 0.5,
  strikeChange: 5,
  deltaChange: 0.01,
  daysAdded: 28,
  isCredit: true,
};

describe('re-assessment', () => {
  test('a hedge that was not looked at has no rule that did not fire', () => {
    expect(new Set(ruleLines(null).map(({ state }) => state))).toEqual(new Set(['waiting']));
  });
  test('every rule has a line, in the order in which they decide, with whether it fired and why', () => {
    const found = {
      fired: [{ rule: 'net-delta', reason: 'Net delta is 9 % of the notional.' }],
      unfired: [
        { rule: 'tracking', reason: 'Cannot be told: the r² is not known.' },
        { rule: 'index-move', reason: 'Switched off.' },
        { rule: 'days-to-expiry', reason: 'The nearest expiry is in 28 days.' },
      ],
    } as unknown as HedgeReassessment;
    const lines = ruleLines(found);
    expect(lines.map(({ rule }) => rule)).toEqual(ruleOrder);
    const stateOf = (rule: string) => lines.find((line) => line.rule === rule)?.state;
    expect(['net-delta', 'tracking', 'index-move', 'days-to-expiry'].map(stateOf)).toEqual([
      'fired',
      'unknown',
      'off',
      'quiet',
    ]);
  });

  test('every threshold has a field or a name', () => {
    for (const name of Object.keys(usualReassessRules)) expect(thresholdLabel(name)).not.toBe(name);
  });

  test('numbers stand in the unit of their rule', () => {
    expect(ruleNumber('net-delta', 0.0712)).toBe('7.12 %');
    expect(ruleNumber('days-to-expiry', 5)).toBe('5 d');
    expect(ruleNumber('implied-to-historical', 0.951)).toBe('0.95');
    expect(ruleNumber('none', null)).toBe('—');
  });

  test('kept thresholds that make no sense are as usual; a rule that is off stays off', () => {
    expect(reassessRulesFrom('not json')).toEqual(usualReassessRules);
    expect(
      reassessRulesFrom('{"netDeltaLimit":null,"part":null,"daysToExpiry":"soon","indexMove":0.1}'),
    ).toEqual({
      ...usualReassessRules,
      netDeltaLimit: null,
      indexMove: 0.1,
    });
  });

  test('a roll of what is sold buys it back and sells the next; of what is bought it is the other way round', () => {
    const legs = draftLegsOf({ kind: 'roll', leg: held, roll, quantity: 2 });
    expect(legs.map(({ contract, side, quantity, limit }) => [contract, side, quantity, limit])).toEqual([
      [held.leg, 'buy', 2, 0.45],
      [roll.to.contract, 'sell', 2, 0.95],
    ]);
    const bought = draftLegsOf({ kind: 'roll', leg: { ...held, side: 'bought' }, roll, quantity: 2 });
    expect(bought.map(({ side }) => side)).toEqual(['sell', 'buy']);
    expect(draftLegsOf({ kind: 'trade', leg: held, trade: -2 })).toMatchObject([
      { contract: held.leg, side: 'sell', quantity: 2 },
    ]);
  });
});

describe('what the hedge does', () => {
  const put = leg({
    legId: 'p',
    side: 'buy',
    symbol: 'MERI',
    contract: 'MERI P',
    type: 'put',
    quantity: 2,
    vegaPerVolPoint: 5,
  });

  test('vega stands by index and names, and adds up; rejected legs count nothing', () => {
    const rows = effectRows(
      suggestionWith([leg(), put, { ...put, legId: 'q', decision: 'rejected' }]).proposal,
    );
    const after = (key: string) => rows.find((row) => row.key === key)?.after;
    expect(after('vegaIndex')).toBeCloseTo(2 * 100 * 5, 10);
    expect(after('vegaNames')).toBeCloseTo(-3 * 100 * 0.1, 10);
    expect(rows.some((row) => row.key === 'worst')).toBe(false);
  });

  test('the worst standard scenario stands before and after where it was found', () => {
    const worst = { spotMove: -0.2, volShift: 0.15, profit: -90 };
    const rows = effectRows(
      suggestionWith([leg()], {
        scenarios: {
          spotMoves: [-0.2, 0],
          volShifts: [0, 0.15],
          before: [[]],
          after: [[]],
          worstBefore: { ...worst, profit: -200 },
          worstAfter: worst,
          left: ['ACME X'],
        },
      }).proposal,
    );
    const row = rows.find((one) => one.key === 'worst');
    expect(row).toMatchObject({ before: -200, after: -90 });
    expect(row?.tip).toContain('After: index −20 %, volatilities +15.00 points');
    expect(row?.tip).toContain('Not in it: ACME X');
  });

  test('flags are told with their legs', () => {
    const legs = [
      leg({ flags: ['in the money'] }),
      leg({ flags: ['in the money', 'ex-dividend 2026-12-01'] }),
    ];
    expect(flaggedLegs(suggestionWith(legs).proposal).map(({ flag, legs: of }) => [flag, of.length])).toEqual(
      [
        ['in the money', 2],
        ['ex-dividend 2026-12-01', 1],
      ],
    );
  });

  test('the chosen point of the frontier stands upright', () => {
    const points = [{ netDeltaLimit: 0.05, netDeltaFraction: 0.05, netPremium: 10, status: 'optimal' }];
    expect(frontierModel({ points }, null, 0.05)?.uprights).toEqual([{ x: 0.05, label: '≤ 5.0 %' }]);
    expect(frontierModel({ points }, null, null)?.uprights).toEqual([]);
  });
});

describe('cases side by side', () => {
  const a = suggestionWith([leg()]);
  const b = { ...suggestionWith([leg({ quantity: 5 })], {}), suggestionId: 8 };
  const pair = {
    a: { suggestionId: 7, state: 'approved' as const, note: '' },
    b: { suggestionId: 8, state: 'draft' as const, note: '' },
    legs: [
      {
        contract: 'ACME',
        side: 'sell' as const,
        quantityA: 3,
        quantityB: 5,
        priceA: 1.25,
        priceB: 1.25,
        change: 'changed' as const,
      },
      {
        contract: 'MERI',
        side: 'buy' as const,
        quantityA: 2,
        quantityB: 2,
        priceA: 40,
        priceB: 40,
        change: 'same' as const,
      },
    ],
    totals: [{ name: 'netPremium', a: 100, b: 160, difference: 60 }],
    settings: [],
  };
  const compared = { cases: [a, b], pairs: [pair] };

  test('totals stand with their difference to the first, what is the same without one', () => {
    const premium = totalRows(compared).find((row) => row.label === 'Net premium');
    expect(premium?.cells.map((cell) => [cell.text, cell.difference])).toEqual([
      ['100', ''],
      ['160', '+60'],
    ]);
  });

  test('legs that differ from the first are marked', () => {
    expect(legRows(compared).map((row) => row.cells.map((cell) => [cell.text, cell.isChanged]))).toEqual([
      [
        ['−3 at 1.25', false],
        ['−5 at 1.25', true],
      ],
      [
        ['+2 at 40.00', false],
        ['+2 at 40.00', false],
      ],
    ]);
  });

  test('checks that fail are counted by what they do, with their sentences', () => {
    const failing = suggestionWith([], {
      checks: [
        { check: 'x', sentence: 'A quote is crossed.', severity: 'blocking', passed: false, legIds: [] },
        { check: 'y', sentence: 'A size is large.', severity: 'warning', passed: false, legIds: [] },
      ],
    });
    expect(checkCells([a, failing]).map((cell) => cell.text)).toEqual(['✓ all met', '▲ 1 △ 1']);
    expect(checkCells([failing])[0]?.tip).toBe('▲ A quote is crossed.\n△ A size is large.');
  });

  test('settings read as they were asked', () => {
    expect(settingText('netDeltaLimit', '0.05')).toBe('5.00 %');
    expect(settingText('objective', '["net-delta","score"]')).toBe('net-delta, score');
    expect(settingText('asOf', '"2026-11-20"')).toBe('20 Nov 2026');
    expect(settingText('maxLegs', 'null')).toBe('—');
    expect(settingText('useBeta', 'false')).toBe('no');
  });
});

describe('replacing a leg', () => {
  const side = (bid: (number | null)[]) => ({
    contract: ['ACME 2026-12-18 100 C', 'ACME 2026-12-18 105 C', 'ACME 2026-12-18 110 C'],
    bid,
    ask: bid.map((price) => (price === null ? null : price + 0.1)),
    delta: [0.5, 0.3, 0.1],
    markVol: [0.3, 0.3, 0.3],
    openInterest: [1, 2, 3],
    reason: [null, null, null],
  });
  test('contracts say what they change, and why they cannot be taken', () => {
    const expiry = { rows: { strikes: [100, 105, 110], call: side([3, 1.25, null]), put: side([]) } };
    const rows = legChoices(expiry as never, leg(), [leg()]);
    expect(rows.map((row) => [row.strike, row.state, row.premiumChange, row.reason])).toEqual([
      [100, 'free', 525, null],
      [105, 'here', 0, 'It is the leg that is there.'],
      [110, 'free', null, 'It has no bid.'],
    ]);
  });
});

test('keys are named with what is held down, and Alt is left to the views', () => {
  const press = { key: 'Z', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
  expect(keyName(press)).toBe('z');
  expect(keyName({ ...press, metaKey: true })).toBe('ctrl+z');
  expect(keyName({ ...press, ctrlKey: true, shiftKey: true })).toBe('ctrl+shift+z');
  expect(keyName({ ...press, altKey: true })).toBeNull();
});
