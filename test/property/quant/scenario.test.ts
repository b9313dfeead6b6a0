import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ScenarioBook } from '../../../shared/quant/scenario/book.ts';
import { impliedCorrelationAt } from '../../../shared/quant/scenario/correlation-shock.ts';
import { explain } from '../../../shared/quant/scenario/explain.ts';
import { nodeShocks, revalueGrid } from '../../../shared/quant/scenario/grid.ts';
import type { ExplainParts } from '../../../shared/quant/scenario/result.ts';
import { revalue } from '../../../shared/quant/scenario/revalue.ts';
import { shockBook } from '../../../shared/quant/scenario/shock-book.ts';
import { noShock, shockOf } from '../../../shared/quant/scenario/shock.ts';
import type { Shock, SmileRule } from '../../../shared/quant/scenario/shock.ts';
import { volAtStrike } from '../../../shared/quant/scenario/smile-layers.ts';
import { asOf, madeBook } from '../../support/scenario-book.ts';

const runs = { seed: 42, numRuns: 60 };
const book = madeBook();
const all = { kind: 'all' } as const;
const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const rules: fc.Arbitrary<SmileRule> = fc.oneof(
  fc.constant<SmileRule>({ kind: 'stickyStrike' }),
  fc.constant<SmileRule>({ kind: 'stickyDelta' }),
  real(-0.5, 2).map((ratio): SmileRule => ({ kind: 'skewStickiness', ratio })),
);
const shocks: fc.Arbitrary<Shock> = fc
  .record({
    index: real(-0.3, 0.2),
    own: real(-0.05, 0.05),
    days: fc.integer({ min: 0, max: 140 }),
    rateShift: real(-0.01, 0.02),
    yieldShift: real(-0.01, 0.01),
    dividendChange: real(-1, 1),
    term: real(-0.02, 0.2),
    relative: real(-0.2, 0.3),
    tilt: real(-0.01, 0.02),
    correlation: real(-0.1, 0.2),
    moves: fc.constantFrom('index' as const, 'members' as const),
    rule: rules,
    realized: real(0, 0.6),
  })
  .map((parts) =>
    shockOf({
      spot: [{ kind: 'byBeta', index: 'IDX', move: parts.index, own: { AAA: parts.own } }],
      daysForward: parts.days,
      rateShift: parts.rateShift,
      yieldShift: parts.yieldShift,
      dividendChange: parts.dividendChange,
      smileRule: parts.rule,
      vol: [
        { kind: 'relative', target: all, change: parts.relative },
        { kind: 'termWeighted', target: all, change: parts.term },
        { kind: 'skewTilt', target: all, change: parts.tilt },
      ],
      correlation: [
        { index: 'IDX', change: { kind: 'add', correlation: parts.correlation }, moves: parts.moves },
      ],
      realized: { move: 'jump', vol: parts.realized },
    }),
  );

function valueOf(of: ScenarioBook, shock: Shock) {
  const found = revalue({ book: of, shock });
  if (!found.ok) throw new Error(String(found.error.detail['reason']));
  return found.value;
}
/** Money, of some millions. */
const rounding = 1e-5;

