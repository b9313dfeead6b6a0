import { describe, expect, it } from 'vitest';
import {
  barProblem,
  exponentiallyWeightedVol,
  realizedVolFromBars,
  realizedVolFromMarks,
  rootMeanSquare,
} from '../../../shared/quant/history/realized-vol.ts';
import type { Bar } from '../../../shared/quant/history/realized-vol.ts';

const value = (result: { readonly ok: boolean; readonly value?: { readonly vol: number } }): number =>
  result.value?.vol ?? Number.NaN;
const bars: readonly Bar[] = [
  { open: 100, high: 102, low: 99, close: 101 },
  { open: 101.5, high: 103, low: 100, close: 100.5 },
  { open: 100, high: 101, low: 97, close: 98 },
  { open: 98.5, high: 100, low: 98, close: 99.5 },
  { open: 99, high: 102, low: 98.5, close: 101 },
];

describe('realized volatility', () => {
  it('of a doubling and a halving is ln 2 a period', () => {
    const result = realizedVolFromMarks({ estimator: 'zeroMean', marks: [1, 2, 1], periodsPerYear: 1 });
    expect(result).toEqual({ ok: true, value: { vol: Math.log(2), observations: 2 } });
  });

  it('takes simple returns where asked', () => {
    const result = realizedVolFromMarks({
      estimator: 'zeroMean',
      marks: [1, 2, 1],
      returns: 'simple',
      periodsPerYear: 1,
    });
    expect(value(result)).toBeCloseTo(Math.sqrt((1 + 0.25) / 2), 14);
  });

  it('scales with the root of the periods in a year', () => {
    const at = (periodsPerYear: number): number =>
      value(realizedVolFromBars({ estimator: 'garmanKlass', bars, periodsPerYear }));
    expect(at(252 * 4)).toBeCloseTo(2 * at(252), 12);
  });

  it('has the contract’s high-low form 4 ln 2 above Parkinson in variance', () => {
    const highLow = value(realizedVolFromBars({ estimator: 'highLow', bars }));
    const parkinson = value(realizedVolFromBars({ estimator: 'parkinson', bars }));
    expect((highLow / parkinson) ** 2).toBeCloseTo(4 * Math.log(2), 12);
  });

  it('computes Yang–Zhang as published', () => {
    const n = 4;
    const variance = (values: readonly number[]): number => {
      const mean = values.reduce((sum, one) => sum + one, 0) / n;
      return values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (n - 1);
    };
    const rest = bars.slice(1);
    const overnight = variance(rest.map((bar, i) => Math.log(bar.open / bars[i]!.close)));
    const daily = variance(rest.map((bar) => Math.log(bar.close / bar.open)));
    const rogersSatchell =
      value(realizedVolFromBars({ estimator: 'rogersSatchell', bars: rest, periodsPerYear: 1 })) ** 2;
    const k = 0.34 / (1.34 + (n + 1) / (n - 1));
    const result = realizedVolFromBars({ estimator: 'yangZhang', bars, periodsPerYear: 1 });
    expect(value(result) ** 2).toBeCloseTo(overnight + k * daily + (1 - k) * rogersSatchell, 15);
    expect(result).toMatchObject({ value: { observations: 4 } });
  });

  it('weighs the latest return most in the exponential form, and equally as decay nears one', () => {
    const calmThenWild = [100, 100.1, 100, 100.1, 110];
    const wildThenCalm = [100, 110, 110.1, 110, 110.1];
    expect(value(exponentiallyWeightedVol({ marks: calmThenWild, decay: 0.8 }))).toBeGreaterThan(
      value(exponentiallyWeightedVol({ marks: wildThenCalm, decay: 0.8 })),
    );
    expect(value(exponentiallyWeightedVol({ marks: calmThenWild, decay: 1 - 1e-9 }))).toBeCloseTo(
      value(realizedVolFromMarks({ estimator: 'zeroMean', marks: calmThenWild })),
      7,
    );
  });

  it('refuses too few observations and prices that are none', () => {
    const invalid = { ok: false, error: { code: 'invalid-input' } };
    expect(realizedVolFromMarks({ estimator: 'zeroMean', marks: [100] })).toMatchObject(invalid);
    expect(realizedVolFromMarks({ estimator: 'sampleMean', marks: [100, 101] })).toMatchObject(invalid);
    expect(realizedVolFromMarks({ estimator: 'zeroMean', marks: [100, 0] })).toMatchObject(invalid);
    expect(
      realizedVolFromMarks({ estimator: 'zeroMean', marks: [100, 101], periodsPerYear: 0 }),
    ).toMatchObject(invalid);
    expect(realizedVolFromBars({ estimator: 'parkinson', bars: [] })).toMatchObject(invalid);
    expect(realizedVolFromBars({ estimator: 'yangZhang', bars: bars.slice(0, 2) })).toMatchObject(invalid);
    expect(exponentiallyWeightedVol({ marks: [1, 2], decay: 1 })).toMatchObject(invalid);
  });

  it('names the contradiction inside a bar', () => {
    expect(barProblem({ open: 1, high: 0.9, low: 1, close: 1 })).toBe('high 0.9 is below low 1');
    expect(barProblem({ open: 3, high: 2, low: 1, close: 1 })).toBe('open 3 is outside 1 to 2');
    expect(barProblem({ open: 1, high: 2, low: 1, close: 3 })).toBe('close 3 is outside 1 to 2');
    expect(barProblem({ open: 0, high: 2, low: 1, close: 1 })).toContain('zero or negative');
    expect(barProblem(bars[0]!)).toBeNull();
  });
});

describe('rootMeanSquare', () => {
  it('of 10 % then 15 % is 12.75 %, not 12.5 %', () => {
    const result = rootMeanSquare({
      parts: [
        { vol: 0.1, weight: 1 },
        { vol: 0.15, weight: 1 },
      ],
    });
    expect(result.ok && Math.round(result.value * 10_000)).toBe(1275);
  });

  it('refuses negative weights and no weight at all', () => {
    for (const parts of [
      [],
      [{ vol: 0.1, weight: 0 }],
      [{ vol: 0.1, weight: -1 }],
      [{ vol: -0.1, weight: 1 }],
    ])
      expect(rootMeanSquare({ parts })).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  });
});
