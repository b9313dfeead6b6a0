import { describe, expect, it } from 'vitest';
import { historyStatistics } from '../../../shared/quant/history/history-statistics.ts';
import { timingVotes } from '../../../shared/quant/dispersion/timing.ts';

const history = Array.from({ length: 300 }, (_, t) => (t === 290 ? null : t));

describe('historyStatistics', () => {
  it('reads a value against the newest sessions of each range', () => {
    const [quarter, , year, , all] = historyStatistics(299, history);
    expect(quarter).toMatchObject({ range: '3 months', days: 62, min: 237, max: 299 });
    expect(quarter?.percentile).toBeCloseTo(61.5 / 62, 12);
    expect(year?.days).toBe(251);
    expect(all).toMatchObject({ days: 299, min: 0, max: 299 });
    const known = history.filter((value) => value !== null);
    const mean = known.reduce((a, b) => a + b, 0) / known.length;
    const deviation = Math.sqrt(known.reduce((a, b) => a + (b - mean) ** 2, 0) / (known.length - 1));
    expect(all?.zScore).toBeCloseTo((299 - mean) / deviation, 12);
  });

  it('keeps the band without a value, and has none without a history', () => {
    expect(historyStatistics(null, [1, 3])[0]).toEqual({
      range: '3 months',
      days: 2,
      min: 1,
      max: 3,
      mean: 2,
      percentile: null,
      zScore: null,
    });
    expect(historyStatistics(1, [null]).every(({ days, min }) => days === 0 && min === null)).toBe(true);
    expect(historyStatistics(1, [2, 2])[0]?.zScore).toBeNull();
  });
});

describe('timingVotes with thresholds of its own', () => {
  it('turns a wait into a vote where the outer part is wider, and back where a level is asked for', () => {
    const past = Array.from({ length: 100 }, (_, t) => t / 100);
    const vote = (threshold: { extreme?: number; level?: number | null }) =>
      timingVotes({
        values: { impliedCorrelation: 0.705 },
        histories: { impliedCorrelation: past },
        thresholds: { impliedCorrelation: threshold },
      }).find(({ rule }) => rule === 'impliedCorrelation');
    expect(vote({})?.vote).toBe('wait');
    expect(vote({ extreme: 0.3 })?.vote).toBe('dispersion');
    expect(vote({ extreme: 0.3, level: 0.8 })?.vote).toBe('wait');
    expect(vote({ extreme: 0.3, level: 0.8 })?.threshold).toBe(
      'dispersion: percentile from 70% and above 0.8; reverse: percentile up to 30% and below 0.8',
    );
  });
});
