import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  editsOf,
  sessionRows,
  stateOf,
  stateText,
} from '../../../main/commands/support/scenario/session-state.ts';
import { combiningEdits } from '../../../main/commands/support/scenario/combine-sessions.ts';
import { promotedTrades } from '../../../main/commands/support/scenario/promote-session.ts';
import { shockWords } from '../../../main/commands/support/scenario/session-words.ts';
import type { ScenarioEdit } from '../../../shared/contract/scenario-edits.ts';
import { scenarioShock } from '../../../shared/contract/scenario-shock.ts';
import type { ScenarioPosition } from '../../../shared/quant/scenario/book.ts';

const stock = (positionId: string, quantity: number, label = positionId): ScenarioPosition => ({
  kind: 'stock',
  positionId,
  book: 'B',
  symbol: label,
  label,
  quantity,
  dividendsReceived: 0,
});
const frozen = [stock('a', 1), stock('b', 2), stock('c', 3)];
const id = fc.constantFrom('a', 'b', 'c', 'n1', 'n2');
const edits: fc.Arbitrary<ScenarioEdit[]> = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('remove' as const), positionId: id }),
    fc.record({ kind: fc.constant('restore' as const), positionId: id }),
    fc.record({
      kind: fc.constant('change' as const),
      positionId: id,
      quantity: fc.integer({ min: 0, max: 9 }),
    }),
    fc.constantFrom('n1', 'n2').map((one) => ({ kind: 'add' as const, position: stock(one, 5) })),
    fc.record({ kind: fc.constant('date' as const), asOf: fc.constantFrom(null, '2026-12-01') }),
    fc.constant({ kind: 'reset' as const }),
    fc.record({
      kind: fc.constant('market' as const),
      symbol: fc.constantFrom('X', 'Y'),
      input: fc.constantFrom('spot' as const, 'rate' as const),
      expiry: fc.constant(null),
      value: fc.option(fc.integer({ min: 1, max: 3 })),
    }),
  ),
  { maxLength: 30 },
);

describe('a log of edits', () => {
  it('says the same as the shortest log made from it', () => {
    fc.assert(
      fc.property(edits, (log) => {
        const state = stateOf(log);
        const short = editsOf(state);
        expect(sessionRows(frozen, stateOf(short))).toEqual(sessionRows(frozen, state));
        expect(stateText(short)).toBe(stateText(log));
        expect(editsOf(stateOf(short))).toEqual(short);
      }),
      { seed: 11 },
    );
  });

  it('comes to nothing after a reset, and to what follows it', () => {
    fc.assert(
      fc.property(edits, edits, (before, after) => {
        expect(stateText([...before, { kind: 'reset' }, ...after])).toBe(stateText(after));
      }),
      { seed: 12 },
    );
  });

  it('marks rows by what became of them', () => {
    const state = stateOf([
      { kind: 'remove', positionId: 'a' },
      { kind: 'change', positionId: 'b', quantity: 7 },
      { kind: 'add', position: stock('n1', 5) },
      { kind: 'change', positionId: 'n1', quantity: 6 },
    ]);
    expect(
      sessionRows(frozen, state).map(({ position, change }) => [
        position.positionId,
        position.quantity,
        change,
      ]),
    ).toEqual([
      ['a', 1, 'removed'],
      ['b', 7, 'changed'],
      ['c', 3, 'same'],
      ['n1', 6, 'added'],
    ]);
  });
});

