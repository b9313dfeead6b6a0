import { describe, expect, it } from 'vitest';
import { regularSessions } from '../../../shared/calendar.ts';
import { dispersionHistory } from '../../../shared/quant/dispersion/dispersion-history.ts';
import { realizedReport } from '../../../shared/quant/history/realized-report.ts';
import { unusableReturns } from '../../../shared/quant/history/return-screen.ts';

const sessions = regularSessions({ calendar: 'NYSE', from: '2025-01-02', to: '2025-05-30' });
const wave = (t: number, seed: number): number => 100 * Math.exp(0.02 * Math.sin(seed * t) + 0.001 * t);

/** Closes on the sessions but `without`, halved from `split` on. */
function closesWith(seed: number, without: readonly number[] = [], split = Infinity) {
  const places = sessions.map((_, t) => t).filter((t) => !without.includes(t));
  return {
    dates: places.map((t) => sessions[t]!),
    values: places.map((t) => wave(t, seed) / (t >= split ? 2 : 1)),
  };
}

describe('returns that cannot be used', () => {
  it('are those after a missing session and those that jump as a split does', () => {
    const { dates, values } = closesWith(1.3, [20, 21], 50);
    expect(unusableReturns({ dates, closes: values, sessions })).toEqual([sessions[22], sessions[50]]);
    const whole = closesWith(1.3);
    expect(unusableReturns({ dates: whole.dates, closes: whole.values, sessions })).toEqual([]);
  });

  it('leave a window without a volatility on exactly the days on which the report of that day has none', () => {
    const window = 20;
    const broken = closesWith(1.3, [30], 60);
    const sound = closesWith(2.1);
    const jumping = closesWith(1.7, [], 70);
    const vols = { dates: sessions, values: sessions.map(() => 0.2) };
    const days = dispersionHistory({
      components: [
        { symbol: 'AA', weight: 0.5 },
        { symbol: 'BB', weight: 0.5 },
      ],
      indexVol: { name: 'IDX', ...vols },
      componentVols: ['AA', 'BB'].map((name) => ({ name, ...vols })),
      indexCloses: { name: 'IDX', ...jumping },
      componentCloses: [
        { name: 'AA', ...broken },
        { name: 'BB', ...sound },
      ],
      unusableReturns: new Map(
        Object.entries({ IDX: jumping, AA: broken }).map(([name, { dates, values }]) => [
          name,
          unusableReturns({ dates, closes: values, sessions }),
        ]),
      ),
      window,
      volWindow: 40,
      fewestVolObservations: 10,
    });
    const volOf = (series: typeof broken, date: string): number | null => {
      const bars = series.dates.flatMap((day, i) =>
        day <= date ? [{ date: day, open: null, high: null, low: null, close: series.values[i]! }] : [],
      );
      const { rows } = realizedReport({ bars, calendar: 'NYSE', windows: [window] });
      return rows.find(({ estimator }) => estimator === 'zeroMean')?.vol ?? null;
    };
    let none = 0;
    for (const { date, measures } of days) {
      const index = volOf(jumping, date);
      if (index === null) expect(measures.indexHistoricalVol, date).toBeNull();
      else expect(measures.indexHistoricalVol, date).toBeCloseTo(index, 12);
      const stock = broken.dates.includes(date) ? volOf(broken, date) : null;
      const known = [stock, volOf(sound, date)].filter((vol) => vol !== null);
      if (known.length > 0)
        expect(measures.weightedHistoricalVol, date).toBeCloseTo(
          known.reduce((sum, vol) => sum + vol, 0) / known.length,
          12,
        );
      none += stock === null ? 1 : 0;
    }
    // The first window; the day without a close and the window after it; the window after the jump.
    expect(none).toBe(window + (1 + window) + window);
  });
});