describe('a revaluation under any shock', () => {
  test('values everything, and adds up over any split of the positions', () => {
    fc.assert(
      fc.property(shocks, fc.infiniteStream(fc.boolean()), (shock, coins) => {
        const side = book.positions.map(() => coins.next().value === true);
        const halves = [true, false].map((want) => ({
          ...book,
          positions: book.positions.filter((_, i) => side[i] === want),
        }));
        const whole = valueOf(book, shock);
        expect(whole.notValued).toEqual([]);
        const sum = halves.reduce((profit, half) => profit + valueOf(half, shock).profit, 0);
        expect(Math.abs(sum - whole.profit)).toBeLessThan(rounding);
      }),
      runs,
    );
  });

  test('is the difference of the shocked book and the base, and of any quantity its multiple', () => {
    fc.assert(
      fc.property(shocks, fc.integer({ min: -5, max: 5 }), (shock, times) => {
        const scaled = {
          ...book,
          positions: book.positions.map((position) => ({ ...position, quantity: position.quantity * times })),
        };
        expect(Math.abs(valueOf(scaled, shock).profit - times * valueOf(book, shock).profit)).toBeLessThan(
          10 * rounding,
        );
      }),
      runs,
    );
  });

  test('is what a grid has at its node', () => {
    fc.assert(
      fc.property(shocks, real(-0.2, 0.2), real(-0.02, 0.1), (shock, move, change) => {
        const request = {
          book,
          shock,
          axisA: { kind: 'spot', target: all, values: [move] },
          axisB: { kind: 'volParallel', target: all, values: [change] },
        } as const;
        const grid = revalueGrid(request);
        const [node] = nodeShocks(request);
        expect(grid.ok && Math.abs(grid.value.total.profit[0]! - valueOf(book, node!).profit)).toBeLessThan(
          10 * rounding,
        );
      }),
      runs,
    );
  });
});

describe('a smile under any shock of the spot', () => {
  test('keeps strikes when sticky by strike and moneyness when sticky by delta', () => {
    fc.assert(
      fc.property(real(-0.4, 0.4), real(-0.5, 0.4), (move, k) => {
        for (const kind of ['stickyStrike', 'stickyDelta'] as const) {
          const shocked = shockBook({
            book,
            shock: shockOf({ spot: [{ kind: 'move', target: all, move }], smileRule: { kind } }),
          });
          const [was, is] = [book, shocked.ok ? shocked.value.book : book].map(
            ({ names }) => names[0]!.expiries[2]!,
          );
          const strike = was!.forward * Math.exp(k);
          const same = kind === 'stickyStrike' ? strike : is!.forward * Math.exp(k);
          expect(volAtStrike(is!, same)).toBeCloseTo(volAtStrike(was!, strike)!, 11);
        }
      }),
      runs,
    );
  });
});

test('a correlation shock is found again by math §7, whatever else moved', () => {
  fc.assert(
    fc.property(shocks, (shock) => {
      const [without, together] = [{ ...shock, correlation: [] }, shock].map((one) =>
        shockBook({ book, shock: { ...one, daysForward: 0 } }),
      );
      if (!without!.ok || !together!.ok) throw new Error('refused');
      const [was, is] = [without!.value.book, together!.value.book].map(({ names }) =>
        impliedCorrelationAt({ asOf, names, membership: book.indexes[0]!, time: 81 / 365 })!,
      );
      const change = shock.correlation[0]!.change.correlation;
      expect(is!.correlation - was!.correlation).toBeCloseTo(change, 8);
    }),
    runs,
  );
});

test('an explanation of any shock sums to its total to the cent, position by position', () => {
  const sum = (parts: ExplainParts): number =>
    Object.values(parts).reduce((cents, part) => cents + part, -parts.total);
  fc.assert(
    fc.property(shocks, (shock) => {
      const shocked = shockBook({ book, shock });
      if (!shocked.ok) throw new Error('refused');
      const found = explain({ from: book, to: shocked.value.book, trades: 'value' });
      expect(found.notValued).toEqual([]);
      expect(sum(found.total)).toBe(found.total.total);
      for (const one of found.positions) {
        const { delta, gamma, vega, theta, vanna, volga, carry, trades, fixings, residual, total } = one;
        expect(delta + gamma + vega + theta + vanna + volga + carry + trades + fixings + residual).toBe(
          total,
        );
      }
      expect(Math.abs(found.total.total / 100 - valueOf(book, shock).profit)).toBeLessThan(0.2);
    }),
    runs,
  );
});

test('no shock, in one step or after another, changes nothing', () => {
  fc.assert(
    fc.property(shocks, (shock) => {
      const shocked = shockBook({ book, shock });
      if (!shocked.ok) throw new Error('refused');
      expect(valueOf(shocked.value.book, noShock).profit).toBe(0);
    }),
    runs,
  );
});