describe('combining', () => {
  const rows = (log: ScenarioEdit[]) => sessionRows(frozen, stateOf(log));
  const freeId = (label: string): string => `new-1/${label}`;

  it('sums what both hold, removes what comes to nothing, adds what is only there', () => {
    const other = rows([
      { kind: 'remove', positionId: 'a' },
      { kind: 'add', position: stock('n1', 5) },
    ]);
    expect(combiningEdits(rows([]), other, 1, freeId)).toEqual([
      { kind: 'change', positionId: 'b', quantity: 4 },
      { kind: 'change', positionId: 'c', quantity: 6 },
      { kind: 'add', position: { ...stock('n1', 5), positionId: 'new-1/n1' } },
    ]);
    expect(combiningEdits(rows([]), other, -1, freeId)).toEqual([
      { kind: 'remove', positionId: 'b' },
      { kind: 'remove', positionId: 'c' },
      { kind: 'add', position: { ...stock('n1', -5), positionId: 'new-1/n1' } },
    ]);
  });

  it('then taking off gives back what was there', () => {
    fc.assert(
      fc.property(edits, (log) => {
        const other = rows(log.filter(({ kind }) => kind !== 'add'));
        const added = [...combiningEdits(rows([]), other, 1, freeId)];
        const back = [...added, ...combiningEdits(rows(added), other, -1, freeId)];
        expect(stateText(back)).toBe(stateText([]));
      }),
      { seed: 13 },
    );
  });
});

describe('promoting', () => {
  it('makes legs of whole listed contracts and says why the rest stays', () => {
    const option: ScenarioPosition = {
      kind: 'option',
      positionId: 'o',
      book: 'B',
      symbol: 'X',
      label: 'X 2026-12-18 100 C',
      quantity: -12,
      optionType: 'call',
      strike: 100,
      multiplier: 100,
      expiryKey: '2026-12-18:X',
      delivery: 'physical',
      vol: null,
    };
    const rows = sessionRows(
      [option, stock('a', 1)],
      stateOf([
        { kind: 'change', positionId: 'o', quantity: -20 },
        { kind: 'remove', positionId: 'a' },
        { kind: 'add', position: { ...option, positionId: 'n', label: 'X 2026-12-18 90 P', quantity: 2.5 } },
      ]),
    );
    const { legs, left } = promotedTrades(rows);
    expect(legs).toMatchObject([{ contract: 'X 2026-12-18 100 C', symbol: 'X', side: 'sell', quantity: 8 }]);
    expect(left.map(({ label, reason }) => [label, reason])).toEqual([
      ['a', 'Suggestions hold listed options: trade the shares apart.'],
      ['X 2026-12-18 90 P', '2.5 is no whole number of contracts.'],
    ]);
  });
});

describe('a shock in words', () => {
  it('names every part, at most six, and nothing where nothing moves', () => {
    const words = (shock: object): string | null => shockWords(scenarioShock.parse(shock));
    const all = { kind: 'all' };
    expect(words({})).toBeNull();
    expect(shockWords(null)).toBeNull();
    expect(
      words({
        spot: [{ kind: 'byBeta', index: 'MERI', move: -0.08 }],
        vol: [
          { kind: 'termWeighted', target: { kind: 'members', index: 'MERI' }, change: 0.06 },
          {
            kind: 'slice',
            target: { kind: 'names', symbols: ['A', 'B', 'C', 'D'] },
            fromDays: 30,
            toDays: 60,
            change: -0.01,
          },
        ],
        correlation: [{ index: 'MERI', change: { kind: 'level', correlation: 0.9 }, moves: 'members' }],
        daysForward: 10,
      }),
    ).toBe(
      'MERI -8.00%, names by beta; volatility +6.00% at 30 days by √T, members of MERI; volatility -1.00% from day 30 to 60, A, B, C and 1 more; correlation of MERI to 90.0%; 10 days forward',
    );
    expect(
      words({
        spot: [{ kind: 'move', target: all, move: 0.01 }],
        vol: [
          { kind: 'relative', target: all, change: 0.1 },
          { kind: 'parallel', target: all, change: 0.01 },
          { kind: 'skewTilt', target: all, change: 0.01 },
        ],
        rateShift: 0.01,
        yieldShift: 0.01,
        dividendChange: -1,
      }),
    ).toMatch(/; and 1 more$/);
  });
});
