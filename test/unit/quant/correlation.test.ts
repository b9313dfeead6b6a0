import { describe, expect, test } from 'vitest';
import {
  alignSeries,
  averageCorrelation,
  correlationOfSeries,
  observationsOf,
  quadraticForm,
  type CorrelationMatrix,
  type DatedSeries,
} from '../../../shared/quant/dispersion/correlation.ts';
import {
  nearestCorrelation,
  smallestEigenvalue,
} from '../../../shared/quant/dispersion/nearest-correlation.ts';

const day = (i: number): string => new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10);
const series = (name: string, values: readonly number[], skip: readonly number[] = []): DatedSeries => {
  const kept = values.map((_, i) => i).filter((i) => !skip.includes(i));
  return { name, dates: kept.map(day), values: kept.map((i) => values[i]!) };
};
const wave = (phase: number, length = 60): number[] =>
  Array.from({ length }, (_, i) => 100 + 5 * Math.sin(i / 3 + phase) + 2 * Math.cos(1.7 * i + phase * phase));
const matrix = (rows: readonly (readonly number[])[]): CorrelationMatrix => ({
  names: rows.map((_, i) => `S${i}`),
  values: Float64Array.from(rows.flat()),
  observations: 50,
});

describe('correlationOfSeries', () => {
  test('a series with itself is 1, with its mirror −1', () => {
    const up = wave(0);
    const result = correlationOfSeries({
      series: [
        series('A', up),
        series(
          'B',
          up.map((x) => 2 * x),
        ),
        series(
          'C',
          up.map((x) => 300 - x),
        ),
      ],
      observed: 'changes',
    });
    if (!result.ok) throw new Error(result.error.code);
    expect([...result.value.values].map((x) => Math.round(x * 1e12) / 1e12)).toEqual([
      1, 1, -1, 1, 1, -1, -1, -1, 1,
    ]);
    expect(result.value.observations).toBe(59);
  });

  test('aligns on common days, so that returns span the same interval', () => {
    const a = series('A', wave(0), [10]);
    const b = series('B', wave(1));
    const aligned = alignSeries([a, b]);
    expect(aligned.dates).not.toContain(day(10));
    expect(aligned.columns.map((c) => c.length)).toEqual([59, 59]);
    const shortened = correlationOfSeries({
      series: [a, series('B', wave(1), [10])],
      observed: 'logReturns',
    });
    const other = correlationOfSeries({ series: [a, b], observed: 'logReturns' });
    expect(other.ok && shortened.ok && other.value.values[1]).toBe(shortened.ok && shortened.value.values[1]);
  });

  test('a short name shortens only its own pairs when each pair stands alone', () => {
    const list = [series('A', wave(0)), series('B', wave(1)), series('C', wave(2).slice(0, 30))];
    const each = correlationOfSeries({ series: list, observed: 'levels', pairs: 'each' });
    const whole = correlationOfSeries({ series: list.slice(0, 2), observed: 'levels' });
    expect(each.ok && whole.ok && each.value.values[1]).toBeCloseTo(
      whole.ok ? whole.value.values[1]! : NaN,
      14,
    );
    expect(each.ok && each.value.observations).toBe(30);
  });

  test('says how many common days are missing', () => {
    const result = correlationOfSeries({
      series: [series('A', wave(0, 12)), series('B', wave(1, 12))],
      observed: 'logReturns',
    });
    expect(result.ok ? null : result.error).toMatchObject({
      code: 'missing-prices',
      detail: { have: 11, need: 20 },
    });
  });

  test('refuses a series that does not vary', () => {
    const flat = correlationOfSeries({
      series: [series('A', wave(0)), series('B', Array(60).fill(7.1))],
      observed: 'levels',
    });
    expect(flat.ok ? null : flat.error).toMatchObject({ code: 'invalid-input', subject: 'B' });
  });

  test('log returns and changes are one fewer than levels', () => {
    expect([...observationsOf([100, 110, 99], 'logReturns')]).toEqual([Math.log(1.1), Math.log(0.9)]);
    expect([...observationsOf([0.2, 0.25], 'changes')]).toEqual([0.04999999999999999]);
    expect(observationsOf([1, 2, 3], 'levels')).toHaveLength(3);
  });
});

describe('nearestCorrelation', () => {
  test('repairs the published 3 × 3 example', () => {
    // Higham (2002): the nearest to [[1,1,0],[1,1,1],[0,1,1]] has 0.7607 and 0.1573 off the diagonal.
    const bad = matrix([
      [1, 1, 0],
      [1, 1, 1],
      [0, 1, 1],
    ]);
    expect(smallestEigenvalue(bad)).toBeCloseTo(1 - Math.SQRT2, 12);
    const { matrix: good, distance } = nearestCorrelation(bad);
    expect(good.values[1]).toBeCloseTo(0.7607, 4);
    expect(good.values[2]).toBeCloseTo(0.1573, 4);
    expect(smallestEigenvalue(good)).toBeGreaterThan(-1e-8);
    expect(distance).toBeCloseTo(0.2393, 4);
  });

  test('leaves a valid matrix as it is', () => {
    const good = matrix([
      [1, 0.5],
      [0.5, 1],
    ]);
    expect(nearestCorrelation(good)).toEqual({ matrix: good, distance: 0 });
    expect(smallestEigenvalue(good)).toBeCloseTo(0.5, 14);
    expect(averageCorrelation(good)).toBe(0.5);
  });

  test('a quadratic form is the double sum', () => {
    expect(quadraticForm([1, 2], [1, 0.5, 0.5, 1])).toBe(1 + 4 + 2);
  });
});
