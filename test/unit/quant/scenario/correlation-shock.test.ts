import { describe, expect, test } from 'vitest';
import { daysPerYear } from '../../../../shared/dates.ts';
import { indexCorrelation } from '../../../../shared/quant/dispersion/index-correlation.ts';
import type { NameMarket } from '../../../../shared/quant/scenario/book.ts';
import { impliedCorrelationAt } from '../../../../shared/quant/scenario/correlation-shock.ts';
import { shockMarket } from '../../../../shared/quant/scenario/shock-market.ts';
import { shockOf } from '../../../../shared/quant/scenario/shock.ts';
import type { Shock } from '../../../../shared/quant/scenario/shock.ts';
import { atmVolOf, volAtStrike } from '../../../../shared/quant/scenario/smile-layers.ts';
import { termCurve } from '../../../../shared/quant/scenario/term-curve.ts';
import { asOf, madeBook } from '../../../support/scenario-book.ts';

const book = madeBook();
const membership = book.indexes[0]!;
const terms = [46, 81, 172].map((days) => days / daysPerYear);

function market(parts: Partial<Shock>) {
  const shocked = shockMarket({ book, shock: shockOf(parts) });
  if (!shocked.ok) throw new Error(String(shocked.error.detail['reason']));
  return shocked.value;
}
const correlationOf = (names: readonly NameMarket[], time: number): number =>
  impliedCorrelationAt({ asOf, names, membership, time })!.correlation;
const named = (names: readonly NameMarket[], symbol: string): NameMarket =>
  names.find((name) => name.symbol === symbol)!;

test('the implied correlation of a frozen market is that of the dispersion desk', () => {
  for (const time of terms) {
    const vols = membership.members.map(({ symbol }) =>
      termCurve(asOf, named(book.names, symbol)).volAt(time)!,
    );
    const indexVol = termCurve(asOf, named(book.names, 'IDX')).volAt(time)!;
    const desk = indexCorrelation({
      weights: membership.members.map(({ weight }) => weight),
      vols,
      indexVol,
    });
    expect(correlationOf(book.names, time)).toBeCloseTo(desk.ok ? desk.value.correlation : Number.NaN, 12);
  }
});

describe.each(['index', 'members'] as const)('a correlation shock that moves the %s', (moves) => {
  const shift = { index: 'IDX', change: { kind: 'add', correlation: 0.15 }, moves } as const;

  test('raises the implied correlation by its points at every maturity, by math §7', () => {
    const { names } = market({ correlation: [shift] });
    for (const time of terms)
      expect(correlationOf(names, time) - correlationOf(book.names, time)).toBeCloseTo(0.15, 10);
  });

  test('sets a level', () => {
    const level = { ...shift, change: { kind: 'level', correlation: 0.42 } } as const;
    const { names } = market({ correlation: [level] });
    for (const time of terms) expect(correlationOf(names, time)).toBeCloseTo(0.42, 10);
  });

  test('comes on top of the volatility shocks', () => {
    const vol = [{ kind: 'termWeighted', target: { kind: 'all' }, change: 0.05 }] as const;
    const [without, together] = [market({ vol }), market({ vol, correlation: [shift] })];
    for (const time of terms)
      expect(correlationOf(together.names, time) - correlationOf(without.names, time)).toBeCloseTo(0.15, 10);
  });

  test('leaves the other side to the bit', () => {
    const { names } = market({ correlation: [shift] });
    const kept = moves === 'index' ? membership.members.map(({ symbol }) => symbol) : ['IDX'];
    for (const symbol of kept) expect(named(names, symbol)).toEqual(named(book.names, symbol));
  });

  test('scales a smile by one factor at every strike', () => {
    const { names } = market({ correlation: [shift] });
    const symbol = moves === 'index' ? 'IDX' : 'AAA';
    const [was, is] = [named(book.names, symbol).expiries[2]!, named(names, symbol).expiries[2]!];
    const factor = atmVolOf(is)! / atmVolOf(was)!;
    expect(factor === 1).toBe(false);
    for (const share of [0.8, 0.95, 1.1])
      expect(volAtStrike(is, share * is.forward)! / volAtStrike(was, share * was.forward)!).toBeCloseTo(
        factor,
        12,
      );
  });
});

test('index variance rises by the identity at fixed member volatilities', () => {
  const { names } = market({
    correlation: [{ index: 'IDX', change: { kind: 'add', correlation: 0.2 }, moves: 'index' }],
  });
  const [was, is] = [named(book.names, 'IDX').expiries[1]!, named(names, 'IDX').expiries[1]!];
  const { pairVariance } = impliedCorrelationAt({ asOf, names: book.names, membership, time: terms[0]! })!;
  expect(atmVolOf(is)! ** 2 - atmVolOf(was)! ** 2).toBeCloseTo(0.2 * pairVariance, 12);
});

test('a correlation beyond 1 is carried out and said', () => {
  const { notes } = market({
    correlation: [{ index: 'IDX', change: { kind: 'level', correlation: 1.2 }, moves: 'index' }],
  });
  expect(notes).toEqual([
    'Correlation of IDX reaches 1.20 at some maturity: beyond what correlations can be.',
  ]);
});

test('members without a market are left out, the weights of the others scaled, and that is said', () => {
  const shocked = shockMarket({
    book: { ...book, names: book.names.filter(({ symbol }) => symbol !== 'DDD') },
    shock: shockOf({
      correlation: [{ index: 'IDX', change: { kind: 'add', correlation: 0.1 }, moves: 'index' }],
    }),
  });
  expect(shocked.ok && shocked.value.notes).toEqual([
    'Correlation of IDX: 3 of 4 members have volatilities; their weights are scaled up to the whole.',
  ]);
});
