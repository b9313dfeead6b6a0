import { describe, expect, it } from 'vitest';
import { regularSessions } from '../../../shared/calendar.ts';
import { realizedReport } from '../../../shared/quant/history/realized-report.ts';
import type { DatedBar, RealizedReport } from '../../../shared/quant/history/realized-report.ts';

const sessions = regularSessions({ calendar: 'NYSE', from: '2022-01-03', to: '2022-12-30' });
/** A path that moves 1 % up and down in turn, with a bar a little wider than its move. */
const series: readonly DatedBar[] = sessions.map((date, i) => {
  const open = 100 * (i % 2 === 0 ? 1 : 1.01);
  const close = 100 * (i % 2 === 0 ? 1.01 : 1);
  return { date, open, high: 101.2, low: 99.8, close };
});
const row = (report: RealizedReport, estimator: string, window: number) =>
  report.rows.find((one) => one.estimator === estimator && one.window === window)!;

describe('the realized-volatility report', () => {
  it('has a row for every estimator and window, and values for all of a year', () => {
    const report = realizedReport({ bars: series, calendar: 'NYSE' });
    expect(report.rows).toHaveLength(9 * 8);
    expect(report.rows.every((one) => one.vol !== null && one.reason === null)).toBe(true);
    expect(row(report, 'zeroMean', 20).vol).toBeCloseTo(Math.log(1.01) * Math.sqrt(252), 12);
    expect(row(report, 'zeroMean', 20).observations).toBe(20);
    expect(row(report, 'yangZhang', 20).observations).toBe(20);
    expect(report.warnings).toEqual([]);
  });

  it('draws a cone whose quartiles are in order, with the latest value', () => {
    const wilder = series.map((bar, i) =>
      i < 200 ? bar : { ...bar, close: bar.close * (i % 2 === 0 ? 1.02 : 1) },
    );
    const { cone } = realizedReport({ bars: wilder, calendar: 'NYSE' });
    expect(cone.map((one) => one.window)).toEqual([10, 20, 30, 60, 90, 120, 150, 180]);
    for (const one of cone) {
      const ordered = [one.minimum, one.quartile1, one.median, one.quartile3, one.maximum];
      expect(ordered).toEqual([...ordered].sort((a, b) => a - b));
      expect(one.latest).toBeLessThanOrEqual(one.maximum);
    }
    expect(cone[0]!.latest).toBeCloseTo(cone[0]!.maximum, 12);
  });

  it('gives no value over a missing session, and names its date', () => {
    const missing = sessions[sessions.length - 15]!;
    const report = realizedReport({ bars: series.filter((bar) => bar.date !== missing), calendar: 'NYSE' });
    expect(row(report, 'zeroMean', 20).vol).toBeNull();
    expect(row(report, 'zeroMean', 20).reason).toContain(missing);
    expect(row(report, 'zeroMean', 10).vol).not.toBeNull();
    expect(report.warnings).toHaveLength(1);
  });

  it('does not miss a holiday', () => {
    expect(sessions).not.toContain('2022-11-24');
    expect(realizedReport({ bars: series, calendar: 'NYSE' }).warnings).toEqual([]);
    expect(realizedReport({ bars: series, calendar: 'none' }).warnings.join()).toContain('2022-11-24');
  });

  it('takes a jump to a fifth for an unadjusted split until a person confirms it', () => {
    const at = series.length - 5;
    const split = series.map((bar, i) =>
      i < at
        ? bar
        : { ...bar, open: bar.open! / 5, high: bar.high! / 5, low: bar.low! / 5, close: bar.close / 5 },
    );
    const report = realizedReport({ bars: split, calendar: 'NYSE' });
    expect(row(report, 'zeroMean', 10).reason).toContain('5-for-1 split');
    expect(report.warnings[0]).toContain(series[at]!.date);
    const confirmed = realizedReport({ bars: split, calendar: 'NYSE', confirmedJumps: [series[at]!.date] });
    expect(row(confirmed, 'zeroMean', 10).vol).toBeGreaterThan(5);
  });

  it('blanks only the range estimators over a bar that contradicts itself', () => {
    const bad = series.map((bar, i) => (i === series.length - 3 ? { ...bar, high: 90 } : bar));
    const report = realizedReport({ bars: bad, calendar: 'NYSE' });
    expect(row(report, 'parkinson', 10)).toMatchObject({ vol: null });
    expect(row(report, 'parkinson', 10).reason).toContain('high 90 is below low');
    expect(row(report, 'zeroMean', 10).vol).not.toBeNull();
    expect(report.warnings).toHaveLength(1);
  });

  it('says when there are closes only, or too few prices', () => {
    const closes = series.slice(-30).map((bar) => ({ ...bar, open: null, high: null, low: null }));
    const report = realizedReport({ bars: closes, calendar: 'NYSE' });
    expect(row(report, 'garmanKlass', 10).reason).toMatch(/^No open, high and low on/);
    expect(row(report, 'zeroMean', 60).reason).toBe('Needs 61 daily prices and there are 30.');
    expect(report.warnings).toEqual([]);
  });

  it('leaves out a close that is no price and reports it', () => {
    const report = realizedReport({
      bars: series.map((bar, i) => (i === 0 ? { ...bar, close: 0 } : bar)),
      calendar: 'NYSE',
    });
    expect(report.warnings).toEqual(['The close of 2022-01-03 is 0 and was left out.']);
  });
});
