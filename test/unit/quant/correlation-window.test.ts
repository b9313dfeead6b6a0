import { describe, expect, it } from 'vitest';
import { rollingCorrelations } from '../../../shared/quant/dispersion/correlation-window.ts';
import { correlationMatrix } from '../../../shared/quant/dispersion/correlation.ts';
import { portfolioVol } from '../../../shared/quant/dispersion/index-correlation.ts';

const rows = 120;
const column = (seed: number, level: number): Float64Array =>
  Float64Array.from(
    { length: rows },
    (_, t) => level + 0.02 * Math.sin(seed * t) + 0.01 * Math.cos(seed * t * t),
  );
const columns = [1.1, 1.9, 2.7, 3.3].map((seed, i) => ({
  symbol: `N${i}`,
  values: column(seed, 0.2 + i / 10),
}));
const portfolio = {
  symbols: columns.map(({ symbol }) => symbol),
  weights: [0.4, 0.3, 0.2, 0.1],
  vols: [0.2, 0.3, 0.4, 0.5],
};

describe('rollingCorrelations', () => {
  it('gives the portfolio volatility that the matrix of the stretch gives', () => {
    const windowAt = rollingCorrelations(columns);
    for (const [from, to] of [
      [0, 9],
      [17, 46],
      [60, 119],
    ] as const) {
      const matrix = correlationMatrix({
        names: portfolio.symbols,
        columns: columns.map(({ values }) => values.slice(from, to + 1)),
      });
      const found = windowAt(from, to)?.portfolioVol(portfolio);
      if (!matrix.ok || found?.ok !== true) throw new Error('a full stretch');
      const direct = portfolioVol({ ...portfolio, correlations: matrix.value.values });
      expect(found.value).toBeCloseTo(direct.ok ? direct.value : Number.NaN, 13);
    }
  });

  it('keeps its figures where a calm stretch follows a wild one', () => {
    const wild = columns.map(({ symbol, values }) => ({
      symbol,
      values: values.map((value, t) => (t < 60 ? value * 1e5 : value)),
    }));
    const [calm, after] = [rollingCorrelations(columns), rollingCorrelations(wild)].map((at) =>
      at(80, 119)?.portfolioVol(portfolio),
    );
    if (calm?.ok !== true || after?.ok !== true) throw new Error('a full stretch');
    expect(after.value).toBeCloseTo(calm.value, 8);
  });

  it('leaves out a name with a gap or that stands still, and has no answer for fewer than two', () => {
    const [first, second, third, fourth] = columns;
    const gap = { symbol: 'GAP', values: first!.values.map((value, t) => (t === 30 ? Number.NaN : value)) };
    const still = { symbol: 'STILL', values: new Float64Array(rows).fill(0.31) };
    expect(rollingCorrelations([gap, second!, third!])(20, 40)?.names).toEqual(['N1', 'N2']);
    expect(rollingCorrelations([gap, second!, third!])(31, 60)?.names).toEqual(['GAP', 'N1', 'N2']);
    expect(rollingCorrelations([fourth!, still, third!])(0, 40)?.names).toEqual(['N3', 'N2']);
    expect(rollingCorrelations([fourth!, still])(0, 40)).toBeNull();
    expect(rollingCorrelations([fourth!, gap])(20, 40)).toBeNull();
  });
});
