// Reference cases that a calc can express, piped through the command's own stream and compared.
// Sources and tolerances are those of the reference files; see their `meta`.
import { describe, expect, test } from 'vitest';
import { expectAnswers, within } from '../support/calc.ts';
import type { CalcCase, Json } from '../support/calc.ts';
import { referenceTable } from '../support/reference.ts';

describe('calc against the reference: statistics of volatility', () => {
  const realized = referenceTable<Json>('05_realized_vol.json');
  test.skipIf(realized === null)('realizedVol', async () => {
    const bars = (rows: number[][]) => rows.map(([open, high, low, close]) => ({ open, high, low, close }));
    const own = realized.own_series.flatMap((s: Json): CalcCase[] =>
      [252, 260].flatMap((year) => {
        const marks = s.bars_ohlc.map((bar: number[]) => bar[3]);
        const observed = bars(s.bars_ohlc.slice(1));
        const lines: readonly (readonly [string, object])[] = [
          ['log_zero_mean_n', { estimator: 'zeroMean', marks }],
          ['simple_zero_mean_n', { estimator: 'zeroMean', marks, returns: 'simple' }],
          ['log_sample_mean_n-1', { estimator: 'sampleMean', marks }],
          ['simple_sample_mean_n-1', { estimator: 'sampleMean', marks, returns: 'simple' }],
          ['parkinson', { estimator: 'parkinson', bars: observed }],
          ['garman_klass', { estimator: 'garmanKlass', bars: observed }],
          ['rogers_satchell', { estimator: 'rogersSatchell', bars: observed }],
        ];
        return lines.map(([key, fields]): CalcCase => ({
          name: `${s.id} ${key}`,
          line: { calc: 'realizedVol', periodsPerYear: year, ...fields },
          check: (answer) => {
            const want = s.expected[`${key}_N${year}`];
            within(`${s.id} ${key}`, answer['vol'], want, 1e-12 * (1 + want));
            expect(answer['observations']).toBe(s.bars_ohlc.length - 1);
          },
        }));
      }),
    );
    const tables = realized.cases
      .filter((c: Json) => c.inputs.ohlc !== undefined)
      .flatMap((c: Json): CalcCase[] =>
        (['parkinson', 'garman_klass', 'rogers_satchell'] as const)
          .filter((key) => c.truth[key] !== undefined)
          .map((key) => ({
            name: `${c.id} ${key}`,
            line: {
              calc: 'realizedVol',
              estimator: {
                parkinson: 'parkinson',
                garman_klass: 'garmanKlass',
                rogers_satchell: 'rogersSatchell',
              }[key],
              bars: bars(c.inputs.ohlc),
              periodsPerYear: c.inputs.N,
            },
            check: (answer) => within(`${c.id} ${key}`, answer['vol'], c.truth[key], 1e-12),
          })),
      );
    const facts = realized.facts.flatMap((f: Json): CalcCase[] =>
      [
        ['zeroMean', f.expected.zero_mean],
        ['sampleMean', f.expected.sample_mean_ddof1],
      ].map(([estimator, want]) => ({
        name: f.id,
        line: {
          calc: 'realizedVol',
          estimator,
          marks: f.prices,
          returns: f.return_kind === 'log' ? 'log' : 'simple',
          periodsPerYear: f.N,
        },
        check: (answer) => within(f.id, answer['vol'], want, 1e-12),
      })),
    );
    expect(own.length + tables.length + facts.length).toBeGreaterThan(80);
    await expectAnswers([...own, ...tables, ...facts]);
  });

  const variance = referenceTable<Json>('06_variance_vix.json');
  test.skipIf(variance === null)('modelFreeVol', async () => {
    const quotes = (rows: number[][]) =>
      rows.map(([strike, callBid, callAsk, putBid, putAsk]) => ({
        strike,
        callBid,
        callAsk,
        putBid,
        putAsk,
      }));
    const cases = variance.cases
      .filter((c: Json) => c.near !== undefined)
      .map((c: Json): CalcCase => ({
        name: c.id,
        line: {
          calc: 'modelFreeVol',
          expiries: [c.near, c.next].map((side: Json) => ({
            timeToExpiry: side.minutes / 525600,
            rate: side.rate,
            quotes: quotes(side.quotes),
          })),
        },
        check: (answer) => {
          within(c.id, answer['vol'], c.truth.VIX / 100, 1e-12);
          within(c.id, answer['expiries'][0].variance, c.truth.sigma2_1, 1e-12);
          within(c.id, answer['expiries'][1].variance, c.truth.sigma2_2, 1e-12);
        },
      }));
    expect(cases.length).toBe(2);
    await expectAnswers(cases);
  });

  const correlation = referenceTable<Json>('07_index_correlation.json');
  test.skipIf(correlation === null)('indexCorrelation and portfolioVol', async () => {
    const value = (text: string): number => {
      const [over, under = '1'] = text.split('/');
      return Number(over) / Number(under);
    };
    const cases = correlation.cases.flatMap((c: Json): CalcCase[] => {
      const weights = c.inputs.weights.map(value);
      const vols = c.inputs.vols.map(value);
      const { expected, tolerance, id: name } = c;
      return [
        {
          name,
          line: {
            calc: 'portfolioVol',
            weights,
            vols,
            correlations: c.inputs.corr.map((row: string[]) => row.map(value)),
          },
          check: (answer) => within(name, answer['vol'], expected.portfolio_vol, tolerance),
        },
        {
          name,
          line: { calc: 'indexCorrelation', weights, vols, indexVol: expected.index_vol_used },
          check: (answer) => {
            within(name, answer['correlation'], expected.implied_correlation, 10 * tolerance);
            within(name, answer['weightedVol'], expected.weighted_component_vol, tolerance);
          },
        },
      ];
    });
    await expectAnswers(cases);
  });
});
