import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitSmile } from '../../../shared/quant/surface/smile.ts';
import { butterflyAt, smileVolAt } from '../../../shared/quant/surface/smile-shape.ts';

/** Between the points of its own grid the fit may dip by this much: the grid is fine but finite. */
const betweenGridPoints = 1e-3;

const market = fc.record({
  timeToExpiry: fc.double({ min: 0.5 / 365, max: 4, noNaN: true }),
  level: fc.double({ min: 0.04, max: 3, noNaN: true }),
  quotes: fc.array(
    fc.record({
      deviations: fc.double({ min: -6, max: 4, noNaN: true }),
      ratio: fc.double({ min: 0.4, max: 2.5, noNaN: true }),
      half: fc.double({ min: 0.001, max: 0.2, noNaN: true }),
    }),
    { minLength: 1, maxLength: 40 },
  ),
});

describe('the smile of any quotes', () => {
  it('is free of butterfly arbitrage on a grid of its own, and stays near the quotes', () => {
    fc.assert(
      fc.property(market, ({ timeToExpiry, level, quotes }) => {
        const deviation = level * Math.sqrt(timeToExpiry);
        const points = quotes.map(({ deviations, ratio, half }) => ({
          strike: 100 * Math.exp(deviations * deviation * 0.8),
          vol: level * ratio,
          weight: 1 / (half * half),
          bidVol: Math.max(0, level * ratio - half),
          askVol: level * ratio + half,
        }));
        const result = fitSmile({ forward: 100, timeToExpiry, quotes: points });
        if (!result.ok) throw new Error(result.error.code);
        const { shape, arbitrageFree, rmseVolPoints, butterflyMin } = result.value;
        expect(arbitrageFree).toBe(true);
        expect(Number.isFinite(rmseVolPoints) && Number.isFinite(butterflyMin)).toBe(true);
        const atMoney = Math.sqrt(timeToExpiry) * Math.min(...points.map((point) => point.vol));
        for (let i = 0; i <= 400; i += 1) {
          const k = atMoney * (-8 + 0.04 * i);
          expect(butterflyAt(shape, k)).toBeGreaterThan(-betweenGridPoints);
        }
        const ks = points.map((point) => Math.log(point.strike / 100));
        const [low, high] = [Math.min(...ks), Math.max(...ks)];
        const vols = points.map((point) => point.vol);
        for (let i = 0; i <= 20; i += 1) {
          const value = smileVolAt(shape, low + ((high - low) * i) / 20);
          expect(value).toBeGreaterThan(0.49 * Math.min(...vols));
          expect(value).toBeLessThan(1.51 * Math.max(...vols));
        }
      }),
      { seed: 42, numRuns: 250 },
    );
  });
});
