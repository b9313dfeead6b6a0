// Source: reference/05_realized_vol.json: R package TTR, Tulip indicators, and 30-digit values. Tolerances
// are the table's own: 1e-12 against doubles computed elsewhere, the printed digits for printed values.
import { describe, expect, it } from 'vitest';
import { realizedVolFromBars, realizedVolFromMarks } from '../../../shared/quant/history/realized-vol.ts';
import type { BarEstimator, MarkEstimator } from '../../../shared/quant/history/realized-vol.ts';
import { referenceTable } from '../../support/reference.ts';

type Ohlc = readonly (readonly [number, number, number, number])[];
interface Table {
  readonly cases: readonly {
    readonly id: string;
    readonly inputs: {
      readonly ohlc?: Ohlc;
      readonly closes?: readonly number[];
      readonly N: number;
      readonly period?: number;
    };
    readonly expected: Readonly<Record<string, number>> & { readonly series?: readonly number[] };
    readonly truth: Readonly<Record<string, number>> & { readonly series?: readonly number[] };
    readonly other_conventions?: { readonly close_zero_mean_divide_by_count: number };
    readonly tolerance: number;
  }[];
  readonly facts: readonly {
    readonly id: string;
    readonly return_kind: 'log' | 'simple';
    readonly N: number;
    readonly prices: readonly number[];
    readonly expected: { readonly zero_mean: number; readonly sample_mean_ddof1: number };
  }[];
  readonly own_series: readonly {
    readonly id: string;
    readonly bars_ohlc: Ohlc;
    readonly expected: Readonly<Record<string, number>>;
    readonly tolerance: number;
  }[];
  readonly edge: readonly {
    readonly id: string;
    readonly closes?: readonly number[];
    readonly ohlc?: Ohlc;
    readonly expected: Readonly<Record<string, number>>;
  }[];
}

const table = referenceTable<Table>('05_realized_vol.json');
const barsOf = (rows: Ohlc) => rows.map(([open, high, low, close]) => ({ open, high, low, close }));
const fromBars = (estimator: BarEstimator, rows: Ohlc, periodsPerYear: number): number => {
  const result = realizedVolFromBars({ estimator, bars: barsOf(rows), periodsPerYear });
  return result.ok ? result.value.vol : Number.NaN;
};
const fromMarks = (
  estimator: MarkEstimator,
  marks: readonly number[],
  periodsPerYear: number,
  returns: 'log' | 'simple' = 'log',
): number => {
  const result = realizedVolFromMarks({ estimator, marks, periodsPerYear, returns });
  return result.ok ? result.value.vol : Number.NaN;
};
const expectNear = (actual: number, expected: number, tolerance: number, what: string): void =>
  expect(Math.abs(actual - expected), `${what}: ${actual} against ${expected}`).toBeLessThanOrEqual(
    tolerance,
  );

