import { describe, expect, test } from 'vitest';
import type { NameMarket } from '../../../../shared/quant/scenario/book.ts';
import { replayShock } from '../../../../shared/quant/scenario/replay.ts';
import { shockMarket } from '../../../../shared/quant/scenario/shock-market.ts';
import { shockOf } from '../../../../shared/quant/scenario/shock.ts';
import { volAtStrike } from '../../../../shared/quant/scenario/smile-layers.ts';
import { madeBook } from '../../../support/scenario-book.ts';

const book = madeBook();
const symbols = ['IDX', 'AAA'];

function shocked(parts: Parameters<typeof shockOf>[0]): readonly NameMarket[] {
  const market = shockMarket({ book, shock: shockOf(parts) });
  if (!market.ok) throw new Error(String(market.error.detail['reason']));
  return market.value.names;
}
const next = shocked({
  spot: [{ kind: 'byBeta', index: 'IDX', move: -0.03 }],
  smileRule: { kind: 'stickyDelta' },
  vol: [
    { kind: 'termWeighted', target: { kind: 'all' }, change: 0.04 },
    { kind: 'skewTilt', target: { kind: 'all' }, change: 0.005 },
  ],
});

describe('a replay of two days', () => {
  const { shock, notReplayed } = replayShock({ from: book.names, to: next, symbols });

  test('puts each name on the second day: its spot, and its smile at the points compared', () => {
    const again = shocked(shock);
    expect(notReplayed).toEqual([]);
    for (const symbol of symbols) {
      const [want, got] = [next, again].map((names) => names.find((name) => name.symbol === symbol)!);
      expect(got!.spot).toBeCloseTo(want!.spot, 10);
      for (const [i, expiry] of got!.expiries.entries())
        for (const y of [-0.5, -0.25, -0.06, 0, 0.12, 0.35]) {
          const strike = expiry.forward * Math.exp(y * Math.sqrt(expiry.timeToExpiry));
          expect(volAtStrike(expiry, strike)).toBeCloseTo(volAtStrike(want!.expiries[i]!, strike)!, 9);
        }
    }
  });

  test('leaves the names that were not asked for', () => {
    const bbb = shocked(shock).find(({ symbol }) => symbol === 'BBB')!;
    expect(bbb).toEqual(book.names.find(({ symbol }) => symbol === 'BBB'));
  });
});

test('two equal days are no move', () => {
  const { shock } = replayShock({ from: book.names, to: book.names, symbols });
  for (const one of shock.vol)
    if (one.kind === 'surface') expect(one.changes.every((change) => change === 0)).toBe(true);
  expect(shock.spot.every((one) => one.move === 0)).toBe(true);
});

test('names that one day does not know are listed, those without smiles move in spot alone', () => {
  const bare = next.map((name) => (name.symbol === 'AAA' ? { ...name, expiries: [] } : name));
  const found = replayShock({ from: book.names, to: bare, symbols: ['IDX', 'AAA', 'QQQ'] });
  expect(found.notReplayed).toEqual([
    { symbol: 'AAA', reason: 'AAA has no smile on both days: its spot moves alone.' },
    { symbol: 'QQQ', reason: 'QQQ has no stored market on the first day.' },
  ]);
  expect(found.shock.spot).toHaveLength(2);
  expect(found.shock.vol).toHaveLength(1);
});
