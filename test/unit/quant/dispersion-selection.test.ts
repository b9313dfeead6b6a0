import { describe, expect, it } from 'vitest';
import {
  rankCandidates,
  type DispersionCandidate,
} from '../../../shared/quant/dispersion/dispersion-selection.ts';

const candidate = (symbol: string, change: Partial<DispersionCandidate> = {}): DispersionCandidate => ({
  symbol,
  weight: 0.25,
  vol: 0.3,
  historicalVol: 0.3,
  varianceContribution: 0.25,
  openInterest: 100,
  relativeSpread: null,
  excluded: null,
  ...change,
});
const list = [
  candidate('DEAR', { vol: 0.45 }),
  candidate('FAIR'),
  candidate('CHEAP', { vol: 0.24 }),
  candidate('GONE', { excluded: 'has no option chain on this day.' }),
];

describe('rankCandidates', () => {
  it('buys the cheap and sells the dear', () => {
    const buy = rankCandidates({ side: 'dispersion', candidates: list, names: 1 });
    const sell = rankCandidates({ side: 'reverse', candidates: list, names: 1 });
    expect(buy.filter(({ picked }) => picked).map(({ symbol }) => symbol)).toEqual(['CHEAP']);
    expect(sell.filter(({ picked }) => picked).map(({ symbol }) => symbol)).toEqual(['DEAR']);
    expect(sell.map(({ symbol, richness }) => [symbol, richness])).toEqual([
      ['DEAR', 'rich'],
      ['FAIR', 'fair'],
      ['CHEAP', 'cheap'],
      ['GONE', null],
    ]);
    expect(sell[0]?.reason).toMatch(/rich at 1\.50 times/);
  });

  it('never picks an excluded name, however many are asked for', () => {
    const all = rankCandidates({ side: 'dispersion', candidates: list, names: 9 });
    expect(all.find(({ symbol }) => symbol === 'GONE')).toMatchObject({ picked: false, score: null });
    expect(all.filter(({ picked }) => picked)).toHaveLength(3);
  });

  it('weighs variance and liquidity as it is told', () => {
    const varied = [
      candidate('BIG', { varianceContribution: 0.6, openInterest: 1 }),
      candidate('DEEP', { varianceContribution: 0.1, openInterest: 900, relativeSpread: 0.02 }),
    ];
    const first = (weights: { price: number; contribution: number; liquidity: number }) =>
      rankCandidates({ side: 'dispersion', candidates: varied, names: 1, weights })[0]?.symbol;
    expect(first({ price: 0, contribution: 1, liquidity: 0 })).toBe('BIG');
    expect(first({ price: 0, contribution: 0, liquidity: 1 })).toBe('DEEP');
  });
});
