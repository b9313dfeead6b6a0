import { describe, expect, test } from 'vitest';
import type { BasketDrift, BasketFrontier } from '../../../shared/contract/basket-desk.ts';
import { basketRules } from '../../../shared/contract/basket.ts';
import { namesAfter } from '../../../renderer/views/basket/basket-models.ts';
import { frontierRowsOf } from '../../../renderer/views/basket/desk-columns.ts';
import { driftAlert, driftModel, frontierModel } from '../../../renderer/views/basket/desk-models.ts';
import { boundsFrom, lotsFrom, textOfBounds, textOfLots } from '../../../renderer/views/basket/rule-texts.ts';

describe('bounds and lots as people type them', () => {
  test('are read with a least, a most, or both, and written back the same', () => {
    const bounds = boundsFrom('avln 2–8, BLZA –5.5; CRVO 1-');
    expect(bounds).toEqual({ AVLN: { min: 0.02, max: 0.08 }, BLZA: { max: 0.055 }, CRVO: { min: 0.01 } });
    expect(boundsFrom(textOfBounds(bounds ?? {}))).toEqual(bounds);
    expect(textOfBounds({ AVLN: { min: 0.1, max: 1 } })).toBe('AVLN 10–100');
    expect(lotsFrom('avln 50, BLZA 25')).toEqual({ AVLN: 50, BLZA: 25 });
    expect(textOfLots({ AVLN: 1500 })).toBe('AVLN 1500');
    expect([boundsFrom(''), lotsFrom('')]).toEqual([{}, {}]);
  });
  test('are refused where they make no sense', () => {
    for (const text of ['AVLN', 'AVLN 8–2', 'AVLN –', 'AVLN 2–130', 'AVLN x–3'])
      expect(boundsFrom(text), text).toBeNull();
    for (const text of ['AVLN', 'AVLN 0', 'AVLN 2.5']) expect(lotsFrom(text), text).toBeNull();
  });
});

test('the names held after a step follow from the swaps up to it', () => {
  const swaps = [
    { out: null, in: 'A', rSquared: 0.4 },
    { out: null, in: 'B', rSquared: 0.5 },
    { out: 'A', in: 'C', rSquared: 0.6 },
  ];
  expect(namesAfter({ swaps }, 2)).toEqual(['A', 'B']);
  expect(namesAfter({ swaps }, 3)).toEqual(['B', 'C']);
});

test('the frontier draws sizes that have a basket, and says who came and went', () => {
  const point = (maxNames: number, symbols: string[], rSquared: number | null) => ({
    maxNames,
    names: rSquared === null ? null : symbols.length,
    rSquared,
    rSquaredHoldout: null,
    trackingError: null,
    symbols,
    reason: rSquared === null ? 'cannot be met' : null,
  });
  const frontier: BasketFrontier = {
    index: 'X',
    asOf: '2026-08-20',
    points: [point(1, [], null), point(2, ['A', 'B'], 0.6), point(3, ['A', 'C', 'D'], 0.7)],
  };
  const model = frontierModel(frontier, { maxNames: 3, minRSquared: 0.65 });
  expect(model?.lines).toHaveLength(1);
  expect(model?.lines[0]).toMatchObject({ x: [2, 3], y: [0.6, 0.7] });
  expect(model?.uprights).toEqual([{ x: 3, label: '3' }]);
  expect(frontierRowsOf(frontier)[2]).toMatchObject({ came: ['C', 'D'], went: ['B'] });
});

describe('a drift', () => {
  const day = (date: string, rSquared: number, broken: BasketDrift['days'][number]['broken']) => ({
    date,
    rSquared,
    rSquaredSince: null,
    trackingError: 0.04,
    indexShareByName: 0.4,
    weightOverlap: 0.5,
    differentialShare: null,
    lowestDifferential: null,
    broken,
  });
  const basket = {
    name: 'Desk',
    version: 2,
    savedAt: '2026-08-20T10:00:00Z',
    index: 'X',
    asOf: '2026-08-20',
    names: 5,
    rSquared: 0.85,
    rSquaredHoldout: null,
    trackingError: 0.04,
    notional: 1e6,
    note: null,
    accepted: null,
  };
  const driftOf = (days: BasketDrift['days'], firstBroken: BasketDrift['firstBroken']): BasketDrift => ({
    basket,
    asOf: '2026-08-25',
    rules: basketRules.parse({ index: 'X' }),
    window: 100,
    days,
    firstBroken,
    warnings: [],
  });
  const first = {
    rule: 'rSquared' as const,
    date: '2026-08-24',
    limit: 0.8,
    value: 0.79,
    sentence: 'r² fell to 0.7900; 0.800 was asked for.',
  };
  const broken = driftOf([day('2026-08-21', 0.85, []), day('2026-08-24', 0.79, ['rSquared'])], [first]);

  test('draws a measure with its limit and the first day it broke', () => {
    const model = driftModel(broken, 'rSquared');
    expect(model?.lines.map(({ label }) => label)).toEqual(['r² over the fit’s length', 'at least 0.800']);
    expect(model?.uprights).toEqual([{ x: '2026-08-24', label: 'r² broke 24 Aug 2026' }]);
    expect(driftModel(broken, 'overlap')?.uprights).toEqual([]);
    expect(driftModel(broken, 'differential')).toBeNull();
  });
  test('is said in the head while a rule is broken, and once all hold again', () => {
    expect(driftAlert(broken)).toEqual({
      state: 'broken',
      sentence:
        'Desk 2 broke a rule first on 24 Aug 2026: r² fell to 0.7900; 0.800 was asked for. Now r² broken on 24 Aug 2026.',
    });
    const again = driftOf([...broken.days, day('2026-08-25', 0.82, [])], [first]);
    expect(driftAlert(again)?.state).toBe('recovered');
    expect(driftAlert(driftOf(broken.days, []))).toBeNull();
  });
});
