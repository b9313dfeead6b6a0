import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitSmile } from '../../../shared/quant/surface/smile.ts';
import { repairCalendar } from '../../../shared/quant/surface/surface-repair.ts';
import type { SurfaceSlice } from '../../../shared/quant/surface/surface-quotes.ts';
import { arbitrageOf } from '../../support/surface-grid.ts';

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });

/** Expiries whose levels, skews and noise know nothing of each other. */
const surface = fc.array(
  fc.record({
    gap: number(0.0005, 0.5),
    level: number(0.08, 0.9),
    skew: number(-0.6, 0.6),
    quotes: fc.array(
      fc.record({ deviations: number(-5, 3), ratio: number(0.7, 1.4), half: number(0.001, 0.05) }),
      { minLength: 1, maxLength: 25 },
    ),
  }),
  { minLength: 2, maxLength: 5 },
);

describe('the surface of any quotes', () => {
  it('is free of butterfly and calendar arbitrage out to eight deviations, on 500 points and on thousands', () => {
    fc.assert(
      fc.property(surface, (expiries) => {
        let timeToExpiry = 0;
        const slices = expiries.map(({ gap, level, skew, quotes }): SurfaceSlice => {
          timeToExpiry += gap;
          const deviation = level * Math.sqrt(timeToExpiry);
          const points = quotes.map(({ deviations, ratio, half }) => {
            const vol = level * ratio * Math.exp(-0.1 * skew * deviations);
            return {
              strike: 100 * Math.exp(deviations * deviation),
              vol,
              weight: 1 / (half * half),
              bidVol: Math.max(0.001, vol - half),
              askVol: vol + half,
            };
          });
          points.sort((a, b) => a.strike - b.strike);
          const fitted = fitSmile({ forward: 100, timeToExpiry, quotes: points });
          if (!fitted.ok) throw new Error(fitted.error.code);
          return { timeToExpiry, fit: fitted.value, quotes: points };
        });
        const repaired = repairCalendar(slices);
        const named = repaired.map(({ fit }, i) => ({
          key: String(i),
          timeToExpiry: slices[i]!.timeToExpiry,
          fit,
        }));
        expect(arbitrageOf(named)).toEqual([]);
        expect(arbitrageOf(named, 3001)).toEqual([]);
        for (const { fit } of repaired) expect(Number.isFinite(fit.rmseVolPoints)).toBe(true);
      }),
      { seed: 42, numRuns: 150 },
    );
  });
});
