import { describe, expect, test } from 'vitest';
import { daysPerYear } from '../../../../shared/dates.ts';
import { impliedCorrelationAt } from '../../../../shared/quant/scenario/correlation-shock.ts';
import { revalue } from '../../../../shared/quant/scenario/revalue.ts';
import { shockMarket } from '../../../../shared/quant/scenario/shock-market.ts';
import { atmVolOf } from '../../../../shared/quant/scenario/smile-layers.ts';
import { stressLibrary, stressShock } from '../../../../shared/quant/scenario/stress-library.ts';
import { asOf, madeBook } from '../../../support/scenario-book.ts';

const book = madeBook();

test('the library holds the four stresses, each with its facts, its assumptions and its source', () => {
  expect(stressLibrary.map(({ id }) => id)).toEqual(['1987-10-19', '2008-10', '2018-02-05', '2020-03-16']);
  for (const { facts, assumed, source } of stressLibrary)
    for (const text of [facts, assumed, source]) expect(text.length).toBeGreaterThan(10);
});

describe.each(stressLibrary.map((stress) => [stress.name, stress] as const))('%s', (_, stress) => {
  const shock = stressShock({ stress, index: 'IDX', book });
  const market = shockMarket({ book, shock });
  if (!market.ok) throw new Error(String(market.error.detail['reason']));
  const { names } = market.value;
  const index = names.find(({ symbol }) => symbol === 'IDX')!;

  test('moves the index and its volatility by the facts', () => {
    expect(index.spot).toBeCloseTo(5000 * (1 + stress.indexMove), 8);
    for (const [i, expiry] of index.expiries.entries()) {
      const weight = Math.sqrt(30 / (expiry.timeToExpiry * daysPerYear));
      const was = atmVolOf(book.names[0]!.expiries[i]!)!;
      expect(atmVolOf(expiry)! - was).toBeCloseTo(stress.volChange30Days * weight, 10);
    }
  });

  test('leaves the members at the correlation it names', () => {
    const at = impliedCorrelationAt({ asOf, names, membership: book.indexes[0]!, time: 81 / daysPerYear })!;
    if (stress.correlation !== null) expect(at.correlation).toBeCloseTo(stress.correlation, 9);
    else expect(at.correlation).toBeLessThan(2);
  });

  test('values the whole book', () => {
    const found = revalue({ book, shock });
    expect(found.ok && found.value.notValued).toEqual([]);
  });
});

test('a book without members takes the index move alone', () => {
  const shock = stressShock({ stress: stressLibrary[0]!, index: 'IDX', book: { indexes: [] } });
  expect(shock.correlation).toEqual([]);
});