describe.skipIf(table === null)('realized volatility against other programs', () => {
  it('agrees with TTR on ranges and closes', () => {
    const cases = table!.cases.filter((one) => one.inputs.ohlc !== undefined);
    expect(cases.length).toBe(8);
    for (const { id, inputs, truth, tolerance, other_conventions } of cases) {
      const rows = inputs.ohlc!;
      // In the running cases TTR sums over the last n − 1 bars of n.
      const ranged = rows;
      expectNear(
        fromBars('garmanKlass', ranged, inputs.N),
        truth['garman_klass']!,
        tolerance,
        `${id} Garman–Klass`,
      );
      expectNear(fromBars('parkinson', ranged, inputs.N), truth['parkinson']!, tolerance, `${id} Parkinson`);
      if (truth['rogers_satchell'] !== undefined)
        expectNear(
          fromBars('rogersSatchell', rows, inputs.N),
          truth['rogers_satchell'],
          tolerance,
          `${id} Rogers–Satchell`,
        );
      const closes = rows.map((row) => row[3]);
      const sample = truth['close_to_close'] ?? truth['close_sample']!;
      expectNear(fromMarks('sampleMean', closes, inputs.N), sample, tolerance, `${id} sample mean`);
      if (other_conventions !== undefined)
        expectNear(
          fromMarks('zeroMean', closes, inputs.N),
          other_conventions.close_zero_mean_divide_by_count,
          tolerance,
          id,
        );
    }
  });

  it('agrees with Tulip up to its divisor n in place of n − 1', () => {
    for (const { id, inputs, truth, tolerance } of table!.cases.filter(
      (one) => one.inputs.closes !== undefined,
    )) {
      const [closes, period] = [inputs.closes!, inputs.period!];
      for (const [i, expected] of truth.series!.entries()) {
        const vol = fromMarks('sampleMean', closes.slice(i, i + period + 1), inputs.N, 'simple');
        expectNear(
          vol * Math.sqrt((period - 1) / period),
          expected,
          Math.min(tolerance, 1e-11),
          `${id} ${i}`,
        );
      }
    }
  });

  it('reports the zero-mean facts: a steady climb has volatility, and none about its own mean', () => {
    for (const { id, N, prices, return_kind, expected } of table!.facts) {
      // Rounding of the stored prices leaves 1e-15 a return, about 1e-13 annualized.
      expectNear(fromMarks('zeroMean', prices, N, return_kind), expected.zero_mean, 1e-12, id);
      expectNear(fromMarks('sampleMean', prices, N, return_kind), expected.sample_mean_ddof1, 1e-12, id);
    }
  });

  it('agrees with 30-digit values for each estimator and year length', () => {
    for (const { id, bars_ohlc, expected, tolerance } of table!.own_series) {
      const closes = bars_ohlc.map((row) => row[3]);
      for (const N of [252, 260, 365]) {
        const pairs: readonly (readonly [string, number])[] = [
          ['log_zero_mean_n', fromMarks('zeroMean', closes, N)],
          ['log_sample_mean_n-1', fromMarks('sampleMean', closes, N)],
          ['simple_zero_mean_n', fromMarks('zeroMean', closes, N, 'simple')],
          ['simple_sample_mean_n-1', fromMarks('sampleMean', closes, N, 'simple')],
          ['parkinson', fromBars('parkinson', bars_ohlc.slice(1), N)],
          ['garman_klass', fromBars('garmanKlass', bars_ohlc.slice(1), N)],
          ['rogers_satchell', fromBars('rogersSatchell', bars_ohlc.slice(1), N)],
          ['gk_yang_zhang', fromBars('garmanKlassYangZhang', bars_ohlc, N)],
        ];
        for (const [name, vol] of pairs)
          expectNear(vol, expected[`${name}_N${N}`]!, Math.max(tolerance, 1e-13), `${id} ${name} ${N}`);
      }
    }
  });

  it('handles the edges: flat, one return, one bar, and a close above its high', () => {
    const edge = new Map(table!.edge.map((one) => [one.id, one]));
    const flat = edge.get('flat')!.closes!;
    expect(fromMarks('zeroMean', flat, 252)).toBe(0);
    expect(fromMarks('sampleMean', flat, 252)).toBe(0);
    const one = edge.get('one_return')!;
    expectNear(
      fromMarks('zeroMean', one.closes!, 252),
      one.expected['log_zero_mean_n_N252']!,
      1e-13,
      'one return',
    );
    const single = realizedVolFromMarks({ estimator: 'sampleMean', marks: one.closes! });
    expect(single.ok).toBe(false);
    const bar = edge.get('gk_negative_bar')!;
    expectNear(fromBars('garmanKlass', bar.ohlc!, 252), bar.expected['garman_klass_N252']!, 1e-13, 'one bar');
    const bad = realizedVolFromBars({
      estimator: 'garmanKlass',
      bars: barsOf(edge.get('gk_bad_data_negative')!.ohlc!),
    });
    expect(bad).toMatchObject({ ok: false, error: { code: 'invalid-input' } });
  });
});
